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
