internal import Resources
internal import YAML

extension SandboxResponse {
    /// A value as JSON.
    static func json(_ value: Value, status: Int = 200) -> SandboxResponse {
        SandboxResponse(
            status: status, headers: [(name: "Content-Type", value: "application/json")], body: .bytes(value.jsonBytes))
    }

    /// A `Status` as JSON or YAML; of one that names seconds to wait, with the header `Retry-After`.
    package static func status(_ status: APIStatus, asYAML: Bool = false) -> SandboxResponse {
        var response = json(status.value, status: status.code)
        if asYAML {
            response.headers = [(name: "Content-Type", value: "application/yaml")]
            response.body = .bytes(Array(YAMLWriter.text(of: status.value).utf8))
        }
        if let seconds = status.details?["retryAfterSeconds"]?.integer {
            response.headers.append((name: "Retry-After", value: "\(seconds)"))
        }
        return response
    }

    /// For paths that no handler knows.
    static let pageNotFound = SandboxResponse(
        status: 404, headers: [(name: "Content-Type", value: "text/plain; charset=utf-8")],
        body: .bytes(Array("404 page not found\n".utf8)))
}
