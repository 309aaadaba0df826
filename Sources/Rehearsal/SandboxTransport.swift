package import KubeClient
package import SandboxCluster

/// The way to a sandbox in this process: no socket, no TLS, no time.
package struct SandboxTransport: Transport {
    package let server: String
    private let responder: any SandboxResponder

    /// - Parameter server: What error messages call it.
    package init(_ responder: any SandboxResponder, server: String = "sandbox") {
        self.responder = responder
        self.server = server
    }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let response = try await answer(request)
        let headers = HeaderFields(response.headers)
        switch response.body {
        case .bytes(let bytes):
            return HTTPResponse(status: response.status, headers: headers, body: bytes)
        case .chunks(let chunks):
            var body: [UInt8] = []
            for await chunk in chunks { body += chunk }
            return HTTPResponse(status: response.status, headers: headers, body: body)
        case .cut, .reset, .brokenChunks:
            throw lost
        }
    }

    package func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        let response = try await answer(request)
        let chunks: any AsyncSequence<[UInt8], any Error> & Sendable =
            switch response.body {
            case .bytes(let bytes): Self.stream(of: [bytes], end: nil)
            case .cut(let bytes, _): Self.stream(of: [bytes], end: lost)
            case .chunks(let chunks): Chunks(base: chunks, end: nil)
            case .brokenChunks(let chunks): Chunks(base: chunks, end: lost)
            case .reset: throw lost
            }
        return HTTPStream(status: response.status, headers: HeaderFields(response.headers), chunks: chunks)
    }

    package func shutdown() async {}

    private func answer(_ request: HTTPRequest) async throws -> SandboxResponse {
        try Task.checkCancellation()
        try request.permit?()
        return await responder.respond(
            to: SandboxRequest(
                method: request.method.rawValue, path: request.path,
                headers: request.headers.fields.map { (name: $0.name, value: $0.value) }, body: request.body ?? []))
    }

    private var lost: KubeClientError { KubeClientError(.connectionLost, "the connection to \(server) was lost") }

    private static func stream(
        of parts: [[UInt8]], end: KubeClientError?
    ) -> AsyncThrowingStream<[UInt8], any Error> {
        let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        for part in parts { continuation.yield(part) }
        continuation.finish(throwing: end)
        return stream
    }
}

/// A stream, and the error that it ends with, if any.
private struct Chunks: AsyncSequence, Sendable {
    typealias Failure = any Error

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var base: AsyncStream<[UInt8]>.Iterator
        fileprivate let end: KubeClientError?

        mutating func next() async throws -> [UInt8]? {
            if let chunk = await base.next() { return chunk }
            if let end { throw end }
            return nil
        }
    }

    let base: AsyncStream<[UInt8]>
    let end: KubeClientError?

    func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), end: end) }
}
