import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL
import Synchronization

/// A server on the loopback address that answers each request as a closure says.
final class LoopbackServer: Sendable {
    enum Answer: Sendable {
        /// Sends the bytes and keeps the connection.
        case bytes(String)
        /// A response of HTTP/1.1 whose body is compressed by gzip already.
        case compressed([UInt8])
        /// Sends the bytes and closes the connection.
        case last(String)
        case reset
        /// Sends the bytes and nothing more.
        case hang(String)

        /// A response of HTTP/1.1 with its length.
        static func http(_ body: String, status: Int = 200, headers: String = "") -> Answer {
            .bytes("HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
        }
    }

    enum Security: Sendable {
        case none
        case tls(certificate: String = TestCertificates.server)
        /// Demands a certificate of the test authority.
        case mutualTLS
        /// Speaks HTTP/2.
        case http2
    }

    private struct Record {
        var requests: [String] = []
        var connections = 0
    }

    private let answer: @Sendable (String, Int) -> Answer
    private let record = Mutex(Record())
    private let channel = Mutex<(any Channel)?>(nil)

    /// - Parameter answer: Gets the request's text and how many came before it.
    private init(_ answer: @escaping @Sendable (String, Int) -> Answer) {
        self.answer = answer
    }

    /// Runs the body with a server, and ends the server after it.
    static func run<T>(
        _ security: Security = .tls(),
        answer: @escaping @Sendable (String, Int) -> Answer = { _, _ in .http("{}") },
        _ body: (LoopbackServer) async throws -> T
    ) async throws -> T {
        let server = LoopbackServer(answer)
        let channel = try await server.listen(security)
        server.channel.withLock { $0 = channel }
        do {
            let result = try await body(server)
            try await channel.close()
            return result
        } catch {
            try await channel.close()
            throw error
        }
    }

    var port: Int { channel.withLock { $0?.localAddress?.port ?? 0 } }
    /// The requests' texts, or of HTTP/2 their paths.
    var requests: [String] { record.withLock { $0.requests } }
    var connections: Int { record.withLock { $0.connections } }

    private func listen(_ security: Security) async throws -> any Channel {
        let tls = try Self.context(security)
        return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    self.record.withLock { $0.connections += 1 }
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    if case .http2 = security {
                        _ = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
                            mode: .server,
                            connectionConfiguration: .init(),
                            streamConfiguration: .init()
                        ) { stream in
                            stream.eventLoop.makeCompletedFuture {
                                try stream.pipeline.syncOperations.addHandler(HTTP2FramePayloadToHTTP1ServerCodec())
                                try stream.pipeline.syncOperations.addHandler(StreamHandler(self))
                            }
                        }
                    } else {
                        try channel.pipeline.syncOperations.addHandler(TextHandler(self))
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    private static func context(_ security: Security) throws -> NIOSSLContext? {
        var certificate = TestCertificates.server
        switch security {
        case .none: return nil
        case .tls(let own): certificate = own
        case .mutualTLS, .http2: break
        }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(TestCertificates.serverKey.utf8), format: .pem))
        )
        if case .mutualTLS = security {
            tls.certificateVerification = .noHostnameVerification
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(TestCertificates.authority.utf8)))
        }
        if case .http2 = security { tls.applicationProtocols = ["h2"] }
        return try NIOSSLContext(configuration: tls)
    }

    private func take(_ request: String) -> Answer {
        let index = record.withLock { record in
            record.requests.append(request)
            return record.requests.count - 1
        }
        return answer(request, index)
    }

    /// Reads requests as text, one after the other.
    private final class TextHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let server: LoopbackServer
        private var text = ""

        init(_ server: LoopbackServer) {
            self.server = server
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            // A greeting of TLS, which this server does not speak, is answered like any request.
            if text.utf8.first == 0x16 { text = "?\r\n\r\n" }
            guard let end = text.firstRange(of: "\r\n\r\n") else { return }
            let length = text.lowercased().firstMatch(of: /content-length: ([0-9]+)/).flatMap { Int($0.output.1) } ?? 0
            guard text[end.upperBound...].utf8.count >= length else { return }
            let request = text
            text = ""
            perform(server.take(request), context)
        }

        private func perform(_ answer: Answer, _ context: ChannelHandlerContext) {
            switch answer {
            case .bytes(let text), .hang(let text): send(text, context)
            case .compressed(let body):
                let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n"
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Array(head.utf8) + body)), promise: nil)
            case .last(let text):
                send(text, context)
                context.close(promise: nil)
            case .reset:
                // With nothing to linger for, the socket is reset as it is closed.
                let channel = context.channel
                let provider = channel as? any SocketOptionProvider
                let isSet = provider?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                (isSet ?? channel.eventLoop.makeSucceededVoidFuture()).whenComplete { _ in
                    channel.close(mode: .all, promise: nil)
                }
            }
        }

        private func send(_ text: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }

    /// Answers every stream of HTTP/2 with `{}`.
    private final class StreamHandler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let server: LoopbackServer

        init(_ server: LoopbackServer) {
            self.server = server
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): _ = server.take(head.uri)
            case .body: break
            case .end:
                context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http2, status: .ok))), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: "{}")))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
