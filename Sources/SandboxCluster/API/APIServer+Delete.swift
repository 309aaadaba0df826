internal import FoundationEssentials
internal import Resources

/// What a deletion asks for (`DeleteOptions`).
struct DeletionSettings: Sendable {
    var uid: String?
    var resourceVersion: String?
    var propagation: Propagation?
    /// What `propagation` was made of, where the request says it as `orphanDependents`.
    var orphansDependents: Bool?
    /// In seconds; nil leaves it to the object.
    var gracePeriod: Int?
    var isDryRun = false
}

extension APIServer {
    enum Deletion {
        /// The object is gone; this was its last state.
        case removed(KubernetesObject)
        /// The object stays until its finalizers, its containers or its contents have gone.
        case pending(StoredObject)
    }

    /// - Throws: `APIStatus` where a precondition fails.
    mutating func delete(
        _ current: StoredObject, as resource: ResourceDefinition, _ settings: DeletionSettings
    ) throws(APIStatus) -> Deletion {
        let old = current.object
        try check(settings, old, resource)
        var object = old
        setFinalizers(&object, settings.propagation)
        let grace = gracePeriod(of: old, settings.gracePeriod)
        if old.isBeingDeleted, !mayGo(object), object == old, !isShorter(grace, old) { return .pending(current) }
        mark(&object, grace: grace)
        // A namespace goes with the second deletion at the earliest (pkg/registry/core/namespace/storage).
        let isFirst = object.identity.groupKind == Kinds.namespace && !old.isBeingDeleted
        if mayGo(object), !isFirst {
            let isPod = old.identity.groupKind == Kinds.pod
            if settings.isDryRun { return .removed(isPod ? object : old) }
            // A pod is marked first, even where it goes at once.
            let last = isPod ? put(object, resource).object : old
            remove(object.identity)
            return .removed(last)
        }
        if settings.isDryRun { return .pending(StoredObject(object, version: current.version)) }
        return .pending(put(object, resource))
    }

    private func check(
        _ settings: DeletionSettings, _ object: KubernetesObject, _ resource: ResourceDefinition
    ) throws(APIStatus) {
        if let uid = settings.uid, uid != object.uid {
            throw .unmet(
                object,
                "the UID in the precondition (\(uid)) does not match the UID in record (\(object.uid ?? "")). "
                    + "The object might have been deleted and then recreated")
        }
        if let version = settings.resourceVersion, version != object.resourceVersion {
            throw .unmet(
                object,
                "the ResourceVersion in the precondition (\(version)) does not match the ResourceVersion in record "
                    + "(\(object.resourceVersion ?? "")). The object might have been modified")
        }
    }

    /// `deletionFinalizersForGarbageCollection` in k8s.io/apiserver/pkg/registry/generic/registry/store.go.
    private func setFinalizers(_ object: inout KubernetesObject, _ propagation: Propagation?) {
        guard let propagation else { return }
        let (orphan, foreground): (Value, Value) = ("orphan", "foregroundDeletion")
        var finalizers = object.metadata["finalizers"]?.array ?? []
        finalizers.removeAll { $0 == orphan || $0 == foreground }
        if propagation == .orphan { finalizers.append(orphan) }
        if propagation == .foreground { finalizers.append(foreground) }
        object.value["metadata"]?["finalizers"] = finalizers.isEmpty ? nil : .array(finalizers)
    }

    /// Only pods that a kubelet runs get time to end (pkg/registry/core/pod/strategy.go, `CheckGracefulDelete`); in
    /// seconds, of which 32 bits are 68 years.
    private func gracePeriod(of object: KubernetesObject, _ asked: Int?) -> Int {
        guard object.kind == "Pod", object.apiVersion == "v1",
            object.value[path: "spec", "nodeName"]?.string ?? "" != "",
            !["Succeeded", "Failed"].contains(object.value[path: "status", "phase"]?.string ?? "")
        else { return 0 }
        let wanted = asked ?? object.value[path: "spec", "terminationGracePeriodSeconds"]?.integer ?? 30
        return Int(Int32(clamping: wanted))
    }

    private func isShorter(_ grace: Int, _ object: KubernetesObject) -> Bool {
        grace < object.metadata["deletionGracePeriodSeconds"]?.integer ?? 0
    }

    private func mark(_ object: inout KubernetesObject, grace: Int) {
        let wasMarked = object.isBeingDeleted
        if wasMarked, !isShorter(grace, object) { return }
        let isDefinition = object.identity.groupKind == Kinds.definition
        if !wasMarked, !isDefinition, let generation = object.generation, generation > 0 {
            object.value["metadata"]?["generation"] = .integer(Int64(generation.nextCount))
        }
        let end = now.addingTimeInterval(Double(grace))
        object.value["metadata"]?["deletionTimestamp"] = .string(end.formatted(.iso8601))
        let isNamespace = object.identity.groupKind == Kinds.namespace
        object.value["metadata"]?["deletionGracePeriodSeconds"] =
            isNamespace || isDefinition ? nil : .integer(Int64(grace))
        if isNamespace { object.value["status"] = ["phase": "Terminating"] }
        if isDefinition { object = CustomResourceDefinitionStatus.terminating(object, now: now) }
    }
}
