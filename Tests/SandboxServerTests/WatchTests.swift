import SandboxCluster
import SandboxServer
import Synchronization
import Testing

/// Responses that come bit by bit.
struct WatchTests {
    @Test func `each event is sent as it comes, and the end of the stream ends the response`() async throws {
        let (events, feed) = AsyncStream.makeStream(of: [UInt8].self)
        try await SandboxServer.test(StubResponder { _ in .watch(events) }) { client, token in
            try await client.send("GET /a?watch=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token.text)\r\n\r\n")
            #expect(try await client.head().headers["transfer-encoding"] == "chunked")
            for event in ["{}\n", "{\"b\":1}\n", String(repeating: "x", count: 100_000)] {
                feed.yield(Array(event.utf8))
                #expect(try await client.chunk() == Array(event.utf8))
            }
            feed.finish()
            #expect(try await client.chunk() == nil)
            try await client.send("GET /b?watch=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token.text)\r\n\r\n")
            #expect(try await client.response().body.isEmpty)
        }
    }

    @Test func `to HTTP/1.0 the events come without chunks, until the connection ends`() async throws {
        let responder = StubResponder { _ in
            .watch(
                AsyncStream { feed in
                    feed.yield([0x61])
                    feed.yield([0x62])
                    feed.finish()
                })
        }
        try await SandboxServer.test(responder) { client, token in
            try await client.send("GET /a?watch=1 HTTP/1.0\r\nAuthorization: Bearer \(token.text)\r\n\r\n")
            let response = try await client.response()
            #expect(response.headers["transfer-encoding"] == nil)
            #expect(response.text == "ab")
        }
    }

    @Test func `to HEAD a watch is over after its head`() async throws {
        let (events, _) = AsyncStream.makeStream(of: [UInt8].self)
        try await SandboxServer.test(StubResponder { _ in .watch(events) }) { client, token in
            let response = try await client.request("HEAD", "/a?watch=1", token: token)
            #expect(response.status == 200)
            let next = try await client.request("HEAD", "/b", token: token)
            #expect(next.status == 200)
        }
    }

    @Test(arguments: [true, false])
    func `a client that goes away ends its watch`(isPolite: Bool) async throws {
        let ended = Latch()
        let (events, feed) = AsyncStream.makeStream(of: [UInt8].self)
        feed.onTermination = { _ in ended.open() }
        feed.yield([0x61])
        let responder = StubResponder { _ in .watch(events) }
        try await SandboxServer.run(responder, as: try SandboxIdentity(), options: .patient) { endpoint in
            try await RawClient.run(endpoint) { client in
                let token = endpoint.identity.token.text
                try await client.send("GET /a?watch=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n\r\n")
                _ = try await client.head()
                #expect(try await client.chunk() == [0x61])
                if !isPolite { try await client.vanish() }
            }
            await ended.wait()
        }
    }

    @Test func `a client that goes away cancels what answers it`() async throws {
        let began = Latch()
        let cancelled = Latch()
        let responder = StubResponder { _ in
            began.open()
            await Latch().wait()
            if Task.isCancelled { cancelled.open() }
            return .text("")
        }
        try await SandboxServer.run(responder, as: try SandboxIdentity(), options: .patient) { endpoint in
            try await RawClient.run(endpoint) { client in
                let token = endpoint.identity.token.text
                try await client.send("GET /a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n\r\n")
                await began.wait()
            }
            await cancelled.wait()
        }
    }

    /// Goes with the stream that takes from it.
    private final class Source: Sendable {
        let chunk = [UInt8](repeating: 0x61, count: 64 << 10)
        private let end: Latch

        init(_ end: Latch) { self.end = end }

        deinit { end.open() }
    }

    @Test func `a client that takes nothing slows its watch down, and is given up`() async throws {
        let ended = Latch()
        let taken = Mutex(0)
        let responder = StubResponder { _ in
            let source = Source(ended)
            return .watch(
                AsyncStream {
                    taken.withLock { $0 += 1 }
                    return source.chunk
                })
        }
        var options = SandboxServer.Options.patient
        options.stallTimeout = .milliseconds(50)
        try await SandboxServer.test(responder, options: options) { client, token in
            try await client.send("GET /a?watch=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token.text)\r\n\r\n")
            await ended.wait()
        }
        // What the buffers of the sockets hold, and little more: 16 MiB at most.
        #expect(taken.withLock { $0 } < 256)
    }

    @Test func `a large response comes whole`() async throws {
        let body = Array(repeatElement(Array("0123456789".utf8), count: 300_000).joined())
        let responder = StubResponder { _ in SandboxResponse(status: 200, body: .bytes(body)) }
        try await SandboxServer.test(responder) { client, token in
            let response = try await client.request("GET", "/", token: token)
            #expect(response.body == body)
        }
    }
}
