internal import Resources

extension FaultRule.Fault {
    /// What the API answers, worded as the real server's; nil where the fault is none of the API.
    func status(for request: SandboxRequest) -> APIStatus? {
        switch self {
        case .conflict: Self.conflict(ResourcePath(request.pathOnly))
        case .tooManyRequests(let seconds):
            APIStatus(
                code: 429, reason: "TooManyRequests",
                message: "the server has received too many requests and has asked us to try again later",
                details: ["retryAfterSeconds": .integer(Int64(seconds))])
        case .internalError:
            APIStatus(
                code: 500, reason: "InternalError", message: "Internal error occurred: injected fault",
                details: ["causes": [["message": "injected fault"]]])
        case .unavailable:
            APIStatus(
                code: 503, reason: "ServiceUnavailable",
                message: "the server is currently unable to handle the request")
        case .reset, .halfBody, .watchExpired, .watchEnded, .watchBroken, .clockJump: nil
        }
    }

    private static func conflict(_ path: ResourcePath) -> APIStatus {
        var details: Value = ["name": .string(path.name), "kind": .string(path.resource)]
        if !path.group.isEmpty { details["group"] = .string(path.group) }
        let resource = path.group.isEmpty ? path.resource : "\(path.resource).\(path.group)"
        let why = "the object has been modified; please apply your changes to the latest version and try again"
        return APIStatus(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(resource) \"\(path.name)\": \(why)", details: details)
    }
}

/// What a path of the API is about; empty where it says nothing about it.
private struct ResourcePath {
    var group = ""
    var resource = ""
    var name = ""

    /// - Parameter path: `/apis/GROUP/VERSION/namespaces/NAMESPACE/RESOURCE/NAME`, `/api/VERSION/RESOURCE/NAME`, …
    init(_ path: Substring) {
        var segments = path.split(separator: "/").map(String.init)[...]
        if segments.popFirst() == "apis" { group = segments.popFirst() ?? "" }
        segments = segments.dropFirst()
        if segments.first == "namespaces", segments.count > 2 { segments = segments.dropFirst(2) }
        resource = segments.popFirst() ?? ""
        name = segments.popFirst() ?? ""
    }
}
