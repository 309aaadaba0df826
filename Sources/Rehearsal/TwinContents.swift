internal import Resources

/// What a twin is made from: objects of the live cluster, and what could not be had of it.
struct TwinContents: Sendable {
    var objects: [KubernetesObject] = []
    /// What the twin doesn't know, one sentence each.
    var doubts: [String] = []
}

/// Objects that a twin can't do without, in place of those that may not be read.
enum TwinStandIn {
    /// A Namespace of which the name alone is known.
    static func namespace(_ name: String) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)],
            "spec": ["finalizers": ["kubernetes"]], "status": ["phase": "Active"],
        ])
    }

    /// The PersistentVolume that a claim is bound to; nil where it is bound to none.
    static func volume(of claim: KubernetesObject) -> KubernetesObject? {
        guard let name = claim.value[path: "spec", "volumeName"]?.string, !name.isEmpty else { return nil }
        let status = claim.value["status"]
        var spec: Value = [
            "claimRef": [
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "namespace": .string(claim.namespace),
                "name": .string(claim.name), "uid": .string(claim.uid ?? ""),
            ],
            "persistentVolumeReclaimPolicy": "Retain", "hostPath": ["path": "/", "type": ""],
        ]
        spec["accessModes"] = status?["accessModes"]
        spec["capacity"] = status?["capacity"]
        spec["storageClassName"] = claim.value[path: "spec", "storageClassName"]
        spec["volumeMode"] = claim.value[path: "spec", "volumeMode"]
        return KubernetesObject([
            "apiVersion": "v1", "kind": "PersistentVolume",
            "metadata": ["name": .string(name), "finalizers": ["kubernetes.io/pv-protection"]], "spec": spec,
            "status": ["phase": "Bound"],
        ])
    }
}
