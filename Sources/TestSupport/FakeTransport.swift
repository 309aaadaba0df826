package import KubeClient
package import Resources
import Synchronization

/// A server that a closure plays; it records what it is asked.
package final class FakeTransport: Transport {
    /// Answers a request, given how many came before it.
    package typealias Handler = @Sendable (HTTPRequest, Int) async throws -> HTTPResponse

    package let server = "https://fake.test"
    private let handler: Handler
    private let recorded = Mutex<[HTTPRequest]>([])
    private let authenticating = Mutex<@Sendable () -> Void>({})

    package init(_ handler: @escaping Handler) {
        self.handler = handler
    }

    /// Answers the requests one after the other; a request past the last answer fails.
    package convenience init(_ answers: [Result<HTTPResponse, KubeClientError>]) {
        self.init { request, index in
            guard answers.indices.contains(index) else { throw FakeTransportError(unexpected: request.path) }
            return try answers[index].get()
        }
    }

    package var requests: [HTTPRequest] { recorded.withLock { $0 } }

    /// What happens when credentials are asked for.
    package var onAuthenticate: @Sendable () -> Void {
        get { authenticating.withLock { $0 } }
        set { authenticating.withLock { $0 = newValue } }
    }

    package func authenticate() async throws { onAuthenticate() }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let index = recorded.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        return try await handler(request, index)
    }

    /// The body comes in chunks of seven bytes, so that lines are cut anywhere.
    package func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        let response = try await send(request)
        let chunks = AsyncThrowingStream<[UInt8], any Error> { continuation in
            for start in stride(from: 0, to: response.body.count, by: 7) {
                continuation.yield(Array(response.body[start..<min(start + 7, response.body.count)]))
            }
            continuation.finish()
        }
        return HTTPStream(status: response.status, headers: response.headers, chunks: chunks)
    }

    package func shutdown() async {}
}

package struct FakeTransportError: Error {
    package let unexpected: String

    package init(unexpected: String) {
        self.unexpected = unexpected
    }
}

extension HTTPResponse {
    package static func json(_ value: Value, status: Int = 200, headers: HeaderFields = [:]) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers, body: value.jsonBytes)
    }

    /// What the API server answers to a path that it does not serve.
    package static var unserved: HTTPResponse {
        HTTPResponse(
            status: 404, headers: ["Cache-Control": "no-cache, private"], body: Array("404 page not found\n".utf8))
    }

    /// A refusal as the API server sends it.
    package static func status(
        _ code: Int,
        _ reason: String,
        _ message: String = "",
        causes: [Value] = [],
        headers: HeaderFields = [:]
    ) -> HTTPResponse {
        let body: Value = [
            "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": .string(reason),
            "message": .string(message), "code": .integer(Int64(code)), "details": ["causes": .array(causes)],
        ]
        return .json(body, status: code, headers: headers)
    }
}
