package import FoundationEssentials
package import KubeClient
package import Resources

/// Writes Events about an application to its cluster, where `kubectl describe` and `kubectl get events` show them.
package struct EventWriter: Sendable {
    package enum Level: String, Hashable, Sendable {
        case normal = "Normal"
        case warning = "Warning"
    }

    let client: KubeClient

    package init(client: KubeClient) {
        self.client = client
    }

    /// - Parameters:
    ///   - object: What it is about: the ApplySet's parent.
    ///   - reason: One word in CamelCase, for machines.
    ///   - message: At most 1,024 bytes of it are kept, as the API allows
    ///     (pkg/apis/core/validation/events.go, `NoteLengthLimit`).
    ///   - id: Tells it from all others about the object.
    package func write(
        _ level: Level, _ reason: String, _ message: String, about object: ObjectIdentity, id: String, at time: Date
    ) async throws {
        let stamp = Value.string(time.formatted(.iso8601))
        let event: Value = [
            "apiVersion": "v1",
            "kind": "Event",
            "metadata": ["name": .string("\(object.name).\(id)"), "namespace": .string(object.namespace)],
            "involvedObject": [
                "apiVersion": "v1", "kind": .string(object.groupKind.kind), "namespace": .string(object.namespace),
                "name": .string(object.name),
            ],
            "type": .string(level.rawValue), "reason": .string(reason), "message": .string(Self.cut(message)),
            "source": ["component": "endstate"], "reportingComponent": "endstate", "reportingInstance": "endstate",
            "firstTimestamp": stamp, "lastTimestamp": stamp, "count": 1,
        ]
        _ = try await client.create(KubernetesObject(event), as: .events)
    }

    private static func cut(_ message: String) -> String {
        let limit = 1024
        guard message.utf8.count > limit else { return message }
        var text = Substring(message)
        while text.utf8.count > limit - 3 { text.removeLast() }
        return text + "..."
    }
}
