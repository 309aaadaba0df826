import FoundationEssentials
import HTTPTypes
import Resources
import Testing

@testable import SyncService

/// Answers, without a connection.
struct SyncFrontTests {
    private static let secret = "It's a Secret to Everybody"
    private let service = FakeService()

    private func front(
        _ service: FakeService, token: String? = nil, hooks: Bool = true, now: Date = .now
    ) throws -> SyncFront {
        SyncFront(
            source: service.source, access: AccessRules(token.map { token in .token { token } } ?? .thisMachine),
            verifier: hooks ? try WebhookVerifier(Self.secret) : nil, now: { now })
    }

    private func request(
        _ method: HTTPRequest.Method, _ path: String, host: String? = "localhost:8080",
        _ headers: [(String, String)] = []
    ) -> HTTPRequest {
        HTTPRequest(
            method: method, scheme: "http", authority: host, path: path, headerFields: HTTPFields(headers))
    }

    private func signed(_ body: String, _ path: String = "/webhook", id: String = "1") -> HTTPRequest {
        let signature = "sha256=\(Signing.hexadecimal(body, Self.secret))"
        return request(
            .post, path, host: "endstate.example.com",
            [("X-Hub-Signature-256", signature), ("X-GitHub-Delivery", id)])
    }

    private func answer(
        _ front: SyncFront, _ request: HTTPRequest, body: String = ""
    ) async throws -> (status: Int, text: String) {
        let answer = try await front.answer(request) { Array(body.utf8) }
        return (answer.status.code, answer.body)
    }

    // MARK: - Routes

    @Test(arguments: [
        ("/healthz", "text/plain; charset=utf-8", "ok\n"), ("/readyz", "text/plain; charset=utf-8", "ok\n"),
        ("/metrics", "text/plain; version=0.0.4; charset=utf-8", "up 1\n"),
        ("/api/v1/applications", "application/json", "{\"items\":[{\"name\":\"shop\"}]}\n"),
        ("/api/v1/applications/shop", "application/json", "{\"name\":\"shop\"}\n"),
    ])
    func `what can be read is served`(path: String, type: String, body: String) async throws {
        let answer = try await front(service).answer(request(.get, path)) { [] }
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == type)
        #expect(answer.body == body)
    }

    @Test func `what stands in the way of being ready is told in lines`() async throws {
        let service = FakeService(problems: ["no lease yet", "shop: never fetched"])
        #expect(
            try await answer(front(service), request(.get, "/readyz")) == (503, "no lease yet\nshop: never fetched\n"))
        #expect(try await answer(front(service), request(.get, "/healthz")) == (200, "ok\n"))
    }

    @Test func `one application can be triggered`() async throws {
        let path = "/api/v1/applications/shop/trigger"
        #expect(try await answer(front(service), request(.post, path)) == (202, "{\"status\":\"accepted\"}\n"))
        #expect(service.triggered == ["person shop"])
        let other = try await answer(front(service), request(.post, "/api/v1/applications/other/trigger"))
        #expect(other == (404, "{\"error\":\"there is no application of that name\"}\n"))
        #expect(service.triggered == ["person shop"])
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/", 404, nil as String?), (.get, "/api/v1/applications/other", 404, nil),
        (.get, "/metrics/x", 404, nil), (.post, "/nothing", 404, nil), (.options, "*", 404, nil),
        (.post, "/healthz", 405, "GET"), (.put, "/metrics", 405, "GET"),
        (.delete, "/api/v1/applications/shop", 405, "GET"),
        (.get, "/webhook", 405, "POST"), (.head, "/webhook/shop", 405, "POST"),
        (.get, "/api/v1/applications/shop/trigger", 405, "POST"), (.head, "/healthz", 200, nil),
    ])
    func `other paths and methods are refused in JSON`(
        method: HTTPRequest.Method, path: String, status: Int, allowed: String?
    ) async throws {
        let answer = try await front(service).answer(request(method, path)) { [] }
        #expect(answer.status.code == status)
        #expect(answer.headers[.allow] == allowed)
        if status >= 400 { #expect(answer.body.hasPrefix("{\"error\":\"")) }
        #expect(service.triggered.isEmpty)
    }

    // MARK: - Another server leads

    @Test(arguments: [
        (HTTPRequest.Method.get, "/api/v1/applications/shop"), (.get, "/api/v1/applications/other"),
        (.post, "/api/v1/applications/shop/trigger"),
    ])
    func `who asks a server that does not lead is told which one does`(
        method: HTTPRequest.Method, path: String
    ) async throws {
        let service = FakeService(isStandby: true)
        let answer = try await front(service).answer(request(method, path)) { [] }
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.body == "{\"error\":\"another server leads: sync@left/1\"}\n")
        #expect(answer.headers[.retryAfter] == "1")
        #expect(service.triggered.isEmpty)
    }

    @Test func `a webhook is taken by a server that does not lead, where it can be passed on`() async throws {
        let service = FakeService(isStandby: true)
        let front = try front(service)
        #expect(try await answer(front, signed("{}", "/webhook/shop"), body: "{}").status == 202)
        #expect(service.triggered == ["poll shop"])
        // To the service, this is one that can't be passed on.
        let refused = try await answer(front, signed("{}", "/webhook/other", id: "2"), body: "{}")
        #expect(refused == (503, "{\"error\":\"the server that leads can't be told\"}\n"))
        guard case .standby = service.seen.last else {
            Issue.record("\(service.seen)")
            return
        }
    }

    // MARK: - Access

    @Test(arguments: [
        ([("Authorization", "Bearer right")], true), ([("Authorization", "bearer  right")], true),
        ([("authorization", "BEARER right"), ("Origin", "https://example.com")], true),
        ([], false), ([("Authorization", "")], false), ([("Authorization", "Bearer")], false),
        ([("Authorization", "Bearer ")], false), ([("Authorization", "Bearer wrong")], false),
        ([("Authorization", "Bearer righ")], false), ([("Authorization", "Bearer rightt")], false),
        ([("Authorization", "Bearer RIGHT")], false), ([("Authorization", "right")], false),
        ([("Authorization", "Basic right")], false), ([("Authorization", "Bearer right, Bearer right")], false),
        ([("Authorization", "Bearer right"), ("Authorization", "Bearer wrong")], false),
        ([("X-Token", "right")], false),
    ])
    func `the API needs the token`(headers: [(String, String)], isGranted: Bool) async throws {
        let front = try front(service, token: "right")
        for (method, path) in [
            (HTTPRequest.Method.get, "/api/v1/applications"), (.get, "/api/v1/applications/shop"),
            (.post, "/api/v1/applications/shop/trigger"),
        ] {
            let answer = try await front.answer(request(method, path, host: "example.com", headers)) { [] }
            #expect(answer.status.code == (isGranted ? method == .post ? 202 : 200 : 401))
            #expect(answer.headers[.wwwAuthenticate] == (isGranted ? nil : "Bearer"))
        }
        // Whether there is an application, strangers don't learn.
        let unknown = try await front.answer(request(.get, "/api/v1/applications/other", headers)) { [] }
        #expect(unknown.status.code == (isGranted ? 404 : 401))
        #expect(service.triggered.isEmpty != isGranted)
    }

    @Test(arguments: ["/healthz", "/readyz", "/metrics"])
    func `probes and metrics need no token`(path: String) async throws {
        let answer = try await front(service, token: "right").answer(request(.get, path, host: "10.0.0.7:8080")) { [] }
        #expect(answer.status == .ok)
    }

    @Test(arguments: [
        ("localhost:8080", [], true), ("127.0.0.1", [], true), ("[::1]:8080", [], true),
        ("localhost:8080", [("Origin", "https://example.com")], false),
        ("localhost:8080", [("Origin", "http://localhost:8080")], false),
        ("localhost:8080", [("Origin", "null")], false), ("localhost:8080", [("origin", "")], false),
        ("rebound.example.com:8080", [], false), ("localhost.example.com", [], false), ("192.168.0.1", [], false),
        (nil, [], false), ("", [], false),
    ])
    func `without a token a browser can't act for strangers`(
        host: String?, headers: [(String, String)], isGranted: Bool
    ) async throws {
        let front = try front(service)
        let trigger = request(.post, "/api/v1/applications/shop/trigger", host: host, headers)
        #expect(try await answer(front, trigger).status == (isGranted ? 202 : 403))
        #expect(service.triggered == (isGranted ? ["person shop"] : []))
        let read = request(.get, "/api/v1/applications", host: host, headers)
        #expect(try await answer(front, read).status == (isGranted ? 200 : 403))
    }

    // MARK: - Webhooks

    @Test func `a webhook triggers all applications, or the one that it names`() async throws {
        let front = try front(service)
        #expect(try await answer(front, signed("a"), body: "a") == (202, "{\"status\":\"accepted\"}\n"))
        #expect(try await answer(front, signed("a", "/webhook/shop"), body: "a").status == 202)
        #expect(service.triggered == ["poll *", "poll shop"])
    }

    @Test func `a replay is answered alike and triggers nothing`() async throws {
        let front = try front(service)
        let first = try await answer(front, signed("a"), body: "a")
        #expect(try await answer(front, signed("a"), body: "a") == first)
        #expect(try await answer(front, signed("a", id: "2"), body: "a") == first)
        #expect(try await answer(front, signed("b", id: "1"), body: "b") == first)
        #expect(service.triggered == ["poll *"])
        #expect(try await answer(front, signed("b", id: "2"), body: "b") == first)
        #expect(service.triggered == ["poll *", "poll *"])
        #expect(service.seen.count == 5)
    }

    @Test func `an application that there is none of looks like a wrong signature, each time`() async throws {
        let front = try front(service)
        let wrong = try await answer(front, signed("a", "/webhook/shop"), body: "tampered")
        #expect(wrong.status == 401)
        for _ in 0..<2 {
            #expect(try await answer(front, signed("a", "/webhook/other"), body: "a") == wrong)
        }
        #expect(try await answer(front, signed("a", "/webhook/other"), body: "tampered") == wrong)
        #expect(service.triggered.isEmpty)
    }

    @Test(arguments: ["/webhook", "/webhook/shop", "/webhook/other"])
    func `without a right signature nothing is triggered`(path: String) async throws {
        let front = try front(service)
        #expect(try await answer(front, request(.post, path)).status == 401)
        let token = request(.post, path, [("X-Gitlab-Token", "guess")])
        #expect(try await answer(front, token) == answer(front, token))
        #expect(service.triggered.isEmpty)
        #expect(
            service.seen == [.refused(.unsigned)]
                + Array(repeating: .refused(.mismatch(header: "X-Gitlab-Token")), count: 2))
    }

    @Test(arguments: ["/webhook", "/webhook/shop", "/webhook/other"])
    func `without a secret there are no webhooks`(path: String) async throws {
        let front = try front(service, hooks: false)
        let nothing = try await answer(front, request(.get, "/nothing"))
        let answer = try await front.answer(signed("a", path)) {
            Issue.record("the body is read")
            return []
        }
        #expect((answer.status.code, answer.body) == nothing)
    }

    @Test func `the API's token is no way around the signature`() async throws {
        let front = try front(service, token: "right")
        let headers = [("Authorization", "Bearer right")]
        #expect(try await answer(front, request(.post, "/webhook", headers)).status == 401)
        #expect(try await answer(front, signed("a"), body: "a").status == 202)
    }

    @Test func `a body that is too large is refused`() async throws {
        let answer = try await front(service).answer(signed("a")) { throw SyncFront.BodyTooLarge() }
        #expect(answer.status == .contentTooLarge)
        #expect(service.seen == [.tooLarge])
    }

    @Test func `webhooks come at the time that the clock tells`() async throws {
        let headers = [
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330"),
            (
                "webhook-signature",
                Signing.standard("msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.a", key: Data(Self.secret.utf8))
            ),
        ]
        for (age, status) in [(0, 202), (301, 401)] {
            let front = try front(service, now: Date(timeIntervalSince1970: TimeInterval(1_614_265_330 + age)))
            #expect(try await answer(front, request(.post, "/webhook", headers), body: "a").status == status)
        }
    }
}
