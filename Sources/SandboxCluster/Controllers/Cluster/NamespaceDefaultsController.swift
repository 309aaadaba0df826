internal import FoundationEssentials
internal import Resources

/// Gives each namespace its ServiceAccount `default` and its ConfigMap `kube-root-ca.crt`
/// (pkg/controller/serviceaccount, pkg/controller/certificates/rootcacertpublisher).
struct NamespaceDefaultsController: Controller {
    let watched: [GroupKind]? = [Kinds.namespace, Kinds.serviceAccount, Kinds.configMap]
    let level = WorkLevel.pods
    private static let accountName = "default"
    private static let bundleName = "kube-root-ca.crt"
    /// What the ConfigMap holds, in PEM.
    let certificate: String

    func keys(for change: NotedChange) -> [ObjectIdentity] {
        let identity = change.identity
        if identity.groupKind == Kinds.namespace {
            return change.isDeletion || change.kind == .modified ? [] : [identity]
        }
        let isOurs = identity.name == (identity.groupKind == Kinds.configMap ? Self.bundleName : Self.accountName)
        return isOurs && change.isDeletion
            ? [ObjectIdentity(groupKind: Kinds.namespace, name: identity.namespace)] : []
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let namespace = api.object(key), !namespace.isBeingDeleted else { return nil }
        let name = key.name
        if api.object(ObjectIdentity(groupKind: Kinds.serviceAccount, namespace: name, name: Self.accountName)) == nil {
            _ = try api.create(
                KubernetesObject([
                    "apiVersion": "v1", "kind": "ServiceAccount",
                    "metadata": ["name": .string(Self.accountName), "namespace": .string(name)],
                ]), by: Manager.controllers)
        }
        if api.object(ObjectIdentity(groupKind: Kinds.configMap, namespace: name, name: Self.bundleName)) == nil {
            _ = try api.create(
                KubernetesObject([
                    "apiVersion": "v1", "kind": "ConfigMap",
                    "metadata": ["name": .string(Self.bundleName), "namespace": .string(name)],
                    "data": ["ca.crt": .string(certificate)],
                ]), by: Manager.controllers)
        }
        return nil
    }
}
