import NIOCore
import NIOPosix
import NIOSSL
import SandboxServer
import Testing

/// A connection to a sandbox that sends what it is told, be it HTTP or not.
struct RawClient {
    struct Response {
        var status: Int
        /// By names in lower case.
        var headers: [String: String]
        var body: [UInt8] = []

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    enum Failure: Error {
        /// The connection ended where more had to come.
        case ended(after: [UInt8])
        case noResponse(String)
    }

    private var parts: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let writer: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let channel: any Channel
    private var buffer = ByteBuffer()

    /// Runs the body with a connection, and closes the connection after it.
    static func run<T>(
        _ endpoint: SandboxEndpoint, serverName: String? = nil, trust: String? = nil,
        _ body: (inout RawClient) async throws -> T
    ) async throws -> T {
        var configuration = TLSConfiguration.makeClientConfiguration()
        let authority = trust ?? endpoint.identity.authority.certificate
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
        let security = try NIOSSLContext(configuration: configuration)
        let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // Else the kernel lets the buffer grow, to tens of megabytes where it likes.
            .channelOption(.socketOption(.so_rcvbuf), value: 64 << 10)
            .connect(host: "127.0.0.1", port: endpoint.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let tls = try NIOSSLClientHandler(context: security, serverHostname: serverName)
                    try channel.pipeline.syncOperations.addHandler(tls)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 1)))
                }
            }
        return try await connection.executeThenClose { parts, writer in
            var client = RawClient(
                parts: parts.makeAsyncIterator(), writer: writer, channel: connection.channel)
            return try await body(&client)
        }
    }

    private init(
        parts: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        writer: NIOAsyncChannelOutboundWriter<ByteBuffer>, channel: any Channel
    ) {
        self.parts = parts
        self.writer = writer
        self.channel = channel
    }

    func send(_ text: String) async throws {
        try await writer.write(ByteBuffer(string: text))
    }

    func send(_ bytes: [UInt8]) async throws {
        try await writer.write(ByteBuffer(bytes: bytes))
    }

    /// Ends the connection without TLS' goodbye.
    func vanish() async throws {
        let provider = try #require(channel as? any SocketOptionProvider)
        try await provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        // Closing from below TLS says no goodbye.
        let pipeline = channel.pipeline
        try await pipeline.handler(type: NIOSSLClientHandler.self).flatMapThrowing { tls in
            try pipeline.syncOperations.context(handler: tls).close(promise: nil)
        }.get()
    }

    /// Sends a request with the right token and reads its response.
    mutating func request(
        _ method: String, _ path: String, token: AccessToken, headers: String = "", body: [UInt8]? = nil
    ) async throws -> Response {
        let length = body.map { "Content-Length: \($0.count)\r\n" } ?? ""
        try await send(
            "\(method) \(path) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token.text)\r\n\(length)\(headers)\r\n")
        if let body { try await send(body) }
        return try await response(toHead: method == "HEAD")
    }

    // MARK: - Responses

    /// Reads a response with its body.
    mutating func response(toHead: Bool = false) async throws -> Response {
        var response = try await head()
        if toHead || response.status == 100 { return response }
        if let length = response.headers["content-length"].flatMap({ Int($0) }) {
            response.body = try await take(length)
        } else if response.headers["transfer-encoding"] == "chunked" {
            while let chunk = try await chunk() { response.body += chunk }
        } else {
            while try await receive() {}
            response.body = Array(buffer.readableBytesView)
            buffer.clear()
        }
        return response
    }

    mutating func head() async throws -> Response {
        let first = try await line()
        let words = first.split(separator: " ")
        guard words.count > 1, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw Failure.noResponse(first)
        }
        var headers: [String: String] = [:]
        while case let line = try await line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.last?.drop { $0 == " " }.description
        }
        return Response(status: status, headers: headers)
    }

    /// A part of a body that is sent in chunks; nil at its end.
    mutating func chunk() async throws -> [UInt8]? {
        let length = try #require(Int(try await line(), radix: 16))
        let chunk = try await take(length)
        _ = try await line()
        return length == 0 ? nil : chunk
    }

    /// Whether the server has closed the connection; waits for that, or for something to read.
    mutating func isAtEnd() async throws -> Bool {
        if buffer.readableBytes > 0 { return false }
        return try await !receive()
    }

    private mutating func line() async throws -> String {
        while true {
            if let end = buffer.readableBytesView.firstRange(of: Array("\r\n".utf8)) {
                let length = end.lowerBound - buffer.readerIndex
                let line = buffer.readString(length: length) ?? ""
                buffer.moveReaderIndex(forwardBy: 2)
                return line
            }
            guard try await receive() else { throw Failure.ended(after: Array(buffer.readableBytesView)) }
        }
    }

    private mutating func take(_ count: Int) async throws -> [UInt8] {
        while buffer.readableBytes < count {
            guard try await receive() else { throw Failure.ended(after: Array(buffer.readableBytesView)) }
        }
        return buffer.readBytes(length: count) ?? []
    }

    /// - Returns: false where the connection has ended, as it should or not.
    private mutating func receive() async throws -> Bool {
        do {
            guard let part = try await parts.next() else { return false }
            buffer.writeImmutableBuffer(part)
            return true
        } catch is NIOSSLError {
            return false
        } catch let error as IOError where error.errnoCode == ECONNRESET {
            return false
        }
    }
}
