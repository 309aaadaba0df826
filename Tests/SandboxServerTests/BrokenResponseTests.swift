import CZlib
import SandboxCluster
import SandboxServer
import Testing

@testable import SandboxServer

/// Responses that don't end as they should, and those that are compressed.
struct BrokenResponseTests {
    private func failure(_ body: SandboxResponse.Body) async throws -> [UInt8]? {
        let responder = StubResponder { _ in SandboxResponse(status: 200, body: body) }
        return try await SandboxServer.test(responder) { client, token in
            do {
                _ = try await client.request("GET", "/", token: token)
                return nil
            } catch RawClient.Failure.ended(let bytes) {
                return bytes
            }
        }
    }

    @Test func `a cut body ends before its announced length`() async throws {
        #expect(try await failure(.cut([1, 2, 3], announced: 6)) == [1, 2, 3])
        #expect(try await failure(.cut([], announced: 6)) == [])
    }

    @Test func `a reset connection tells nothing`() async throws {
        #expect(try await failure(.reset) == [])
    }

    @Test func `a broken watch ends without its last chunk`() async throws {
        let events = AsyncStream<[UInt8]> { feed in
            feed.yield([0x61])
            feed.finish()
        }
        let responder = StubResponder { _ in SandboxResponse(status: 200, body: .brokenChunks(events)) }
        try await SandboxServer.test(responder) { client, token in
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token.text)\r\n\r\n")
            _ = try await client.head()
            #expect(try await client.chunk() == [0x61])
            await #expect(throws: RawClient.Failure.self) { try await client.chunk() }
        }
    }

    @Test(arguments: [
        (131_073, "gzip", true), (131_072, "gzip", false), (131_073, "", false), (131_073, "identity", false),
        (131_073, "deflate, gzip;q=1.0", true), (131_073, "gzip;q=0", false), (131_073, "GZIP", true),
    ])
    func `only a large body is compressed, and only for who takes it`(
        count: Int, accepted: String, isCompressed: Bool
    ) async throws {
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 100) }
        let responder = StubResponder { _ in SandboxResponse(status: 200, body: .bytes(body)) }
        try await SandboxServer.test(responder) { client, token in
            let headers = accepted.isEmpty ? "" : "Accept-Encoding: \(accepted)\r\n"
            let response = try await client.request("GET", "/", token: token, headers: headers)
            #expect(response.headers["content-encoding"] == (isCompressed ? "gzip" : nil))
            #expect(response.headers["vary"] == (isCompressed ? "Accept-Encoding" : nil))
            #expect((response.body.count < count) == isCompressed)
            #expect((isCompressed ? try gunzip(response.body, count: count) : response.body) == body)
        }
    }

    private func gunzip(_ bytes: [UInt8], count: Int) throws -> [UInt8] {
        var input = bytes
        var output = [UInt8](repeating: 0, count: count + 1)
        var stream = z_stream()
        let began = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        try #require(began == Z_OK)
        defer { inflateEnd(&stream) }
        let code = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        try #require(code == Z_STREAM_END)
        return Array(output.prefix(Int(stream.total_out)))
    }
}
