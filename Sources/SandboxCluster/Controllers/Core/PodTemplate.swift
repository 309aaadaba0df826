internal import Resources

/// Makes pods of templates (`GetPodFromTemplate` in pkg/controller/controller_utils.go).
enum PodTemplate {
    /// - Parameter name: Nil for one that the API makes of the owner's.
    static func pod(
        of template: Value, for owner: KubernetesObject, name: String? = nil, labels: [String: String] = [:]
    ) -> KubernetesObject {
        var metadata: Value = [
            "namespace": .string(owner.namespace), "ownerReferences": [owner.asController],
        ]
        for field in ["labels", "annotations", "finalizers"] {
            metadata[field] = template[path: "metadata", field]
        }
        for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
            metadata.change(at: ["labels", key]) { $0 = .string(value) }
        }
        if let name {
            metadata["name"] = .string(name)
        } else {
            metadata["generateName"] = .string("\(owner.name)-")
        }
        return KubernetesObject([
            "apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"] ?? [:],
        ])
    }
}
