package import Resources

/// The storage of a sandbox.
package enum SandboxStorage {
    /// The provisioner whose claims get a volume at once.
    package static let provisioner = "endstate.dev/sandbox"

    /// The StorageClass of claims that name none: `standard`.
    package static var defaultClass: KubernetesObject {
        KubernetesObject([
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
            "metadata": [
                "name": "standard", "annotations": ["storageclass.kubernetes.io/is-default-class": "true"],
            ],
            "provisioner": .string(provisioner), "reclaimPolicy": "Delete", "volumeBindingMode": "Immediate",
            "allowVolumeExpansion": true,
        ])
    }
}
