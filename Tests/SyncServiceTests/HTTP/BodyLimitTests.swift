import NIOCore
import SyncService
import Testing

/// Bodies about the limit of 1 MiB, and far beyond.
@Suite(.timeLimit(.minutes(15)))
struct BodyLimitTests {
    private static let secret = "It's a Secret to Everybody"
    private static let limit = 1 << 20

    private func signature(_ body: String) -> String {
        "X-Hub-Signature-256: sha256=\(Signing.hexadecimal(body, Self.secret))"
    }

    @Test(arguments: [false, true])
    func `a body of exactly the limit is read, and not a byte more`(isChunked: Bool) async throws {
        let service = FakeService()
        var limits = SyncFrontSettings.Limits.patient
        // A busy machine takes its time to read what is too much.
        limits.lingerTimeout = .seconds(3600)
        try await SyncServer.with(service.source, limits: limits) { port in
            for (length, status) in [(Self.limit, 202), (Self.limit + 1, 413)] {
                let body = String(repeating: "a", count: length)
                let response = try await RawClient.run(port) { client in
                    guard isChunked else {
                        return try await client.request("POST", "/webhook", signature(body), body: body)
                    }
                    try await client.send(
                        "POST /webhook HTTP/1.1\r\nHost: a\r\n\(signature(body))\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "\(String(length, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
                    return try await client.response()
                }
                #expect(response.status == status)
                #expect(response.headers["connection"] == (status == 413 ? "close" : nil))
            }
        }
        #expect(service.triggered == ["poll *"])
    }

    /// Sends as much as the server takes, and returns the answer and how many bytes it took.
    private func flood(_ port: Int, _ head: String, _ part: ByteBuffer) async throws -> (status: Int?, sent: Int) {
        try await RawClient.run(port) { client in
            try await client.send(head)
            var sent = 0
            do {
                // Ends with the connection, well before.
                while sent < 64 << 20 {
                    try await client.send(part)
                    sent += part.readableBytes
                }
            } catch {}
            return (try? await client.response().status, sent)
        }
    }

    @Test(arguments: ["/webhook", "/webhook/other", "/healthz", "/nothing", "/api/v1/applications/shop/trigger"])
    func `a body of 5 GB is cut off, announced or not`(path: String) async throws {
        let part = ByteBuffer(repeating: UInt8(ascii: "a"), count: 64 << 10)
        var chunk = ByteBuffer(string: "10000\r\n")
        chunk.writeImmutableBuffer(part)
        chunk.writeString("\r\n")
        try await SyncServer.with(FakeService().source) { [chunk] port in
            let head = "POST \(path) HTTP/1.1\r\nHost: localhost\r\nX-Hub-Signature-256: sha256=00\r\n"
            let announced = try await flood(port, head + "Content-Length: 5368709120\r\n\r\n", part)
            let endless = try await flood(port, head + "Transfer-Encoding: chunked\r\n\r\n", chunk)
            // What the server reads at most, and what the kernel's buffers of both ends may hold.
            for result in [announced, endless] { #expect(result.sent < 16 << 20) }
            #expect(try await RawClient.health(port) == 200)
        }
    }

    @Test func `who waits for the answer to a body that is too large gets it at once`() async throws {
        try await SyncServer.with(FakeService().source) { port in
            try await RawClient.run(port) { client in
                try await client.send(
                    "POST /webhook HTTP/1.1\r\nHost: a\r\nX-Hub-Signature-256: sha256=00\r\n"
                        + "Content-Length: 5368709120\r\n\r\n")
                let response = try await client.response()
                #expect(response.status == 413)
                #expect(response.text == "{\"error\":\"the body is too large\"}\n")
                #expect(response.headers["connection"] == "close")
            }
        }
    }
}
