import KubeClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

@testable import SyncService

@Suite(.timeLimit(.minutes(15)))
struct NotificationClientTests {
    private func post(_ server: OneAnswerServer, timeout: Duration = .seconds(3600)) async throws -> NotificationAnswer
    {
        let client = NotificationClient(timeout: timeout)
        defer { client.close() }
        return try await client.send(Confidential(server.url), Array("{}".utf8))
    }

    @Test func `the body arrives as JSON, with the whole path`() async throws {
        let server = try await OneAnswerServer(status: 200)
        #expect(try await post(server) == NotificationAnswer(status: 200))
        #expect(server.requests == ["POST /hunter2?a=b application/json {}"])
        try await server.stop()
    }

    @Test(
        arguments: [
            (429, "7", Duration.seconds(7)), (503, "-1", .zero), (503, "Wed, 21 Oct 2026 07:28:00 GMT", nil),
            (404, nil, nil),
        ] as [(Int, String?, Duration?)])
    func `the status and how long to wait come back`(status: Int, header: String?, wait: Duration?) async throws {
        let server = try await OneAnswerServer(status: status, headers: header.map { ["Retry-After": $0] } ?? [:])
        #expect(try await post(server) == NotificationAnswer(status: status, retryAfter: wait))
        try await server.stop()
    }

    @Test func `a redirection is not followed`() async throws {
        let server = try await OneAnswerServer(status: 307, headers: ["Location": "/elsewhere"])
        #expect(try await post(server) == NotificationAnswer(status: 307))
        #expect(server.requests.count == 1)
        try await server.stop()
    }

    @Test func `a target that does not answer is told without its URL`() async throws {
        let silent = try await OneAnswerServer(status: nil)
        await #expect(throws: NotificationFailure("the target did not answer in time")) {
            try await post(silent, timeout: .milliseconds(50))
        }
        try await silent.stop()
    }

    @Test func `a target that isn't there is told without its URL`() async throws {
        let client = NotificationClient()
        // Nothing but a superuser's service could listen there, while a port that was free a moment ago may be in use.
        await #expect(throws: NotificationFailure("the target can't be reached")) {
            try await client.send(Confidential("http://127.0.0.1:1/hunter2"), [])
        }
        client.close()
    }

    @Test(arguments: ["hunter2", "ftp://a/b", "https://", "unix:///a", ""])
    func `an address that is none is told without showing it`(url: String) async {
        let client = NotificationClient()
        await #expect(throws: NotificationFailure("the target's URL is none of http or https")) {
            try await client.send(Confidential(url), [])
        }
    }
}

/// A server on loopback that gives every request the same answer, or none.
private final class OneAnswerServer: Sendable {
    private let channel: any Channel
    private let seen: Seen

    final class Seen: Sendable {
        let requests = Mutex<[String]>([])
    }

    /// - Parameter status: nil for a server that never answers.
    init(status: Int?, headers: [String: String] = [:]) async throws {
        let seen = Seen()
        self.seen = seen
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 16)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    let answer = Answer(status: status, headers: headers, seen: seen)
                    try channel.pipeline.syncOperations.addHandler(answer)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/hunter2?a=b" }
    var requests: [String] { seen.requests.withLock { $0 } }

    func stop() async throws { try await channel.close() }

    private final class Answer: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let status: Int?
        private let headers: [String: String]
        private let seen: Seen
        private var said = ""

        init(status: Int?, headers: [String: String], seen: Seen) {
            self.status = status
            self.headers = headers
            self.seen = seen
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): said = "\(head.method) \(head.uri) \(head.headers["Content-Type"].joined()) "
            case .body(let body): said += String(buffer: body)
            case .end:
                seen.requests.withLock { $0.append(said) }
                guard let status else { return }
                let fields = HTTPHeaders(headers.map { ($0.key, $0.value) } + [("Content-Length", "0")])
                let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields)
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
