internal import AsyncHTTPClient
internal import KubeClient
internal import NIOCore
internal import NIOHTTP1
package import Resources

/// Asks a running service over HTTP.
package struct SyncClient: Sendable {
    private let address: String
    private let token: String?

    /// - Parameter token: The API's; white space around it is left out.
    package init(address: String, token: String?) {
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
        self.token = token.map { String($0.filter { !$0.isWhitespace }) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Has an application reconciled now.
    /// - Throws: `Diagnostic` where the server can't be reached, or refuses.
    package func trigger(_ name: String) async throws(Diagnostic) {
        var request = HTTPClientRequest(url: "\(address)/api/v1/applications/\(URLText.escaped(name))/trigger")
        request.method = .POST
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        let (status, body) = try await send(request)
        guard status != 202 else { return }
        throw Diagnostic(
            code: "trigger-refused", "\(address) does not reconcile \(Printable.escaped(name))",
            causes: [Self.reason(status, body)], hint: Self.hint(status))
    }

    private func send(_ request: HTTPClientRequest) async throws(Diagnostic) -> (status: Int, body: [UInt8]) {
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
            let body = try await response.body.collect(upTo: 1 << 16)
            return (Int(response.status.code), Array(body.readableBytesView))
        } catch {
            throw Diagnostic(
                code: "sync-unreachable", "\(address) can't be asked", causes: ["\(error)"],
                hint: "check that `endstate sync` runs, and name its address with --server")
        }
    }

    private static func reason(_ status: Int, _ body: [UInt8]) -> String {
        let told = (try? Value(json: body))?["error"]?.string
        return "it answered with status \(status)" + (told.map { ": " + Printable.escaped($0) } ?? "")
    }

    private static func hint(_ status: Int) -> String? {
        switch status {
        case 401: "give its API token with --token-file or ENDSTATE_API_TOKEN"
        case 404: "the names are those of its configuration"
        case 503: "ask the server that leads"
        default: nil
        }
    }
}
