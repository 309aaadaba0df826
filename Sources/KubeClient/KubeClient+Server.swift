package import Resources

extension KubeClient {
    /// Asks for the server's version.
    package func version() async throws -> ServerVersion {
        let call = Call.get("/version", operation: "read the server's version")
        let value = try await value(call).value
        guard let version = ServerVersion(value) else {
            throw KubeClientError(
                .invalidResponse,
                "\(transport.server)/version does not tell a version",
                hint: "check that this is the address of a Kubernetes API server"
            )
        }
        return version
    }

    /// The OpenAPI v2 document of the server.
    package func openAPISchema() async throws -> Value {
        var call = Call.get("/openapi/v2", operation: "read the server's OpenAPI document")
        call.isLarge = true
        return try await value(call).value
    }

    /// What a subject may be asked to be allowed.
    package struct Access: Hashable, Sendable {
        package let isAllowed: Bool
        /// The authorizer's words; may be empty.
        package let reason: String
    }

    /// Asks whether the client's own user may do something (a SelfSubjectAccessReview).
    /// - Parameters:
    ///   - verb: Such as `patch`.
    ///   - namespace: Empty or nil: all namespaces.
    package func access(
        _ verb: String,
        _ resource: APIResource,
        subresource: String? = nil,
        namespace: String? = nil,
        name: String? = nil
    ) async throws -> Access {
        var attributes: Value = [
            "verb": .string(verb), "group": .string(resource.groupVersionKind.group),
            "version": .string(resource.groupVersionKind.version), "resource": .string(resource.plural),
        ]
        attributes["subresource"] = subresource.map(Value.string)
        attributes["namespace"] = resource.isNamespaced ? namespace.map(Value.string) : nil
        attributes["name"] = name.map(Value.string)
        let review: Value = [
            "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
            "spec": ["resourceAttributes": attributes],
        ]
        let call = Call(
            method: .post,
            path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            body: review.jsonBytes,
            operation: "ask whether \(verb) of \(resource.plural) is allowed",
            isIdempotent: true
        )
        let status = try await value(call).value["status"]
        return Access(isAllowed: status?["allowed"]?.bool ?? false, reason: status?["reason"]?.string ?? "")
    }

    /// The last lines of a container's log; text that is no UTF-8 is repaired.
    /// - Parameter previous: The log of the container's last run instead of the current one.
    package func podLogs(
        namespace: String,
        pod: String,
        container: String? = nil,
        previous: Bool = false,
        tailLines: Int = 20
    ) async throws -> String {
        var query = [(name: "tailLines", value: String(tailLines)), (name: "limitBytes", value: "65536")]
        if let container { query.append((name: "container", value: container)) }
        if previous { query.append((name: "previous", value: "true")) }
        var call = Call.get(
            APIResource.pods.path(namespace: namespace, name: pod, subresource: "log"),
            query: query,
            operation: "read the log of Pod \(namespace)/\(pod)"
        )
        call.accept = "text/plain, application/json"
        return String(decoding: try await send(call).body, as: UTF8.self)
    }
}
