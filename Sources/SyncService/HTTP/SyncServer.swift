internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
package import Resources

/// The HTTP front of the service: its state, its metrics, and webhooks.
package enum SyncServer {
    private typealias Listener = Server<HTTP1Channel>

    /// Serves until its task is cancelled; then requests that are being answered are finished, within
    /// `SyncFrontSettings.Limits.drainTimeout`.
    ///
    /// - Parameter listening: told the port, as soon as connections are accepted.
    /// - Throws: a `Diagnostic` where the settings are refused, or the address can't be listened on.
    package static func run(
        _ source: SyncFrontSource, settings: SyncFrontSettings,
        listening: @Sendable (_ port: Int) async -> Void
    ) async throws(Diagnostic) {
        let (access, verifier) = try settings.checked()
        let front = SyncFront(source: source, access: access, verifier: verifier)
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let listener = listener(front, settings) { announce.yield($0) }
        // Not a child task: that would be cancelled with this one, and could not finish what it is about.
        let serving = Task {
            defer { announce.finish() }
            try await listener.run()
        }
        // The same holds for waiting until it listens: only then it can be ended.
        if let port = await Task(operation: { await ports.first { _ in true } }).value {
            await listening(port)
            await withTaskCancellationHandler {
                _ = await serving.result
            } onCancel: {
                Task { await end(listener, serving, in: settings.limits.drainTimeout) }
            }
        }
        if case .failure(let error) = await serving.result { throw failure(error, settings) }
    }

    /// - Parameter time: who answers for longer is cancelled.
    private static func end(_ listener: Listener, _ serving: Task<Void, any Error>, in time: Duration) async {
        let deadline = Task {
            // The time itself is what is waited for.
            try await Task.sleep(for: time)
            serving.cancel()
        }
        try? await listener.shutdownGracefully()
        // Who still answers then is known to the listener's own task alone.
        _ = await serving.result
        deadline.cancel()
    }

    private static func listener(
        _ front: SyncFront, _ settings: SyncFrontSettings, _ listening: @escaping @Sendable (Int) -> Void
    ) -> Listener {
        let limits = settings.limits
        // What it has to say about its clients is of use to nobody; standard output belongs to the command.
        let logger = Logger(label: "endstate") { _ in SwiftLogNoOpLogHandler() }
        let connections = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(limits: limits)],
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
        return Server(
            childChannelSetup: HTTP1Channel(
                responder: { request, writer, _ in
                    let answer = try await front.answer(request.head) { try await body(of: request, limits.body) }
                    try await write(answer, to: request, writer)
                }, configuration: connections),
            configuration: ServerConfiguration(
                address: .hostname(settings.address, port: settings.port),
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? settings.port) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    }

    private static func body(of request: Request, _ limit: Int) async throws -> [UInt8] {
        // Else it would be noticed only after reading as much.
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw SyncFront.BodyTooLarge()
        }
        do {
            return Array(try await request.body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw SyncFront.BodyTooLarge()
        }
    }

    private static func write(_ answer: Answer, to request: Request, _ writer: consuming ResponseWriter) async throws {
        let response = Response(
            status: answer.status, headers: answer.headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body)))
        let written = request.method == .head ? response.createHeadResponse() : response
        try await writer.write(response: written.head, body: written.body)
    }

    private static func failure(_ error: any Error, _ settings: SyncFrontSettings) -> Diagnostic {
        Diagnostic(
            code: "listen-address", "can't listen on \(settings.host), port \(settings.port)", causes: ["\(error)"],
            hint: "see who does with `ss -ltnp 'sport = :\(settings.port)'`, or set another address or port")
    }
}

extension SyncFrontSettings {
    /// `localhost` is taken for what it has to mean, whatever the machine's files say.
    fileprivate var address: String { host.lowercased() == "localhost" ? "127.0.0.1" : host }
}
