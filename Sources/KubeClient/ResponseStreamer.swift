import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Hands on one response's body while it arrives, and holds the server back while nobody reads it.
final class ResponseStreamer: HTTPClientResponseDelegate {
    typealias Response = Void
    typealias Producer = NIOThrowingAsyncSequenceProducer<
        [UInt8], any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, Demand
    >

    private enum Phase {
        case waiting(CheckedContinuation<HTTPStream, any Error>?)
        case streaming
        case ended(Result<HTTPStream, any Error>)
    }

    private let limit: Int
    private let failures: FailureReader
    private let request: HTTPRequest
    private let demand: Demand
    private let source: Producer.Source
    private let sequence: Mutex<Producer?>
    private let phase = Mutex(Phase.waiting(nil))
    private let received = Mutex(0)

    init(limit: Int, failures: FailureReader, request: HTTPRequest) {
        self.limit = limit
        self.failures = failures
        self.request = request
        demand = Demand()
        let new = Producer.makeSequence(
            elementType: [UInt8].self,
            failureType: (any Error).self,
            backPressureStrategy: .init(lowWatermark: 4, highWatermark: 16),
            finishOnDeinit: true,
            delegate: demand
        )
        source = new.source
        sequence = Mutex(new.sequence)
    }

    /// Returns when the response's head is there.
    /// - Parameter cancel: Ends the request; called when the body is read no further.
    func stream(cancel: @escaping @Sendable () -> Void) async throws -> HTTPStream {
        demand.onEnd(cancel)
        return try await withCheckedThrowingContinuation { continuation in
            let known = phase.withLock { phase -> Result<HTTPStream, any Error>? in
                if case .ended(let result) = phase { return result }
                phase = .waiting(continuation)
                return nil
            }
            if let known { continuation.resume(with: known) }
        }
    }

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        if let body = sequence.withLock({ $0.take() }) {
            let headers = HeaderFields(head.headers)
            settle(.success(HTTPStream(status: Int(head.status.code), headers: headers, chunks: Chunks(base: body))))
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let size = received.withLock { received in
            received += buffer.readableBytes
            return received
        }
        if size > limit { return task.eventLoop.makeFailedFuture(BodyLimitError(limit: limit)) }
        switch source.yield(Array(buffer.readableBytesView)) {
        case .produceMore, .dropped: return task.eventLoop.makeSucceededVoidFuture()
        case .stopProducing: return demand.whenWanted(on: task.eventLoop)
        }
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) throws {
        source.finish()
    }

    func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) {
        let hasHead = sequence.withLock { $0 == nil }
        let failure =
            demand.isEnded ? CancellationError() : failures.error(for: error, request: request, hasHead: hasHead)
        settle(.failure(failure))
        source.finish(failure)
    }

    private func settle(_ result: Result<HTTPStream, any Error>) {
        let waiting = phase.withLock { phase -> CheckedContinuation<HTTPStream, any Error>? in
            guard case .waiting(let continuation) = phase else { return nil }
            phase = continuation == nil ? .ended(result) : .streaming
            return continuation
        }
        waiting?.resume(with: result)
    }

    /// Hides the producer's type.
    private struct Chunks: AsyncSequence, Sendable {
        typealias Element = [UInt8]
        typealias Failure = any Error

        let base: Producer

        func makeAsyncIterator() -> Producer.AsyncIterator { base.makeAsyncIterator() }
    }

    /// Tells the connection when the reader wants more, and when it has gone.
    final class Demand: NIOAsyncSequenceProducerDelegate {
        private struct State {
            var wanted: EventLoopPromise<Void>?
            var isWanted = false
            var isEnded = false
            var cancel: (@Sendable () -> Void)?
        }

        private let state = Mutex(State())

        var isEnded: Bool { state.withLock { $0.isEnded } }

        func onEnd(_ cancel: @escaping @Sendable () -> Void) {
            state.withLock { $0.cancel = cancel }
        }

        func whenWanted(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
            state.withLock { state in
                if state.isWanted || state.isEnded {
                    state.isWanted = false
                    return eventLoop.makeSucceededVoidFuture()
                }
                let promise = eventLoop.makePromise(of: Void.self)
                state.wanted = promise
                return promise.futureResult
            }
        }

        func produceMore() {
            let promise = state.withLock { state -> EventLoopPromise<Void>? in
                defer { state.wanted = nil }
                if state.wanted == nil { state.isWanted = true }
                return state.wanted
            }
            promise?.succeed()
        }

        func didTerminate() {
            let (promise, cancel) = state.withLock { state in
                state.isEnded = true
                defer { (state.wanted, state.cancel) = (nil, nil) }
                return (state.wanted, state.cancel)
            }
            promise?.succeed()
            cancel?()
        }
    }
}
