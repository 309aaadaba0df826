import Testing

@testable import SyncService

struct SyncRouteTests {
    @Test(arguments: [
        ("/healthz", SyncRoute.health), ("/readyz", .readiness), ("/metrics", .metrics), ("/healthz?full=1", .health),
        ("/webhook", .webhook(nil)), ("/webhook/shop", .webhook("shop")), ("/webhook/webhook", .webhook("webhook")),
        ("/api/v1/applications", .applications), ("/api/v1/applications?x=/a/b", .applications),
        ("/api/v1/applications/shop", .application("shop")),
        ("/api/v1/applications/api", .application("api")),
        ("/api/v1/applications/trigger", .application("trigger")),
        ("/api/v1/applications/shop/trigger", .trigger("shop")),
        ("/api/v1/applications/sh%6Fp", .application("sh%6Fp")),
        ("", nil), ("/", nil), ("healthz", nil), ("xhealthz", nil), ("//healthz", nil), ("/healthz/", nil),
        ("x/webhook", nil), ("/webhook/", nil), ("/webhook/a/b", nil), ("/Webhook", nil),
        ("/api", nil), ("/api/v1", nil), ("/api/v2/applications", nil), ("/api/v1/applications/", nil),
        ("/api/v1/applications/shop/", nil), ("/api/v1/applications//trigger", nil),
        ("/api/v1/applications/shop/trigger/x", nil), ("/api/v1/applications/shop/delete", nil),
        ("http://localhost/healthz", nil), ("*", nil), ("/../healthz", nil),
    ])
    func `a path is of a route, or of none`(path: String, route: SyncRoute?) {
        #expect(SyncRoute(path: path) == route)
    }
}
