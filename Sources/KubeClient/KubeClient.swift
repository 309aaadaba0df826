import Resources

/// The operations of one API server; every call retries what may be retried and ends at its deadline.
///
/// All of them throw `APIError` where the server refuses, `KubeClientError` where it can't be asked or understood, and
/// `CancellationError` when the task is cancelled.
package struct KubeClient: Sendable {
    /// The name under which this program owns fields.
    package static let fieldManager = "endstate"

    package let transport: any Transport
    package let retryPolicy: RetryPolicy
    package let clock: any Clock<Duration>
    private let random: @Sendable () -> Double

    /// How long a call may take, retries included.
    package var requestTimeout: Duration = .seconds(60)
    /// The largest body of a list or an OpenAPI document, in bytes.
    package var listBodyLimit = 256 << 20
    /// The largest body of any other response, in bytes.
    package var bodyLimit = 16 << 20
    /// What `version()` has returned; where it is nil, nothing is asked for that only newer servers have.
    package var serverVersion: ServerVersion?
    /// Asked right before every request that changes something on the server (any but a GET or a dry run); what it throws
    /// ends the call.
    ///
    /// Who may write only while holding a lease asks here whether it is still held: a retry may be sent long after the
    /// first try, when the lease is another's, so that asking once before the call is not enough.
    package var writePermit: (@Sendable () throws -> Void)?

    /// - Parameter random: From 0 up to 1, for the delays between retries.
    package init(
        transport: any Transport,
        retryPolicy: RetryPolicy = RetryPolicy(),
        clock: any Clock<Duration> = ContinuousClock(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.transport = transport
        self.retryPolicy = retryPolicy
        self.clock = clock
        self.random = random
    }

    /// Sends a call, again where the retry policy says so, and returns the first answer of status 2xx.
    func send(_ call: Call) async throws -> HTTPResponse {
        try await transport.authenticate()
        let stopwatch = Stopwatch(clock)
        let timeout = call.timeout ?? requestTimeout
        var retries = 0
        while true {
            if call.changesServer { try writePermit?() }
            do {
                var response = try await sendOnce(call, timeout: timeout - stopwatch.elapsed())
                response.attempts = retries + 1
                return response
            } catch {
                let delay = retryPolicy.delay(
                    after: error,
                    isIdempotent: call.isIdempotent,
                    retries: retries,
                    random: random()
                )
                guard let delay, delay < timeout - stopwatch.elapsed() else { throw Self.marked(error, retries) }
                try await clock.sleep(for: delay)
                retries += 1
            }
        }
    }

    /// Sends a call and decodes the answer's JSON.
    func value(_ call: Call) async throws -> (value: Value, response: HTTPResponse) {
        let response = try await send(call)
        return (try decode(response.body, of: call), response)
    }

    func decode(_ body: [UInt8], of call: Call) throws -> Value {
        do throws(JSONError) {
            return try Value(json: body)
        } catch {
            throw KubeClientError(
                .invalidResponse,
                "cannot \(call.operation): the answer of \(transport.server) is no valid JSON",
                causes: [error.reason],
                hint: "check that this is the address of a Kubernetes API server, and what is in between"
            )
        }
    }

    private func sendOnce(_ call: Call, timeout: Duration) async throws -> HTTPResponse {
        let response = try await transport.send(request(call, timeout: timeout))
        guard (200...299).contains(response.status) else {
            throw APIError(response, operation: call.operation, about: call.groupKind)
        }
        return response
    }

    func request(_ call: Call, timeout: Duration) -> HTTPRequest {
        var headers: HeaderFields = ["Accept": call.accept]
        if call.body != nil { headers.add("Content-Type", call.contentType) }
        var request = HTTPRequest(
            call.method,
            call.path + URLText.query(call.query),
            headers: headers,
            body: call.body,
            timeout: timeout,
            bodyLimit: call.isLarge ? listBodyLimit : bodyLimit
        )
        if call.changesServer { request.permit = writePermit }
        return request
    }

    private static func marked(_ error: any Error, _ retries: Int) -> any Error {
        guard var error = error as? APIError else { return error }
        error.attempts = retries + 1
        return error
    }
}

/// One operation before it becomes an HTTP request.
struct Call: Sendable {
    var method: HTTPMethod
    var path: String
    var query: [(name: String, value: String)] = []
    var accept = "application/json"
    var contentType = "application/json"
    var body: [UInt8]?
    /// What it does, for messages: `apply Deployment shop/web`.
    var operation: String
    /// The kind that it is about; decides whether the server's messages are withheld.
    var groupKind: GroupKind?
    /// Whether doing it twice is the same as doing it once.
    var isIdempotent = false
    var isLarge = false
    var timeout: Duration?

    /// Whether the server is another one afterwards.
    var changesServer: Bool { method != .get && !query.contains { $0.name == "dryRun" } }

    static func get(_ path: String, query: [(name: String, value: String)] = [], operation: String) -> Call {
        Call(method: .get, path: path, query: query, operation: operation, isIdempotent: true)
    }
}
