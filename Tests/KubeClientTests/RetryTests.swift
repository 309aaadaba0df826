import KubeClient
import Resources
import TestSupport
import Testing

struct RetryTests {
    private static let lost = KubeClientError(.connectionLost, "lost")
    private static let version: HTTPResponse = .json(["major": "1", "minor": "20+", "gitVersion": "v1.20.2-x"])
    private static let created: HTTPResponse = .json(KubernetesObject.configMap("a").value, status: 201)

    private static func busy(_ seconds: Int?) -> HTTPResponse {
        .status(429, "TooManyRequests", "busy", headers: seconds.map { ["Retry-After": "\($0)"] } ?? [:])
    }

    @Test func `a busy server is asked again after the time it names`() async throws {
        let clock = FakeClock()
        let transport = FakeTransport([.success(Self.busy(3)), .success(Self.busy(nil)), .success(Self.version)])
        let version = try await KubeClient.of(transport, clock: clock).version()
        #expect(version == ServerVersion(major: 1, minor: 20))
        #expect(version.gitVersion == "v1.20.2-x")
        #expect(clock.sleeps == [.seconds(3), .milliseconds(500)])
    }

    @Test func `a server that is always busy is asked eleven times, then told about`() async throws {
        let clock = FakeClock()
        let transport = FakeTransport { _, _ in Self.busy(1) }
        let error = await #expect(throws: APIError.self) { try await KubeClient.of(transport, clock: clock).version() }
        #expect(transport.requests.count == 11)
        #expect(clock.sleeps.count == 10)
        #expect(
            described(error) == """
                api-too-many-requests: cannot read the server's version: busy (tried 11 times)
                hint: the server is overloaded: run again later
                """
        )
    }

    @Test func `no retry goes past the deadline`() async throws {
        let clock = FakeClock()
        let transport = FakeTransport { _, _ in Self.busy(25) }
        var client = KubeClient.of(transport, clock: clock)
        client.requestTimeout = .seconds(60)
        await #expect(throws: APIError.self) { try await client.version() }
        #expect(clock.sleeps == [.seconds(25), .seconds(25)])
        #expect(transport.requests.map(\.timeout) == [.seconds(60), .seconds(35), .seconds(10)])
    }

    @Test func `the time that getting credentials takes is not the request's`() async throws {
        let clock = FakeClock()
        let transport = FakeTransport([.success(Self.busy(3)), .success(Self.version)])
        transport.onAuthenticate = { clock.advance(by: .seconds(600)) }
        _ = try await KubeClient.of(transport, clock: clock).version()
        #expect(transport.requests.map(\.timeout) == [.seconds(60), .seconds(57)])
    }

    @Test func `the delays of many clients are spread by up to a quarter`() async throws {
        let clock = FakeClock()
        let transport = FakeTransport([.success(Self.busy(8)), .success(Self.version)])
        let client = KubeClient(transport: transport, clock: clock, random: { 0.5 })
        _ = try await client.version()
        #expect(clock.sleeps == [.seconds(9)])
    }

    /// What a server answers first, and how many requests a GET and a create make of it.
    @Test(arguments: [
        ("429", Result.success(busy(1)), 2, 2),
        ("503 with a delay", .success(.status(503, "ServiceUnavailable", headers: ["Retry-After": "1"])), 2, 2),
        ("500 with a delay", .success(.status(500, "InternalError", headers: ["Retry-After": "1"])), 2, 2),
        ("503 without a delay", .success(.status(503, "ServiceUnavailable")), 1, 1),
        ("500", .success(.status(500, "InternalError", "boom")), 1, 1),
        ("a leader change", .success(.status(500, "", "etcdserver: leader changed")), 2, 1),
        ("a storage timeout", .success(.status(500, "", "etcdserver: request timed out")), 2, 1),
        ("404", .success(.status(404, "NotFound", headers: ["Retry-After": "1"])), 1, 1),
        ("a lost connection", .failure(lost), 2, 1),
        ("a request that was not looked at", .failure(KubeClientError(.notProcessed, "")), 2, 2),
        ("a refused connection", .failure(KubeClientError(.connectionRefused, "")), 1, 1),
        ("a timeout", .failure(KubeClientError(.timedOut, "")), 1, 1),
    ])
    func `only what may be sent again is sent again`(
        name: String,
        first: Result<HTTPResponse, KubeClientError>,
        reads: Int,
        creations: Int
    ) async throws {
        let reading = FakeTransport([first, .success(Self.version)])
        _ = try? await KubeClient.of(reading).version()
        #expect(reading.requests.count == reads)
        let creating = FakeTransport([first, .success(Self.created)])
        _ = try? await KubeClient.of(creating).create(.configMap("a"), as: .configMaps)
        #expect(creating.requests.count == creations)
    }

    @Test func `a connection that is always lost is given up after three more tries`() async throws {
        let transport = FakeTransport { _, _ in throw Self.lost }
        let error = await #expect(throws: KubeClientError.self) { try await KubeClient.of(transport).version() }
        #expect(error == Self.lost)
        #expect(transport.requests.count == 4)
    }

    @Test func `cancelling ends the wait`() async throws {
        let transport = FakeTransport { _, _ in Self.busy(1) }
        let task = Task {
            try await KubeClient(transport: transport, clock: StillClock()).version()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `an answer that is no JSON names the server`() async throws {
        let transport = FakeTransport([.success(HTTPResponse(status: 200, body: Array("<html>".utf8)))])
        let error = await #expect(throws: KubeClientError.self) { try await KubeClient.of(transport).version() }
        let text = described(error)
        #expect(
            text.hasPrefix(
                "response-invalid: cannot read the server's version: the answer of https://fake.test is no valid JSON"))
        #expect(
            text.hasSuffix("hint: check that this is the address of a Kubernetes API server, and what is in between"))
    }
}
