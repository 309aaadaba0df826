internal import CZlib
internal import SandboxCluster

/// Compresses what is worth it, as the real server does
/// (k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/writers.go).
enum ResponseCompression {
    /// Nothing shorter is compressed.
    static let threshold = 128 << 10
    /// Of zlib; fast, since the peer is on the same machine.
    private static let level: Int32 = 1
    /// Tells zlib to write the format of gzip.
    private static let gzipWindowBits: Int32 = 15 + 16

    /// The response, compressed by gzip where the request allows it, and as it is where that fails.
    static func applied(to response: SandboxResponse, for request: SandboxRequest) -> SandboxResponse {
        guard case .bytes(let bytes) = response.body, bytes.count > threshold, acceptsGzip(request),
            response.header("Content-Encoding") == nil, let compressed = gzip(bytes)
        else { return response }
        var response = response
        response.body = .bytes(compressed)
        response.headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        return response
    }

    private static func acceptsGzip(_ request: SandboxRequest) -> Bool {
        guard let accepted = request.header("Accept-Encoding") else { return false }
        return accepted.split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            return parts.first == "gzip" && !parts.dropFirst().contains("q=0")
        }
    }

    /// - Returns: nil when there isn't enough memory.
    static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream, level, Z_DEFLATED, gzipWindowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var code = Z_OK
        let compressed = [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(bytes.count)))) {
            room, count in
            bytes.withUnsafeBufferPointer { input in
                // zlib's interface knows no constants; it only reads what it is given.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(room.count)
                code = deflate(&stream, Z_FINISH)
                count = code == Z_STREAM_END ? Int(stream.total_out) : 0
            }
        }
        return code == Z_STREAM_END ? compressed : nil
    }
}
