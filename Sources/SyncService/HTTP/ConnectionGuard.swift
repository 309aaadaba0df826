internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Keeps one connection within its limits: of time for requests and answers, and of what it may send for nothing.
///
/// Hummingbird reads on after an answer until the request has come to its end, and waits without limit for a peer that
/// has been answered; here both come to an end.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: SyncFrontSettings.Limits
    private var timer: Scheduled<Void>?
    /// Requests whose answer has not been taken yet.
    private var pending = 0
    /// How much of the last request's body has come.
    private var received = 0
    private var isBeingRead = false
    private var isBeingAnswered = false
    /// The answer's last part is on its way.
    private var ending: EventLoopFuture<Void>?
    /// The answer that is made now is the connection's last.
    private var isLast = false
    /// All is said; what still comes is thrown away.
    private var isOver = false

    init(limits: SyncFrontSettings.Limits) {
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) { close(context, in: limits.requestTimeout) }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    private func close(_ context: ChannelHandlerContext, in time: Duration) {
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) { context.close(promise: nil) }
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request): begin(request)
        case .body(let part):
            received += part.readableBytes
            if received > limits.body { isLast = true }
            if received > limits.body + limits.excess { return context.close(promise: nil) }
        case .end:
            isBeingRead = false
            if !isBeingAnswered, !isOver { timer?.cancel() }
        }
        if !isOver { context.fireChannelRead(data) }
    }

    private func begin(_ request: HTTPRequest) {
        pending += 1
        received = 0
        isBeingRead = true
        let announced = request.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        if announced > limits.body || request.headerFields[.connection]?.lowercased() == "close" { isLast = true }
    }

    // MARK: - Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var answer):
            isBeingAnswered = true
            close(context, in: limits.answerTimeout)
            if answer.headerFields[.connection]?.lowercased() == "close" { isLast = true }
            if isLast { answer.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(answer)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end: end(context, data, promise)
        }
    }

    private func end(_ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?) {
        let written = promise ?? context.eventLoop.makePromise()
        ending = written.futureResult
        written.futureResult.assumeIsolated().whenComplete { _ in self.answered(context) }
        context.write(data, promise: written)
    }

    private func answered(_ context: ChannelHandlerContext) {
        ending = nil
        isBeingAnswered = false
        pending = max(0, pending - 1)
        if isLast {
            isOver = true
            close(context, in: limits.lingerTimeout)
        } else if pending > 0, !isBeingRead {
            timer?.cancel()
        } else {
            close(context, in: limits.requestTimeout)
        }
    }

    /// Has an answer that has been written arrive before the connection ends.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard let ending else { return context.close(mode: mode, promise: promise) }
        ending.assumeIsolated().whenComplete { _ in context.close(mode: mode, promise: promise) }
    }

    // MARK: - The server's end

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            isLast = true
            _ = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.drainTimeout)) {
                context.close(promise: nil)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }
}
