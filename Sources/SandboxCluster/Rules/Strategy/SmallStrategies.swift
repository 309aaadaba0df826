import FoundationEssentials
import Resources

enum NamespaceStrategy {
    /// The finalizer that empties a namespace before it goes.
    static func create(_ fields: inout [String: Value]) {
        fields.editOrMake("spec") { spec in
            if spec["finalizers"]?.array?.contains("kubernetes") != true { spec.append("kubernetes", to: "finalizers") }
        }
    }

    /// Finalizers go by the subresource `finalize` alone.
    static func update(_ fields: inout [String: Value], old: Value) {
        fields.editOrMake("spec") { $0["finalizers"] = old[path: "spec", "finalizers"] }
    }
}

/// A DaemonSet counts its templates in an annotation (`spec.templateGeneration` of old versions).
enum DaemonSetStrategy {
    private static let annotation = "deprecated.daemonset.template.generation"

    static func create(_ fields: inout [String: Value]) {
        let given = fields["metadata"]?[path: "annotations", annotation]?.string.flatMap { Int($0) } ?? 0
        set(max(given, 1), in: &fields)
    }

    static func update(_ fields: inout [String: Value], old: Value) {
        let earlier = old[path: "metadata", "annotations", annotation]?.string.flatMap { Int($0) } ?? 1
        let isNew = fields["spec"]?["template"] != old[path: "spec", "template"]
        set(isNew ? earlier.nextCount : earlier, in: &fields)
    }

    private static func set(_ generation: Int, in fields: inout [String: Value]) {
        fields.edit("metadata") { metadata in
            metadata.editOrMake("annotations") { $0[annotation] = .string(String(generation)) }
        }
    }
}

enum APIServiceStrategy {
    /// A group that the server serves itself is available at once.
    static func create(_ fields: inout [String: Value], now: Date) {
        guard fields["spec"]?["service"] == nil else { return }
        let condition: Value = [
            "type": "Available", "status": "True", "reason": "Local",
            "message": "Local APIServices are always available",
            "lastTransitionTime": .string(GoTime.text(secondsSince1970: now.timeIntervalSince1970)),
        ]
        fields["status"] = ["conditions": [condition]]
    }
}

extension [String: Value] {
    /// A ServiceAccount refers to secrets of its namespace, so that their names are all it keeps of them.
    mutating func keepOnlyNamesOfSecrets() {
        editEach("secrets") { secret in secret = secret.filter { $0.key == "name" } }
    }

    /// Before 1.24 a claim is filled from other claims and from snapshots alone.
    mutating func dropUnknownSource(_ version: KubernetesVersion) {
        guard version.minor < 24, let source = self["spec"]?["dataSource"] else { return }
        let kind = GroupKind(group: source["apiGroup"]?.string ?? "", kind: source["kind"]?.string ?? "")
        let known = [
            GroupKind(group: "", kind: "PersistentVolumeClaim"),
            GroupKind(group: "snapshot.storage.k8s.io", kind: "VolumeSnapshot"),
        ]
        if !known.contains(kind) { edit("spec") { $0["dataSource"] = nil } }
    }

    /// A version in which objects are stored from now on is listed for good in a definition's status.
    mutating func addStoredVersion() {
        let versions = self["spec"]?["versions"]?.array ?? []
        guard let stored = versions.first(where: { $0["storage"] == true })?["name"] else { return }
        editOrMake("status") { status in
            if status["storedVersions"]?.array?.contains(stored) != true { status.append(stored, to: "storedVersions") }
        }
    }
}
