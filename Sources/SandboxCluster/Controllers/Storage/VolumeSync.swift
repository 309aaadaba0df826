internal import FoundationEssentials
internal import Resources

/// One look at a PersistentVolume: is it free, in use, or left over?
struct VolumeSync {
    private let volume: KubernetesObject
    private let provisioners: Set<String>

    init(_ volume: KubernetesObject, provisioners: Set<String>) {
        self.volume = volume
        self.provisioners = provisioners
    }

    func run(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        guard let reference = VolumeClaimReference(volume.spec["claimRef"]), !reference.uid.isEmpty else {
            return try setPhase("Available", &api)
        }
        let claim = api.object(reference.identity)
        if let claim, claim.uid == reference.uid {
            let isBound = claim.spec["volumeName"]?.string == volume.name
            return isBound ? try setPhase("Bound", &api) : ()
        }
        try setPhase("Released", &api)
        let isOwn = provisioners.contains(volume.annotations[VolumeAnnotations.provisionedBy] ?? "")
        let policy = volume.spec["persistentVolumeReclaimPolicy"]?.string ?? "Retain"
        if isOwn, policy == "Delete", !volume.isBeingDeleted {
            try api.delete(volume.identity, uid: volume.uid, propagation: .background, gracePeriod: nil)
        }
    }

    private func setPhase(_ phase: String, _ api: inout some ControllerAccess) throws(APIStatus) {
        if volume.status["phase"]?.string != phase { try volume.updatingStatus(["phase": .string(phase)], &api) }
    }
}

/// A volume as a provisioner makes it.
enum ProvisionedVolume {
    static func object(
        for claim: KubernetesObject, of storageClass: KubernetesObject, by provisioner: String
    ) -> KubernetesObject {
        let name = "pvc-\(claim.uid ?? claim.name)"
        var spec: Value = [
            "capacity": ["storage": claim.spec[path: "resources", "requests", "storage"] ?? "1Gi"],
            "accessModes": claim.spec["accessModes"] ?? ["ReadWriteOnce"],
            "persistentVolumeReclaimPolicy": storageClass.value["reclaimPolicy"] ?? "Delete",
            "claimRef": VolumeClaimReference.value(for: claim), "storageClassName": .string(storageClass.name),
            "hostPath": ["path": .string("/var/lib/endstate/\(name)"), "type": ""],
        ]
        spec["volumeMode"] = claim.spec["volumeMode"]
        spec["mountOptions"] = storageClass.value["mountOptions"]
        return KubernetesObject([
            "apiVersion": "v1", "kind": "PersistentVolume",
            "metadata": [
                "name": .string(name), "annotations": [VolumeAnnotations.provisionedBy: .string(provisioner)],
            ],
            "spec": spec,
        ])
    }
}
