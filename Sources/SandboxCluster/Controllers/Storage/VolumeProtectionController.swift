internal import FoundationEssentials
internal import Resources

/// Keeps claims that pods use and volumes that claims use until they are free (pkg/controller/volume/pvcprotection,
/// pvprotection).
struct VolumeProtectionController: Controller {
    let watched: [GroupKind]? = [Kinds.claim, Kinds.volume, Kinds.pod]
    let level = WorkLevel.owners
    static let claimFinalizer = "kubernetes.io/pvc-protection"
    static let volumeFinalizer = "kubernetes.io/pv-protection"

    func keys(for change: NotedChange) -> [ObjectIdentity] {
        if change.identity.groupKind != Kinds.pod { return change.isDeletion ? [] : [change.identity] }
        guard change.isDeletion || change.object.hasEnded else { return [] }
        return change.object.claimNames.map {
            ObjectIdentity(groupKind: Kinds.claim, namespace: change.identity.namespace, name: $0)
        }
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let object = api.object(key) else { return nil }
        let finalizer = key.groupKind == Kinds.claim ? Self.claimFinalizer : Self.volumeFinalizer
        let isProtected = object.finalizers.contains(finalizer)
        var changed = object
        if !object.isBeingDeleted, !isProtected {
            changed.setFinalizers(object.finalizers + [finalizer])
        } else if object.isBeingDeleted, isProtected, !isUsed(object, api) {
            changed.setFinalizers(object.finalizers.filter { $0 != finalizer })
        } else {
            return nil
        }
        _ = try api.update(changed, subresource: "", by: Manager.controllers)
        return nil
    }

    private func isUsed(_ object: KubernetesObject, _ api: some ControllerAccess) -> Bool {
        if object.kind == "PersistentVolume" { return object.status["phase"] == "Bound" }
        return api.objects(Kinds.pod, namespace: object.namespace).contains { pod in
            !pod.hasEnded && !pod.nodeName.isEmpty && pod.claimNames.contains(object.name)
        }
    }
}

extension KubernetesObject {
    /// The PersistentVolumeClaims among a pod's volumes.
    var claimNames: [String] {
        (value[path: "spec", "volumes"]?.array ?? []).compactMap { volume in
            volume[path: "persistentVolumeClaim", "claimName"]?.string
                ?? volume["ephemeral"].map { _ in "\(name)-\(volume["name"]?.string ?? "")" }
        }
    }
}
