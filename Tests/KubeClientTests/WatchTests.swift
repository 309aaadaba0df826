import KubeClient
import Resources
import TestSupport
import Testing

struct WatchTests {
    private func line(_ type: String, _ object: Value) -> String {
        Value.object(["type": .string(type), "object": object]).json + "\n"
    }

    private func collect(_ response: HTTPResponse) async throws -> (events: [WatchEvent], request: HTTPRequest?) {
        let transport = FakeTransport([.success(response)])
        let watch = KubeClient.of(transport).watch(.configMaps, namespace: "shop", labelSelector: "a=b", from: "5")
        let events = try await watch.reduce(into: []) { $0.append($1) }
        return (events, transport.requests.first)
    }

    @Test func `events are read whatever chunks they come in`() async throws {
        let object = KubernetesObject.configMap("a", resourceVersion: "6")
        let text =
            line("ADDED", object.value) + line("MODIFIED", object.value) + "\n" + line("DELETED", object.value)
            + line("BOOKMARK", ["kind": "ConfigMap", "metadata": ["resourceVersion": "9"]])
        let (events, request) = try await collect(HTTPResponse(status: 200, body: Array(text.utf8)))
        #expect(events == [.added(object), .modified(object), .deleted(object), .bookmark(resourceVersion: "9")])
        #expect(events.map(\.resourceVersion) == ["6", "6", "6", "9"])
        #expect(
            request?.path == """
                /api/v1/namespaces/shop/configmaps?watch=true&allowWatchBookmarks=true&resourceVersion=5&timeoutSeconds=290\
                &labelSelector=a%3Db
                """
        )
        #expect(request?.timeout == .seconds(320))
    }

    @Test func `an expired version ends the watch, as a status and as an event`() async throws {
        #expect(try await collect(.status(410, "Expired", "too old")).events == [.expired])
        let status: Value = ["kind": "Status", "code": 410, "reason": "Expired", "message": "too old resource version"]
        let text = line("ADDED", KubernetesObject.configMap("a").value) + line("ERROR", status) + line("ADDED", [:])
        let events = try await collect(HTTPResponse(status: 200, body: Array(text.utf8))).events
        #expect(events == [.added(.configMap("a")), .expired])
        #expect(events.last?.resourceVersion == nil)
    }

    @Test func `another error is thrown, as a status and as an event`() async throws {
        let refused = await #expect(throws: APIError.self) { try await collect(.status(403, "Forbidden", "no")) }
        #expect(refused?.isForbidden == true)
        let status: Value = ["kind": "Status", "code": 500, "reason": "InternalError", "message": "boom"]
        let body = Array(line("ERROR", status).utf8)
        let failed = await #expect(throws: APIError.self) { try await collect(HTTPResponse(status: 200, body: body)) }
        #expect(failed?.message == "boom")
    }

    @Test(arguments: ["{\"type\":\"ADDED\",", "{\"type\":\"WHAT\",\"object\":{}}\n", "<html>\n"])
    func `a broken event is an error`(text: String) async throws {
        await #expect(throws: KubeClientError.self) {
            try await collect(HTTPResponse(status: 200, body: Array(text.utf8)))
        }
    }

    @Test func `an event that is too large is not read on`() async throws {
        let text = line("ADDED", ["data": .string(String(repeating: "x", count: 1_100_000))])
        let transport = FakeTransport([.success(HTTPResponse(status: 200, body: Array(text.utf8)))])
        var client = KubeClient.of(transport)
        client.bodyLimit = 1 << 20
        let watch = client.watch(.configMaps, from: "1")
        let error = await #expect(throws: KubeClientError.self) { for try await _ in watch {} }
        #expect(error?.message == "cannot watch configmaps: https://fake.test sent an event of more than 1 MiB")
        #expect(transport.requests.map(\.bodyLimit) == [.max])
    }
}
