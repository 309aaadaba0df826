import FoundationEssentials
import KubeClient
import Resources
import TestSupport

/// A request as it goes over the wire.
struct WireRequest: Sendable {
    var method: String
    /// Path and query, percent-encoded, from the server's root.
    var path: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]?
}

/// A response that has been read to its end.
struct WireResponse: Sendable {
    var status: Int
    /// By lower-case name; of several fields of a name, the values joined by `, `.
    var headers: [String: String]
    var body: [UInt8]
}

/// An API server that takes the suite's requests: the real one, or the sandbox.
protocol APIUnderTest: Sendable {
    func send(_ request: WireRequest) async throws -> WireResponse
    /// The server's time in seconds since 1970.
    func now() async -> Int64
    /// Waits for a second of the server's clock in which nothing has happened yet, and returns it.
    func nextSecond() async throws -> Int64
    /// Whether Pods can be created with this service account.
    func isReady(account: Value) -> Bool
}

extension APIUnderTest {
    func isReady(account: Value) -> Bool { true }

    /// Asks every 20 ms, for at least five minutes: a real server's garbage collector may pause for half a minute where
    /// definitions come and go.
    /// - Returns: Nil where the condition is not met by then.
    func wait(for request: WireRequest, until isMet: (WireResponse) throws -> Bool) async throws -> WireResponse? {
        for _ in 0..<15_000 {
            let response = try await send(request)
            if try isMet(response) { return response }
            // The server is a real one, and so is its time.
            try await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }
}

/// The API server that a kubeconfig names.
struct RealServer: APIUnderTest {
    private let transport: any Transport

    init(kubeconfig: String) throws {
        transport = try HTTPTransport(
            ClusterConfiguration.load(kubeconfig: kubeconfig, environment: [:]), options: .patient)
    }

    func send(_ request: WireRequest) async throws -> WireResponse {
        guard let method = HTTPMethod(rawValue: request.method) else {
            throw ScenarioError("the method \(request.method) is not supported")
        }
        let headers = HeaderFields(request.headers)
        let response = try await transport.send(
            HTTPRequest(method, request.path, headers: headers, body: request.body))
        var fields: [String: String] = [:]
        for field in response.headers.fields {
            let name = field.name.lowercased()
            fields[name] = fields[name].map { "\($0), \(field.value)" } ?? field.value
        }
        return WireResponse(status: response.status, headers: fields, body: response.body)
    }

    func now() async -> Int64 { Int64(Date().timeIntervalSince1970) }

    func nextSecond() async throws -> Int64 {
        let time = Date().timeIntervalSince1970
        // A little more than the rest of the second: the server's clock is this machine's.
        try await Task.sleep(for: .milliseconds(Int64((time.rounded(.down) + 1 - time) * 1000) + 20))
        return Int64(Date().timeIntervalSince1970)
    }

    /// Until a controller has made its token, Pods are refused.
    func isReady(account: Value) -> Bool { account["secrets"] != nil }

    func shutdown() async { await transport.shutdown() }
}
