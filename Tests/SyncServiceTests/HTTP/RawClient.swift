import NIOCore
import NIOPosix

/// A connection that sends what it is told, be it HTTP or not.
struct RawClient {
    struct Response: Hashable {
        var status: Int
        /// By names in lower case.
        var headers: [String: String]
        var text = ""
    }

    enum Failure: Error {
        /// The connection ended where more had to come.
        case ended(after: String)
        case noResponse(String)
    }

    private var parts: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let channel: any Channel
    private var buffer = ByteBuffer()

    /// Runs the body with a connection, and closes the connection after it.
    static func run<T>(_ port: Int, _ body: (inout RawClient) async throws -> T) async throws -> T {
        let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.socketOption(.so_rcvbuf), value: 64 << 10)
            .channelOption(.socketOption(.so_sndbuf), value: 64 << 10)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 1)))
                }
            }
        return try await connection.executeThenClose { parts, _ in
            var client = RawClient(parts: parts.makeAsyncIterator(), channel: connection.channel)
            return try await body(&client)
        }
    }

    /// The status of `/healthz`, asked for in a connection of its own.
    static func health(_ port: Int) async throws -> Int {
        try await run(port) { try await $0.request("GET", "/healthz").status }
    }

    private init(
        parts: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator, channel: any Channel
    ) {
        self.parts = parts
        self.channel = channel
    }

    /// Returns once the kernel has taken all of it.
    func send(_ text: String) async throws {
        try await send(ByteBuffer(string: text))
    }

    func send(_ buffer: ByteBuffer) async throws {
        try await channel.writeAndFlush(buffer)
    }

    /// Sends a request and reads its response.
    mutating func request(
        _ method: String, _ path: String, _ headers: String..., body: String? = nil
    ) async throws -> Response {
        let length = body.map { ["Content-Length: \($0.utf8.count)"] } ?? []
        let lines = ["\(method) \(path) HTTP/1.1", "Host: localhost"] + headers + length
        try await send(lines.map { $0 + "\r\n" }.joined() + "\r\n" + (body ?? ""))
        return try await response(toHead: method == "HEAD")
    }

    mutating func response(toHead: Bool = false) async throws -> Response {
        let first = try await line()
        let words = first.split(separator: " ")
        guard words.count > 1, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw Failure.noResponse(first)
        }
        var response = Response(status: status, headers: [:])
        while case let line = try await line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            response.headers[parts[0].lowercased()] = parts.last?.drop { $0 == " " }.description
        }
        guard !toHead, let length = response.headers["content-length"].flatMap({ Int($0) }) else { return response }
        while buffer.readableBytes < length {
            guard try await receive() else { throw Failure.ended(after: String(buffer: buffer)) }
        }
        response.text = buffer.readString(length: length) ?? ""
        return response
    }

    /// Whether the server has closed the connection; waits for that, or for something to read.
    mutating func isAtEnd() async throws -> Bool {
        if buffer.readableBytes > 0 { return false }
        return try await !receive()
    }

    private mutating func line() async throws -> String {
        while true {
            if let end = buffer.readableBytesView.firstRange(of: Array("\r\n".utf8)) {
                let line = buffer.readString(length: end.lowerBound - buffer.readerIndex) ?? ""
                buffer.moveReaderIndex(forwardBy: 2)
                return line
            }
            guard try await receive() else { throw Failure.ended(after: String(buffer: buffer)) }
        }
    }

    /// - Returns: false where the connection has ended, as it should or not.
    private mutating func receive() async throws -> Bool {
        do {
            guard let part = try await parts.next() else { return false }
            buffer.writeImmutableBuffer(part)
            return true
        } catch is IOError {
            return false
        }
    }
}
