internal import Resources

extension SandboxResponse {
    /// A `Status` as JSON; of one that names seconds to wait, with the header `Retry-After`.
    package static func status(_ status: APIStatus) -> SandboxResponse {
        var headers = [(name: "Content-Type", value: "application/json")]
        if let seconds = status.details?["retryAfterSeconds"]?.integer {
            headers.append((name: "Retry-After", value: "\(seconds)"))
        }
        return SandboxResponse(status: status.code, headers: headers, body: .bytes(status.value.jsonBytes))
    }
}
