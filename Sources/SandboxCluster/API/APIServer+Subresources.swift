internal import FoundationEssentials
internal import Resources

extension APIServer {
    mutating func subresource(_ call: ResourceCall, _ subresource: String) throws(APIStatus) -> SandboxResponse {
        guard let name = call.path.name else { throw .unknownPath }
        let method = call.request.method
        switch (call.resource.kind.kind, subresource) {
        case (_, "status") where call.resource.hasStatus, ("Namespace", "finalize"):
            return try part(call, name, subresource)
        case (_, "scale") where call.resource.scale != nil: return try scale(call, name)
        case ("Pod", "binding") where method == "POST": return try binding(call, name)
        case ("Pod", "eviction") where method == "POST": return try evict(call, name)
        case ("Pod", "log"), ("Pod", "exec"), ("Pod", "attach"), ("Pod", "portforward"), ("Pod", "proxy"):
            _ = try found(call, name)
            throw .badRequest(
                "this is a sandbox: its pods run no containers, so that there is no \(subresource) of them")
        case ("ServiceAccount", "token") where method == "POST": return try token(call, name)
        default: throw call.resource.isCustom ? .notFound(call.resource, name) : .unknownPath
        }
    }

    /// A subresource that is a part of the object itself.
    private mutating func part(
        _ call: ResourceCall, _ name: String, _ subresource: String
    ) throws(APIStatus) -> SandboxResponse {
        switch call.request.method {
        case "GET", "HEAD": try respond(200, try found(call, name), call)
        case "PUT": try update(call, name, subresource: subresource)
        case "PATCH": try patch(call, name, subresource: subresource)
        default: throw .methodNotAllowed
        }
    }

    private mutating func binding(_ call: ResourceCall, _ name: String) throws(APIStatus) -> SandboxResponse {
        let target = try BodyReader(request: call.request).object(call.resource).value["target"]
        let kind = target?["kind"]?.string ?? ""
        guard ["", "Node"].contains(kind) else {
            throw .undecodable(
                "target.kind: Unsupported value: \(Value.string(kind).json): supported values: \"Node\", \"<empty>\"")
        }
        guard let node = target?["name"]?.string, !node.isEmpty else {
            throw .undecodable("target.name: Required value")
        }
        try bind(pod: call.identity(name), to: node)
        return success(201)
    }

    func success(_ code: Int) -> SandboxResponse {
        let status: Value = [
            "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "code": .integer(Int64(code)),
        ]
        return .json(status, status: code)
    }

    private func token(_ call: ResourceCall, _ name: String) throws(APIStatus) -> SandboxResponse {
        _ = try found(call, name)
        var value = try BodyReader(request: call.request).object(call.resource).value
        let lifetime = Int32(clamping: value[path: "spec", "expirationSeconds"]?.integer ?? 3600)
        let expiry = now.addingTimeInterval(Double(lifetime))
        value["kind"] = "TokenRequest"
        value["apiVersion"] = "authentication.k8s.io/v1"
        value["status"] = [
            "token": .string("sandbox-" + UUID().uuidString.lowercased()),
            "expirationTimestamp": .string(expiry.formatted(.iso8601)),
        ]
        return .json(value, status: 201)
    }
}
