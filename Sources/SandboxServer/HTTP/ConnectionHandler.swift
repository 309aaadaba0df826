internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1
internal import SandboxCluster

/// Makes requests of the parts of HTTP, and parts of responses; keeps limits and deadlines.
///
/// What to refuse and when a connection ends is decided by `RequestAssembly` and `ConnectionTurns`; this class
/// performs it.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = Incoming
    typealias OutboundIn = Outgoing
    typealias OutboundOut = HTTPServerResponsePart

    private let deadlines: ConnectionDeadlines
    private let breaker: ConnectionBreaker
    private var dates = DateHeader()
    private var assembly: RequestAssembly
    private var turns = ConnectionTurns()
    private var quietSince = NIODeadline.uptimeNanoseconds(0)
    private var stalledSince = NIODeadline.uptimeNanoseconds(0)
    private var watchdog: Scheduled<Void>?

    init(gate: RequestGate, deadlines: ConnectionDeadlines, breaker: ConnectionBreaker) {
        assembly = RequestAssembly(gate: gate)
        self.deadlines = deadlines
        self.breaker = breaker
    }

    func handlerAdded(context: ChannelHandlerContext) {
        quietSince = context.eventLoop.now
        watch(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        watchdog?.cancel()
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): perform(assembly.begin(head), context)
        case .body(let part): perform(assembly.add(part), context)
        case .end: perform(assembly.end(), context)
        }
    }

    private func perform(_ action: RequestAssembly.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .none: break
        case .askForBody:
            if turns.askForBody() { sendContinue(context) }
        case .hand(let incoming, let turn):
            turns.begin(turn)
            context.fireChannelRead(wrapInboundOut(incoming))
        }
    }

    private func sendContinue(_ context: ChannelHandlerContext) {
        context.writeAndFlush(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else {
            // Of TLS, or of the socket, where nothing can be said any more.
            return context.close(promise: nil)
        }
        perform(assembly.fail(error), context)
    }

    // MARK: - Responses

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .whole(let head, let body):
            begin(head, context)
            if turns.sendsBody { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
            end(context, promise)
        case .head(let head):
            begin(head, context)
            promise?.succeed()
        case .body(let body):
            guard turns.sendsBody else {
                promise?.succeed()
                return
            }
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: promise)
        case .end: end(context, promise)
        case .breakOff: breakOff(context, promise)
        case .reset:
            breaker.reset()
            promise?.succeed()
        }
    }

    private func begin(_ response: ResponseHead, _ context: ChannelHandlerContext) {
        let head = turns.head(of: response, date: dates.text(at: .now))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func end(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        let next = turns.end()
        quietSince = context.eventLoop.now
        guard next == .close else {
            context.write(wrapOutboundOut(.end(nil)), promise: promise)
            if next == .askForBody { sendContinue(context) }
            return
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.cascade(to: promise)
        let bound = context.loopBound
        written.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        context.write(wrapOutboundOut(.end(nil)), promise: written)
    }

    private func breakOff(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.cascade(to: promise)
        let breaker = NIOLoopBound(breaker, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in breaker.value.close() }
        // An empty part of the body is written when all before it is.
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer()))), promise: written)
    }

    // MARK: - Ends

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        if turns.drain() == .close { context.close(promise: nil) }
        let breaker = breaker
        _ = context.eventLoop.assumeIsolated().scheduleTask(in: deadlines.drain) { breaker.close() }
    }

    /// Ends the connection when it has been quiet, or its peer has taken nothing, for too long.
    private func watch(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let interval = TimeAmount.nanoseconds(min(deadlines.quiet, deadlines.stall).nanoseconds / 4)
        watchdog = context.eventLoop.scheduleTask(in: interval) {
            let (handler, context) = bound.value
            guard !handler.isOverdue(context) else { return handler.breaker.close() }
            handler.watch(context)
        }
    }

    private func isOverdue(_ context: ChannelHandlerContext) -> Bool {
        let now = context.eventLoop.now
        if !context.channel.isWritable { return now - stalledSince >= deadlines.stall }
        return turns.isIdle && now - quietSince >= deadlines.quiet
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable { stalledSince = context.eventLoop.now }
        context.fireChannelWritabilityChanged()
    }
}

/// How long a connection may do nothing.
struct ConnectionDeadlines: Sendable {
    /// Without a whole request, handshake included.
    var quiet: TimeAmount = .seconds(90)
    /// Without taking anything of what it is sent.
    var stall: TimeAmount = .seconds(30)
    /// From the server's end on.
    var drain: TimeAmount = .seconds(5)
}
