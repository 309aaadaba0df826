internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import Resources
package import SandboxCluster

/// Puts a responder on the loopback address: HTTP/1.1 over TLS, for who has the token.
package enum SandboxServer {
    package struct Options: Sendable {
        /// Nil takes a free one.
        package var port: Int?
        /// Taken instead of any free one where it is free: that of last time, say.
        package var preferredPort: Int?
        /// A connection without a whole request for so long is closed.
        package var quietTimeout = Duration.seconds(90)
        /// A connection whose peer takes nothing for so long is closed.
        package var stallTimeout = Duration.seconds(30)
        /// How long requests may take from the server's end on.
        package var drainTimeout = Duration.seconds(5)
        /// More of them wait until others end.
        package var maximumConnections = 512

        package init() {}
    }

    /// Serves while the body runs. At its end watches end, requests that are being answered are finished, and then all
    /// connections are closed.
    ///
    /// A cancelled task ends the same way, once the body returns.
    ///
    /// - Parameter body: gets where the server listens.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws; a `Diagnostic` where the port is taken.
    package static func run<Result: Sendable>(
        _ responder: any SandboxResponder, as identity: SandboxIdentity, options: Options = Options(),
        body: (SandboxEndpoint) async throws -> Result
    ) async throws -> Result {
        let drain = Drain()
        let listener = try await listen(identity, options)
        let endpoint = SandboxEndpoint(port: listener.channel.localAddress?.port ?? 0, identity: identity)
        let service = ConnectionService(responder: responder, drain: drain)
        // Not a child task: that would be cancelled with this one, and could not finish what it is about.
        let serving = Task { await accept(listener, service, limit: options.maximumConnections) }
        let result = await outcome { try await body(endpoint) }
        drain.begin()
        listener.channel.close(promise: nil)
        await serving.value
        return try result.get()
    }

    private static func outcome<T>(of body: () async throws -> T) async -> Result<T, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }

    private typealias Listener = NIOAsyncChannel<any Channel, Never>

    private static func listen(_ identity: SandboxIdentity, _ options: Options) async throws -> Listener {
        let security = try identity.tlsContext()
        let gate = RequestGate(token: identity.token)
        let deadlines = ConnectionDeadlines(options)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // `ConnectionService` begins to read.
            .childChannelOption(.autoRead, value: false)
        let ports = options.port.map { [$0] } ?? [options.preferredPort ?? 0, 0]
        var failure: any Error = ChannelError.eof
        for port in ports {
            do {
                return try await bootstrap.bind(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try addHandlers(to: channel.pipeline.syncOperations, security, gate, deadlines)
                        return channel
                    }
                }
            } catch {
                failure = error
            }
        }
        throw Diagnostic(
            code: "sandbox-port", "the sandbox can't listen on 127.0.0.1\(options.port.map { ":\($0)" } ?? "")",
            causes: ["\(failure)"], hint: "name another port, or none to take a free one")
    }

    private static func addHandlers(
        to pipeline: ChannelPipeline.SynchronousOperations, _ security: NIOSSLContext, _ gate: RequestGate,
        _ deadlines: ConnectionDeadlines
    ) throws {
        let breaker = ConnectionBreaker()
        try pipeline.addHandlers(breaker, NIOSSLServerHandler(context: security))
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 64 << 10
        limits.maxHeaderListSize = 256 << 10
        let decoder = HTTPRequestDecoder(
            leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop, limitConfiguration: limits)
        try pipeline.addHandlers(
            HTTPResponseEncoder(), ByteToMessageHandler(decoder),
            ConnectionHandler(gate: gate, deadlines: deadlines, breaker: breaker))
    }

    /// Returns when the listener is closed and all connections have ended.
    private static func accept(_ listener: Listener, _ service: ConnectionService, limit: Int) async {
        await withTaskGroup(of: Void.self) { group in
            // A listener fails only as it is closed.
            try? await listener.executeThenClose { connections in
                var count = 0
                for try await connection in connections {
                    if count == limit { await group.next() } else { count += 1 }
                    group.addTask { await service.serve(connection) }
                }
            }
        }
    }
}

extension ConnectionDeadlines {
    init(_ options: SandboxServer.Options) {
        quiet = TimeAmount(options.quietTimeout)
        stall = TimeAmount(options.stallTimeout)
        drain = TimeAmount(options.drainTimeout)
    }
}
