internal import Glibc
internal import NIOCore

/// Ends a connection below TLS, which would say goodbye and wait for an answer; stands first in the pipeline.
final class ConnectionBreaker: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    /// To the peer, the connection ends.
    func close() {
        context?.close(promise: nil)
    }

    /// To the peer, the connection is reset.
    func reset() {
        guard let context else { return }
        // With nothing to linger for, the socket is reset as it is closed.
        let isSet = (context.channel as? any SocketOptionProvider)?
            .setSoLinger(linger(l_onoff: 1, l_linger: 0))
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        (isSet ?? context.eventLoop.makeSucceededVoidFuture()).whenComplete { _ in bound.value.close() }
    }
}
