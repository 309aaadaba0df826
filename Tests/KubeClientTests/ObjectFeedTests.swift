import KubeClient
import Resources
import TestSupport
import Testing

struct ObjectFeedTests {
    private func list(_ names: [String], version: String) -> HTTPResponse {
        .json([
            "kind": "ConfigMapList", "metadata": ["resourceVersion": .string(version)],
            "items": .array(names.map { KubernetesObject.configMap($0).value }),
        ])
    }

    private func events(_ events: [(String, KubernetesObject)]) -> HTTPResponse {
        let lines = events.map { Value.object(["type": .string($0.0), "object": $0.1.value]).json + "\n" }
        return HTTPResponse(status: 200, body: Array(lines.joined().utf8))
    }

    private func first(_ count: Int, of transport: FakeTransport, _ clock: FakeClock = FakeClock()) async throws
        -> [FeedEvent<KubernetesObject>]
    {
        var iterator = KubeClient.of(transport, clock: clock).feed(.configMaps, namespace: "shop").makeAsyncIterator()
        var found: [FeedEvent<KubernetesObject>] = []
        while found.count < count, let event = try await iterator.next() { found.append(event) }
        return found
    }

    private func versions(_ transport: FakeTransport) -> [String] {
        transport.requests.map { request in
            request.path.firstMatch(of: /resourceVersion=([^&]*)/).map { String($0.output.1) } ?? "list"
        }
    }

    private func configMap(_ name: String, _ version: String) -> KubernetesObject {
        .configMap(name, resourceVersion: version)
    }

    @Test func `each watch takes up where the last one has ended`() async throws {
        let transport = FakeTransport([
            .success(list(["a"], version: "5")),
            .success(events([("MODIFIED", configMap("a", "6")), ("BOOKMARK", configMap("", "8"))])),
            .success(events([("DELETED", configMap("a", "9"))])),
        ])
        #expect(
            try await first(3, of: transport)
                == [.listed([.configMap("a")]), .changed(configMap("a", "6")), .deleted(configMap("a", "9"))]
        )
        #expect(versions(transport) == ["list", "5", "8"])
    }

    @Test func `an expired version leads to a new list`() async throws {
        let transport = FakeTransport([
            .success(list(["a"], version: "5")), .success(.status(410, "Expired")), .success(list(["b"], version: "9")),
            .success(events([("ADDED", configMap("c", "10"))])),
        ])
        let expected: [FeedEvent<KubernetesObject>] = [
            .listed([.configMap("a")]), .listed([.configMap("b")]), .changed(configMap("c", "10")),
        ]
        #expect(try await first(3, of: transport) == expected)
        #expect(versions(transport) == ["list", "5", "list", "9"])
    }

    @Test func `a lost connection is waited out, longer each time, and from the second on with a new list`()
        async throws
    {
        let clock = FakeClock()
        let lost = Result<HTTPResponse, KubeClientError>.failure(KubeClientError(.connectionLost, "lost"))
        let transport = FakeTransport([
            .success(list([], version: "5")), lost, .success(.status(503, "ServiceUnavailable")),
            .success(list([], version: "6")), .success(events([])), .success(list([], version: "6")),
            .success(events([("ADDED", configMap("a", "7"))])), lost,
            .success(events([("ADDED", configMap("b", "8"))])),
        ])
        let found = try await first(5, of: transport, clock)
        #expect(
            found == [
                .listed([]), .listed([]), .listed([]), .changed(configMap("a", "7")), .changed(configMap("b", "8")),
            ]
        )
        #expect(clock.sleeps == [.seconds(1), .seconds(2), .seconds(4), .seconds(1)])
        #expect(versions(transport) == ["list", "5", "5", "list", "6", "list", "6", "7", "7"])
    }

    @Test func `versions that expire at once are waited out, longer each time`() async throws {
        let clock = FakeClock()
        let transport = FakeTransport { _, index in
            index.isMultiple(of: 2) ? list([], version: "5") : .status(410, "Expired")
        }
        _ = try await first(4, of: transport, clock)
        #expect(clock.sleeps == [.seconds(1), .seconds(2), .seconds(4)])
        #expect(versions(transport) == ["list", "5", "list", "5", "list", "5", "list"])
    }

    @Test func `a watch that the server breaks off with an error leads to a new list`() async throws {
        let clock = FakeClock()
        let status = KubernetesObject(["kind": "Status", "code": 500, "message": "etcd event received with PrevKv=nil"])
        let transport = FakeTransport([
            .success(list(["a"], version: "5")), .success(events([("ERROR", status)])),
            .success(list(["b"], version: "9")),
        ])
        let found = try await first(2, of: transport, clock)
        #expect(found == [.listed([.configMap("a")]), .listed([.configMap("b")])])
        #expect(clock.sleeps == [.seconds(1)])
    }

    @Test func `a refusal is thrown`() async throws {
        let transport = FakeTransport([.success(list([], version: "5")), .success(.status(403, "Forbidden"))])
        let error = await #expect(throws: APIError.self) { try await first(2, of: transport) }
        #expect(error?.isForbidden == true)
    }

    @Test func `cancelling ends it`() async throws {
        let transport = FakeTransport { _, _ in throw KubeClientError(.connectionLost, "lost") }
        let client = KubeClient(transport: transport)
        let task = Task { for try await _ in client.feed(.configMaps) {} }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
