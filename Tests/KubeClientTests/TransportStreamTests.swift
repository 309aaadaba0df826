import KubeClient
import Testing

/// Answers that arrive in pieces.
struct TransportStreamTests: LoopbackClient {
    @Test func `a stream's pieces come as they are sent`() async throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        try await LoopbackServer.run(answer: { _, _ in .hang(head + "4\r\none\n\r\n") }) { server in
            let transport = try HTTPTransport(configuration(server))
            let stream = try await transport.stream(HTTPRequest(.get, "/watch"))
            #expect(stream.status == 200)
            for try await chunk in stream.chunks {
                #expect(chunk == Array("one\n".utf8))
                break
            }
            await transport.shutdown()
        }
    }

    @Test func `a stream that breaks off is an error`() async throws {
        let sent = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n"
        try await LoopbackServer.run(answer: { _, _ in .last(sent) }) { server in
            let transport = try HTTPTransport(configuration(server))
            let stream = try await transport.stream(HTTPRequest(.get, "/watch"))
            let error = await #expect(throws: KubeClientError.self) { for try await _ in stream.chunks {} }
            #expect(error?.code == .connectionLost)
            await transport.shutdown()
        }
    }

    @Test func `a stream that hangs ends at its deadline`() async throws {
        let sent = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n"
        try await LoopbackServer.run(answer: { _, _ in .hang(sent) }) { server in
            let transport = try HTTPTransport(configuration(server))
            var stream: HTTPStream?
            var seconds = 1
            // On a busy machine the time may be over before the stream has begun.
            while stream == nil, seconds < 1000 {
                seconds *= 4
                let request = HTTPRequest(.get, "/watch", timeout: .seconds(seconds))
                do { stream = try await transport.stream(request) } catch let error as KubeClientError
                    where error.code == .timedOut
                {}
            }
            let chunks = try #require(stream).chunks
            let error = await #expect(throws: KubeClientError.self) { for try await _ in chunks {} }
            #expect(error?.code == .timedOut)
            await transport.shutdown()
        }
    }

    @Test func `cancelling ends a stream`() async throws {
        let sent = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n"
        try await LoopbackServer.run(answer: { _, _ in .hang(sent) }) { server in
            let transport = try HTTPTransport(configuration(server))
            let stream = try await transport.stream(HTTPRequest(.get, "/watch"))
            let task = Task { for try await _ in stream.chunks {} }
            task.cancel()
            _ = await task.result
            await transport.shutdown()
        }
    }

    @Test func `a stream that can't begin is an error`() async throws {
        let transport = try HTTPTransport(ClusterConfiguration(server: "https://127.0.0.1:1"))
        let error = await #expect(throws: KubeClientError.self) {
            try await transport.stream(HTTPRequest(.get, "/watch"))
        }
        #expect(error?.code == .connectionRefused)
        await transport.shutdown()
    }

    @Test func `cancelling before a stream's head ends it at once`() async throws {
        try await LoopbackServer.run(answer: { _, _ in .hang("") }) { server in
            let transport = try HTTPTransport(configuration(server))
            let task = Task { try await transport.stream(HTTPRequest(.get, "/watch")).status }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            await transport.shutdown()
        }
    }
}
