/// The methods that the Kubernetes API uses.
package enum HTTPMethod: String, Hashable, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
}

/// One request to the API server.
package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    /// Path and query, percent-encoded, from the server's root: `/api/v1/nodes?limit=500`.
    package var path: String
    package var headers: HeaderFields
    package var body: [UInt8]?
    /// From the call to the last byte of the response's body.
    package var timeout: Duration
    /// The largest body that is read, in bytes after decompression; a larger one is an error.
    package var bodyLimit: Int
    /// Asked right before the request is sent, which credentials may have delayed; what it throws ends the call.
    package var permit: (@Sendable () throws -> Void)?

    package init(
        _ method: HTTPMethod,
        _ path: String,
        headers: HeaderFields = [:],
        body: [UInt8]? = nil,
        timeout: Duration = .seconds(60),
        bodyLimit: Int = 16 << 20
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.bodyLimit = bodyLimit
    }
}

/// A response that has been read to its end.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var headers: HeaderFields
    package var body: [UInt8]
    /// How often the request was sent until this came.
    package var attempts = 1

    package init(status: Int, headers: HeaderFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// A response whose body is still arriving; not reading on holds the server back.
package struct HTTPStream: Sendable {
    package var status: Int
    package var headers: HeaderFields
    /// The body in pieces as they arrive; it ends with an error where the connection does.
    package var chunks: any AsyncSequence<[UInt8], any Error> & Sendable

    package init(status: Int, headers: HeaderFields, chunks: any AsyncSequence<[UInt8], any Error> & Sendable) {
        self.status = status
        self.headers = headers
        self.chunks = chunks
    }
}

/// The way to one API server: authenticates requests, but neither retries nor interprets responses.
package protocol Transport: Sendable {
    /// The server's address, as error messages name it.
    var server: String { get }

    /// Gets the credentials where there are none yet, which may take as long as a person does.
    func authenticate() async throws

    /// Returns the response, whatever its status.
    /// - Throws: `KubeClientError` where there is none, `CancellationError` when the task is cancelled.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse

    /// Returns as soon as the response's head is there; the request's timeout and limit count for the body as well.
    /// - Throws: As `send(_:)`.
    func stream(_ request: HTTPRequest) async throws -> HTTPStream

    /// Closes the connections; requests under way fail.
    func shutdown() async
}

extension Transport {
    package func authenticate() async throws {}
}
