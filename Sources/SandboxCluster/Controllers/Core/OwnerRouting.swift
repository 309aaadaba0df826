internal import Resources

/// Finds the owners that a change of a dependent concerns, and the dependents that an owner may claim
/// (`PodControllerRefManager` in pkg/controller/controller_ref_manager.go).
struct OwnerRouting: Sendable {
    let owner: GroupKind
    let dependent: GroupKind
    private var selectors = SelectorIndex()
    /// Dependents that nobody manages, by namespace.
    private var orphans: [String: Set<ObjectIdentity>] = [:]

    init(owner: GroupKind, dependent: GroupKind) {
        self.owner = owner
        self.dependent = dependent
    }

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        if change.identity.groupKind == owner {
            selectors.note(change.identity, change.isDeletion ? nil : Self.selector(of: change.object))
            return [change.identity]
        }
        guard change.identity.groupKind == dependent else { return [] }
        let namespace = change.identity.namespace
        var names = [change.controller, change.earlier?.controllerReference].compactMap { reference in
            reference.flatMap { $0.groupKind == owner ? $0.name : nil }
        }
        if change.controller == nil, !change.isDeletion {
            orphans[namespace, default: []].insert(change.identity)
            names += selectors.names(matching: change.object.labels, in: namespace)
        } else {
            orphans[namespace]?.remove(change.identity)
        }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
            .map { ObjectIdentity(groupKind: owner, namespace: namespace, name: $0) }
    }

    /// The selector of a workload; nil where it selects nothing, or everything, which no workload may.
    static func selector(of object: KubernetesObject) -> LabelSelector? {
        let value = object.spec["selector"]
        let selector =
            object.kind == "ReplicationController"
            ? value.map { LabelSelector(matchLabels: $0.strings) } : LabelSelector(value)
        return selector.flatMap { $0.requirements.isEmpty ? nil : $0 }
    }

    /// The dependents of an owner, in the order of their names: those that match are adopted, those that don't let go.
    /// - Parameter mayAdopt: What a dependent must be like to be adopted.
    func claim(
        for owner: KubernetesObject, _ api: inout some ControllerAccess,
        mayAdopt: (KubernetesObject) -> Bool = { _ in true }
    ) throws(APIStatus) -> [KubernetesObject] {
        guard let uid = owner.uid else { return [] }
        let owned = api.objects(dependent, ownedBy: uid).filter { $0.isControlled(by: owner) }
        guard let selector = Self.selector(of: owner) else { return owned }
        var claimed: [KubernetesObject] = []
        for object in owned {
            if selector.matches(object.labels) {
                claimed.append(object)
            } else if !owner.isBeingDeleted {
                try release(object, from: uid, &api)
            }
        }
        if owner.isBeingDeleted { return claimed }
        for identity in (orphans[owner.namespace] ?? []).sorted() {
            guard let object = api.object(identity), object.controllerReference == nil, !object.isBeingDeleted,
                selector.matches(object.labels), mayAdopt(object)
            else { continue }
            var adopted = object
            let references = object.metadata["ownerReferences"]?.array ?? []
            adopted.value["metadata"]?["ownerReferences"] = .array(references + [owner.asController])
            claimed.append(try api.update(adopted, subresource: "", by: Manager.controllers))
        }
        return claimed
    }

    private func release(
        _ object: KubernetesObject, from uid: String, _ api: inout some ControllerAccess
    ) throws(APIStatus) {
        var released = object
        let references = (object.metadata["ownerReferences"]?.array ?? []).filter { $0["uid"]?.string != uid }
        released.value["metadata"]?["ownerReferences"] = references.isEmpty ? nil : .array(references)
        _ = try api.update(released, subresource: "", by: Manager.controllers)
    }
}
