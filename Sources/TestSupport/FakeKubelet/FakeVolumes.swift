internal import KubeClient
internal import Resources

/// Makes volumes for claims, as the external provisioner of a storage driver would.
struct FakeVolumes: Sendable {
    let client: KubeClient

    /// Makes a volume where the volume controller asks this provisioner for one; for classes that bind late it does so
    /// only when the scheduler has chosen a node. The controller then binds it.
    func provision(_ claim: KubernetesObject) async throws {
        let names = ["volume.kubernetes.io/storage-provisioner", "volume.beta.kubernetes.io/storage-provisioner"]
        guard claim.value[path: "status", "phase"] == "Pending", let uid = claim.uid,
            names.contains(where: { claim.annotations[$0] == FakeKubelet.provisioner })
        else { return }
        do {
            _ = try await client.create(volume(for: claim, uid: uid), as: .persistentVolumes)
        } catch let error as APIError where error.isAlreadyExists {
            return
        }
    }

    /// Deletes the volumes that it has made when their claims are gone.
    func reclaim(_ volume: KubernetesObject) async throws {
        guard volume.annotations[Self.ownAnnotation] == FakeKubelet.provisioner,
            volume.value[path: "status", "phase"] == "Released", !volume.isBeingDeleted
        else { return }
        _ = try await client.delete(.persistentVolumes, name: volume.name)
    }

    private static let ownAnnotation = "pv.kubernetes.io/provisioned-by"

    private func volume(for claim: KubernetesObject, uid: String) -> KubernetesObject {
        let spec = claim.value["spec"] ?? .null
        var volume: Value = [
            "capacity": ["storage": spec[path: "resources", "requests", "storage"] ?? "1Gi"],
            "accessModes": spec["accessModes"] ?? ["ReadWriteOnce"],
            "persistentVolumeReclaimPolicy": "Delete",
            "claimRef": [
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "namespace": .string(claim.namespace),
                "name": .string(claim.name), "uid": .string(uid),
            ],
            "hostPath": ["path": "/nonexistent"],
        ]
        volume["storageClassName"] = spec["storageClassName"]
        volume["volumeMode"] = spec["volumeMode"]
        return KubernetesObject([
            "apiVersion": "v1", "kind": "PersistentVolume",
            "metadata": [
                "name": .string("pvc-\(uid)"), "annotations": [Self.ownAnnotation: .string(FakeKubelet.provisioner)],
            ],
            "spec": volume,
        ])
    }
}
