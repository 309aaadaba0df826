internal import Resources

extension SandboxResponse {
    /// A value as JSON.
    static func json(_ value: Value, status: Int = 200) -> SandboxResponse {
        SandboxResponse(
            status: status, headers: [(name: "Content-Type", value: "application/json")], body: .bytes(value.jsonBytes))
    }

    /// A `Status` as JSON; of one that names seconds to wait, with the header `Retry-After`.
    package static func status(_ status: APIStatus) -> SandboxResponse {
        var response = json(status.value, status: status.code)
        if let seconds = status.details?["retryAfterSeconds"]?.integer {
            response.headers.append((name: "Retry-After", value: "\(seconds)"))
        }
        return response
    }
}
