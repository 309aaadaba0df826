import FoundationEssentials
import Resources

@testable import SandboxCluster

/// A cluster of a few objects, for the rules that look at others.
struct RulesView: ClusterView {
    var now = Date(timeIntervalSince1970: 1_700_000_000)
    var all: [KubernetesObject]

    init(_ objects: Value...) {
        all = objects.map { KubernetesObject($0) }
    }

    func object(_ identity: ObjectIdentity) -> KubernetesObject? {
        all.first { $0.identity == identity }
    }

    func objects(_ kind: GroupKind, namespace: String?) -> [KubernetesObject] {
        all.filter { $0.groupVersionKind.groupKind == kind && (namespace == nil || $0.namespace == namespace) }
            .sorted { $0.identity < $1.identity }
    }

    func objects(_ kind: GroupKind, ownedBy uid: String) -> [KubernetesObject] {
        objects(kind, namespace: nil).filter { object in object.owners.contains { $0.uid == uid } }
    }

    /// The namespace `shop`, and in it an account with a token as clusters had it until 1.20.
    static let shop = RulesView(
        ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"], "status": ["phase": "Active"]],
        [
            "apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "default", "namespace": "shop"],
            "secrets": [["name": "default-token-25m7s"]],
        ],
        [
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "default-token-25m7s", "namespace": "shop"],
            "type": "kubernetes.io/service-account-token",
        ])

    func with(_ objects: Value...) -> RulesView {
        var copy = self
        copy.all += objects.map { KubernetesObject($0) }
        return copy
    }

    /// The same objects in a namespace where an object says none.
    func withInShop(_ objects: [Value]) -> RulesView {
        var copy = self
        copy.all += objects.map { object in
            var object = KubernetesObject(object)
            object.namespace = "shop"
            return object
        }
        return copy
    }
}

extension ResourceDefinition {
    /// A resource whose types nobody looks at.
    static func of(
        _ kind: GroupVersionKind, isNamespaced: Bool = true, hasStatus: Bool = true, isCustom: Bool = false
    ) -> ResourceDefinition {
        let lowercased = kind.kind.lowercased()
        let plural = lowercased.hasSuffix("s") ? lowercased + "es" : lowercased + "s"
        return ResourceDefinition(
            kind: kind, plural: plural, singular: lowercased, isNamespaced: isNamespaced, verbs: [],
            hasStatus: hasStatus, type: SchemaType(.untyped), isCustom: isCustom)
    }
}

extension KubernetesVersion {
    static let v1_20 = KubernetesVersion(minor: 20)
}
