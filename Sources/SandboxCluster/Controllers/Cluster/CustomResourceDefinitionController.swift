internal import FoundationEssentials
internal import Resources

/// Accepts the names of CustomResourceDefinitions and establishes them; deletes what there is of those that go
/// (k8s.io/apiextensions-apiserver/pkg/controller/status, finalizer).
struct CustomResourceDefinitionController: Controller {
    let watched: [GroupKind]? = [Kinds.definition]
    let level = WorkLevel.pods
    /// By group: names that one of them lets go may be another's.
    private var definitions: [String: Set<ObjectIdentity>] = [:]
    private static let pollingInterval = 5.0

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        let group = change.object.spec["group"]?.string ?? ""
        if change.isDeletion {
            definitions[group]?.remove(change.identity)
            return (definitions[group] ?? []).sorted()
        }
        definitions[group, default: []].insert(change.identity)
        return [change.identity]
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let object = api.object(key) else { return nil }
        if object.isBeingDeleted { return try finalize(object, &api) }
        let others = api.objects(Kinds.definition, namespace: nil).filter {
            $0.name != object.name && $0.spec["group"] == object.spec["group"]
        }
        let value = CustomResourceDefinitionStatus.accepted(object.value, among: others, now: api.now)
        try object.updatingStatus(value["status"] ?? [:], &api, by: "kube-apiserver")
        return nil
    }

    /// - Returns: When to look again whether all objects have gone.
    private func finalize(
        _ definition: KubernetesObject, _ api: inout some ControllerAccess
    ) throws(APIStatus) -> Date? {
        guard definition.finalizers.contains(CustomResourceDefinitionStatus.finalizer) else { return nil }
        var definition = definition
        let rest = try instances(of: definition, &api)
        guard rest.isEmpty else { return api.now.addingTimeInterval(Self.pollingInterval) }
        let finalizers = definition.metadata["finalizers"]?.array ?? []
        definition.value["metadata"]?["finalizers"] = .array(
            finalizers.filter { $0.string != CustomResourceDefinitionStatus.finalizer })
        _ = try api.update(definition, subresource: "", by: "kube-apiserver")
        return nil
    }

    /// What is left when all have been deleted.
    private func instances(
        of definition: KubernetesObject, _ api: inout some ControllerAccess
    ) throws(APIStatus) -> [KubernetesObject] {
        guard Conditions(definition).isTrue("Established"),
            let kind = SchemaRegistry.resources(of: definition).first?.kind.groupKind
        else { return [] }
        for object in api.objects(kind, namespace: nil) where !object.isBeingDeleted {
            try api.delete(object.identity, uid: object.uid, propagation: nil, gracePeriod: nil)
        }
        return api.objects(kind, namespace: nil)
    }
}
