import KubeClient
import Resources
import TestSupport

extension KubeClient {
    /// A client of a played server, whose clock stands still and whose delays are not spread.
    static func of(_ transport: FakeTransport, clock: FakeClock = FakeClock(), version: Int? = nil) -> KubeClient {
        var client = KubeClient(transport: transport, clock: clock, random: { 0 })
        client.serverVersion = version.map { ServerVersion(major: 1, minor: $0) }
        return client
    }
}

extension KubernetesObject {
    static func configMap(_ name: String, resourceVersion: String? = nil) -> KubernetesObject {
        var object = KubernetesObject([
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": .string(name), "namespace": "shop"], "data": ["key": "value"],
        ])
        if let resourceVersion { object.value["metadata"]?["resourceVersion"] = .string(resourceVersion) }
        return object
    }
}

extension APIResource {
    static let deployments = APIResource(
        GroupVersionKind(apiVersion: "apps/v1", kind: "Deployment"),
        plural: "deployments",
        isNamespaced: true
    )
}

extension HTTPRequest {
    var json: Value? { body.flatMap { try? Value(json: $0) } }
}

/// The one diagnostic of an error as text: code, message, causes, hint.
func described(_ error: (any Error)?) -> String {
    guard let error else { return "no error" }
    guard let diagnostic = (error as? any DiagnosticError)?.diagnostics.first else { return "\(error)" }
    var lines = ["\(diagnostic.code): \(diagnostic.message)"]
    lines += diagnostic.causes.map { "cause: \($0)" }
    if let hint = diagnostic.hint { lines.append("hint: \(hint)") }
    return lines.joined(separator: "\n")
}
