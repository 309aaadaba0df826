internal import FoundationEssentials
internal import Resources

/// Deletes what has lost its owners (pkg/controller/garbagecollector/garbagecollector.go).
struct GarbageCollector: Controller {
    let watched: [GroupKind]? = nil
    let level = WorkLevel.summaries
    /// By the UID of an owner, those that name it.
    private var dependents: [String: Set<ObjectIdentity>] = [:]
    private var identities: [String: ObjectIdentity] = [:]
    static let foreground = "foregroundDeletion"
    static let orphan = "orphan"

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        guard let uid = change.object.uid else { return [] }
        let owners = change.object.metadata["ownerReferences"] == nil ? [] : change.object.owners
        let former = change.earlier?.metadata["ownerReferences"] == nil ? [] : change.earlier?.owners ?? []
        for owner in former where !owners.contains(owner) { dependents[owner.uid]?.remove(change.identity) }
        if change.isDeletion {
            identities[uid] = nil
            for owner in owners {
                dependents[owner.uid]?.remove(change.identity)
                if dependents[owner.uid]?.isEmpty ?? false { dependents[owner.uid] = nil }
            }
            // An owner that is deleted in the foreground waits for this one.
            return owners.compactMap { identities[$0.uid] } + (dependents[uid] ?? []).sorted()
        }
        identities[uid] = change.identity
        for owner in owners { dependents[owner.uid, default: []].insert(change.identity) }
        let isBlocked = change.object.isBeingDeleted && change.object.metadata["finalizers"] != nil
        let isNews = change.kind == .added || owners != former
        let isLost = isNews && owners.contains { identities[$0.uid] == nil }
        let waits = isNews && owners.contains { $0.uid != uid }
        return isBlocked || isLost || (waits && change.kind == .modified) ? [change.identity] : []
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let object = api.object(key) else { return nil }
        if object.isBeingDeleted {
            if object.finalizers.contains(Self.orphan) {
                try orphanDependents(of: object, &api)
            } else if object.finalizers.contains(Self.foreground) {
                try deleteDependents(of: object, &api)
            }
            return nil
        }
        try collect(object, &api)
        return nil
    }

    private func live(dependentsOf owner: KubernetesObject, _ api: some ControllerAccess) -> [KubernetesObject] {
        guard let uid = owner.uid else { return [] }
        return (dependents[uid] ?? []).sorted().compactMap { api.object($0) }
            .filter { $0.owners.contains { $0.uid == uid } }
    }

    private func orphanDependents(
        of owner: KubernetesObject, _ api: inout some ControllerAccess
    ) throws(APIStatus) {
        for dependent in live(dependentsOf: owner, api) {
            try dropOwners(of: dependent, &api) { $0 == owner.uid }
        }
        try removeFinalizer(Self.orphan, of: owner, &api)
    }

    /// Lets an owner go when none of those is left that it must wait for.
    private func deleteDependents(of owner: KubernetesObject, _ api: inout some ControllerAccess) throws(APIStatus) {
        let dependents = live(dependentsOf: owner, api)
        let blocking = dependents.filter { dependent in
            (dependent.metadata["ownerReferences"]?.array ?? []).contains {
                $0["uid"]?.string == owner.uid && $0["blockOwnerDeletion"] == true
            }
        }
        if blocking.isEmpty { return try removeFinalizer(Self.foreground, of: owner, &api) }
        for dependent in dependents where !dependent.isBeingDeleted { try collect(dependent, &api) }
    }

    /// Deletes an object all of whose owners are gone or going (`attemptToDeleteItem`).
    private func collect(_ object: KubernetesObject, _ api: inout some ControllerAccess) throws(APIStatus) {
        let owners = object.owners
        if owners.isEmpty { return }
        var (gone, going): (Set<String>, Set<String>) = ([], [])
        for reference in owners {
            guard let owner = find(reference, of: object, api) else {
                gone.insert(reference.uid)
                continue
            }
            if owner.isBeingDeleted, owner.finalizers.contains(Self.foreground) { going.insert(reference.uid) }
        }
        if gone.count + going.count < Set(owners.map(\.uid)).count {
            if gone.isEmpty, going.isEmpty { return }
            return try dropOwners(of: object, &api) { gone.contains($0) || going.contains($0) }
        }
        let hasDependents = !(dependents[object.uid ?? ""] ?? []).isEmpty
        var propagation = !going.isEmpty && hasDependents ? Propagation.foreground : .background
        if object.finalizers.contains(Self.orphan) { propagation = .orphan }
        if object.finalizers.contains(Self.foreground) { propagation = .foreground }
        try api.delete(object.identity, uid: object.uid, propagation: propagation, gracePeriod: nil)
    }

    /// The owner, of that UID, in the object's namespace or in none.
    private func find(
        _ reference: OwnerReference, of object: KubernetesObject, _ api: some ControllerAccess
    ) -> KubernetesObject? {
        for namespace in Set([object.namespace, ""]).sorted().reversed() {
            let identity = ObjectIdentity(
                groupKind: reference.groupKind, namespace: namespace, name: reference.name)
            if let owner = api.object(identity), owner.uid == reference.uid { return owner }
        }
        return nil
    }

    private func dropOwners(
        of object: KubernetesObject, _ api: inout some ControllerAccess, where isDropped: (String) -> Bool
    ) throws(APIStatus) {
        var object = object
        let kept = (object.metadata["ownerReferences"]?.array ?? []).filter { !isDropped($0["uid"]?.string ?? "") }
        object.value["metadata"]?["ownerReferences"] = kept.isEmpty ? nil : .array(kept)
        _ = try api.update(object, subresource: "", by: Manager.controllers)
    }

    private func removeFinalizer(
        _ finalizer: String, of object: KubernetesObject, _ api: inout some ControllerAccess
    ) throws(APIStatus) {
        var object = object
        object.setFinalizers(object.finalizers.filter { $0 != finalizer })
        _ = try api.update(object, subresource: "", by: Manager.controllers)
    }
}
