import NIOCore
import Resources
import SyncService
import Testing

/// The server on a real socket.
@Suite(.timeLimit(.minutes(15)))
struct SyncServerTests {
    private static let secret = "It's a Secret to Everybody"

    @Test func `one connection carries request after request`() async throws {
        let service = FakeService()
        try await SyncServer.with(service.source) { port in
            try await RawClient.run(port) { client in
                #expect(try await client.request("GET", "/healthz").text == "ok\n")
                let head = try await client.request("HEAD", "/healthz")
                #expect(head.status == 200)
                #expect(head.headers["content-length"] == "3")
                #expect(try await client.request("GET", "/nothing").status == 404)
                #expect(try await client.request("POST", "/api/v1/applications/shop/trigger", body: "{}").status == 202)
                #expect(try await client.request("GET", "/readyz", "Connection: close").text == "ok\n")
                #expect(try await client.isAtEnd())
            }
        }
        #expect(service.triggered == ["person shop"])
    }

    @Test func `requests that come together are answered in their order`() async throws {
        try await SyncServer.with(FakeService().source) { port in
            try await RawClient.run(port) { client in
                try await client.send(
                    ["/healthz", "/metrics", "/nothing"].map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
                #expect(try await client.response().text == "ok\n")
                #expect(try await client.response().text == "up 1\n")
                #expect(try await client.response().status == 404)
            }
        }
    }

    @Test func `a webhook is checked as it came`() async throws {
        let service = FakeService()
        try await SyncServer.with(service.source) { port in
            try await RawClient.run(port) { client in
                let signature = "X-Gitea-Signature: \(Signing.hexadecimal("Hello, World!", Self.secret))"
                #expect(try await client.request("POST", "/webhook", signature, body: "Hello, World!").status == 202)
                #expect(
                    try await client.request("POST", "/webhook/shop", signature, body: "Hello, World").status == 401)
                #expect(try await client.request("POST", "/webhook", body: "Hello, World!").status == 401)
                try await client.send(
                    "POST /webhook/shop HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\(signature)\r\n\r\n"
                        + "5\r\nHello\r\n8\r\n, World!\r\n0\r\n\r\n")
                #expect(try await client.response().status == 202)
            }
        }
        #expect(service.triggered == ["poll *", "poll shop"])
    }

    /// Without one the body is not read.
    private static let signature = "X-Hub-Signature-256: sha256=00\r\n"

    @Test(arguments: [
        "GET /healthz\r\n\r\n", "nonsense\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 40 << 10))\r\n\r\n",
        "GET / HTTP/1.1\r\n\(String(repeating: "X: a\r\n", count: 2000))\r\n",
        "POST /webhook HTTP/1.1\r\nHost: a\r\n\(signature)Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /webhook HTTP/1.1\r\nHost: a\r\n\(signature)Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ])
    func `what is no HTTP, or too much of it, ends the connection`(text: String) async throws {
        var limits = SyncFrontSettings.Limits.patient
        limits.lingerTimeout = .milliseconds(20)
        try await SyncServer.with(FakeService().source, limits: limits) { port in
            try await RawClient.run(port) { client in
                try? await client.send(text)
                if let response = try? await client.response() { #expect(response.status == 400) }
                let isAtEnd = try await client.isAtEnd()
                #expect(isAtEnd)
            }
            #expect(try await RawClient.health(port) == 200)
        }
    }

    @Test func `a client that is slow, or takes no answer, is left after a time and delays nobody`() async throws {
        var limits = SyncFrontSettings.Limits.patient
        limits.requestTimeout = .milliseconds(100)
        limits.answerTimeout = .milliseconds(100)
        let large = FakeService().source.with(metrics: String(repeating: "x", count: 8 << 20))
        try await SyncServer.with(large, limits: limits) { port in
            try await withThrowingTaskGroup { group in
                for beginning in [
                    "", "GET /hea", "POST /webhook HTTP/1.1\r\nHost: a\r\n\(Self.signature)Content-Length: 9\r\n\r\nab",
                ] {
                    group.addTask {
                        try await RawClient.run(port) { client in
                            // On a busy machine its time may be over before it has begun.
                            try? await client.send(beginning)
                            let isAtEnd = try await client.isAtEnd()
                            #expect(isAtEnd)
                        }
                    }
                }
                group.addTask {
                    try await RawClient.run(port) { client in
                        // Takes nothing of the answer, and so asks in vain.
                        do { while true { try await client.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n") } } catch {}
                    }
                }
                try await group.waitForAll()
            }
            var status: Int?
            while status == nil {
                try Task.checkCancellation()
                status = try? await RawClient.health(port)
            }
            #expect(status == 200)
        }
    }

    @Test func `an answer that waits doesn't delay others`() async throws {
        let began = Latch()
        let goOn = Latch()
        let source = FakeService().source.with(applications: {
            began.open()
            await goOn.wait()
            return ["items": []]
        })
        try await SyncServer.with(source) { port in
            async let slow = RawClient.run(port) { try await $0.request("GET", "/api/v1/applications").text }
            await began.wait()
            #expect(try await RawClient.health(port) == 200)
            goOn.open()
            let answer = try await slow
            #expect(answer == "{\"items\":[]}\n")
        }
    }

    // MARK: - Ends

    @Test func `at its end requests are finished, and no more are accepted`() async throws {
        let began = Latch()
        let goOn = Latch()
        let source = FakeService().source.with(applications: {
            began.open()
            await goOn.wait()
            return ["cancelled": .bool(Task.isCancelled)]
        })
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let server = Task { try await SyncServer.run(source, settings: .patient) { announce.yield($0) } }
        let port = try #require(await ports.first { _ in true })
        try await RawClient.run(port) { idle in
            #expect(try await idle.request("GET", "/healthz").status == 200)
            try await RawClient.run(port) { client in
                try await client.send("GET /api/v1/applications HTTP/1.1\r\nHost: localhost\r\n\r\n")
                await began.wait()
                server.cancel()
                #expect(try await idle.isAtEnd())
                // Once the listener is gone, the end has begun.
                while (try? await RawClient.run(port, { _ in })) != nil { await Task.yield() }
                goOn.open()
                let response = try await client.response()
                #expect(response.text == "{\"cancelled\":false}\n")
                #expect(response.headers["connection"] == "close")
                #expect(try await client.isAtEnd())
            }
        }
        try await server.value
    }

    @Test func `who can't be answered in time is cancelled at its end`() async throws {
        let began = Latch()
        let source = FakeService().source.with(applications: {
            began.open()
            await Latch().wait()
            return .null
        })
        var settings = SyncFrontSettings.patient
        // With all others it would take an hour.
        settings.limits.drainTimeout = .milliseconds(50)
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let server = Task { [settings] in try await SyncServer.run(source, settings: settings) { announce.yield($0) } }
        let port = try #require(await ports.first { _ in true })
        try await RawClient.run(port) { client in
            try await client.send("GET /api/v1/applications HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await began.wait()
            server.cancel()
            #expect(try await client.isAtEnd())
            try await server.value
        }
    }

    @Test func `a server that is cancelled before it begins ends as well`() async throws {
        let server = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await SyncServer.run(FakeService().source, settings: .patient) { _ in }
        }
        try await server.value
    }

    @Test func `a port that is taken is told, with what to do`() async throws {
        try await SyncServer.with(FakeService().source) { port in
            var settings = SyncFrontSettings.patient
            settings.port = port
            let problem = await problem(settings)
            #expect(problem?.code == "listen-address")
            #expect(problem?.message == "can't listen on 127.0.0.1, port \(port)")
            #expect(problem?.causes.first?.contains("in use") == true)
            #expect(problem?.hint?.contains("sport = :\(port)") == true)
        }
    }

    private func problem(_ settings: SyncFrontSettings) async -> Diagnostic? {
        do {
            try await SyncServer.run(FakeService().source, settings: settings) { _ in
                Issue.record("it listens in spite of all")
            }
            return nil
        } catch {
            return error
        }
    }
}

extension SyncFrontSource {
    fileprivate func with(applications: @escaping @Sendable () async -> Value) -> SyncFrontSource {
        var source = self
        source.applications = applications
        return source
    }

    fileprivate func with(metrics: String) -> SyncFrontSource {
        var source = self
        source.metrics = { metrics }
        return source
    }
}
