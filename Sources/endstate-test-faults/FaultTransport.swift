import Glibc
import KubeClient
import Resources

/// Passes requests on, but for the one that the script has fail.
struct FaultTransport: Transport {
    /// How long a request hangs at most, so that tests end.
    static let patience: Duration = .milliseconds(1500)

    private let transport: any Transport
    private let script: FaultScript

    init(_ transport: any Transport, script: FaultScript) {
        self.transport = transport
        self.script = script
    }

    var server: String { transport.server }

    func authenticate() async throws { try await transport.authenticate() }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let fault = script.next(request) else { return try await transport.send(request) }
        if fault.isSent { _ = try await transport.send(request) }
        return try await end(request, by: fault)
    }

    func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        guard let fault = script.next(request) else { return try await transport.stream(request) }
        if fault.isSent { _ = try await transport.stream(request) }
        let response = try await end(request, by: fault)
        let chunks = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(response.body)
            continuation.finish()
        }
        return HTTPStream(status: response.status, headers: response.headers, chunks: chunks)
    }

    func shutdown() async { await transport.shutdown() }

    /// The server's refusal, or what a transport throws.
    private func end(_ request: HTTPRequest, by fault: Fault) async throws -> HTTPResponse {
        switch fault {
        case .killBefore, .killAfter:
            kill(getpid(), SIGKILL)
            // The signal may come a moment later.
            try await Task.sleep(for: .seconds(60))
            throw KubeClientError(.connectionLost, "the process was killed, and goes on")
        case .conflict: return Self.refusal(409, "Conflict", "the object has been modified; please apply your changes")
        case .invalid: return Self.refusal(422, "Invalid", "the object is invalid: a test says so")
        case .busy: return Self.refusal(429, "TooManyRequests", "too many requests", headers: ["Retry-After": "1"])
        case .internalError: return Self.refusal(500, "InternalError", "an error on the server: a test says so")
        case .reset, .lost: throw KubeClientError(.connectionLost, "\(server) closed the connection: a test says so")
        case .hang:
            // In a process of its own, against a real server: the time that it hangs is real as well.
            try await Task.sleep(for: min(request.timeout, Self.patience))
            throw KubeClientError(
                .timedOut, "\(server) has not sent an answer to \(request.method.rawValue): a test says so")
        }
    }

    /// A refusal as the API server sends it.
    private static func refusal(
        _ code: Int, _ reason: String, _ message: String, headers: HeaderFields = [:]
    ) -> HTTPResponse {
        let body: Value = [
            "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": .string(reason),
            "message": .string(message), "code": .integer(Int64(code)),
        ]
        return HTTPResponse(status: code, headers: headers, body: body.jsonBytes)
    }
}
