import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// A response's body is larger than its request allows.
struct BodyLimitError: Error {
    let limit: Int
}

/// Reads one response to its end.
final class ResponseCollector: HTTPClientResponseDelegate {
    typealias Response = HTTPResponse

    private struct State {
        var head: HTTPResponseHead?
        var body: [UInt8] = []
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    var hasHead: Bool { state.withLock { $0.head != nil } }

    func didReceiveHead(task: HTTPClient.Task<HTTPResponse>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        state.withLock { $0.head = head }
        let announced = head.headers.first(name: "Content-Length").flatMap(Int.init) ?? 0
        if announced > limit { return task.eventLoop.makeFailedFuture(BodyLimitError(limit: limit)) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<HTTPResponse>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let size = state.withLock { state in
            state.body.append(contentsOf: buffer.readableBytesView)
            return state.body.count
        }
        if size > limit { return task.eventLoop.makeFailedFuture(BodyLimitError(limit: limit)) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<HTTPResponse>) throws -> HTTPResponse {
        try state.withLock { state in
            guard let head = state.head else { throw HTTPClientError.remoteConnectionClosed }
            return HTTPResponse(status: Int(head.status.code), headers: HeaderFields(head.headers), body: state.body)
        }
    }
}

extension HeaderFields {
    init(_ headers: HTTPHeaders) {
        self.init(headers.map { (name: $0.name, value: $0.value) })
    }
}
