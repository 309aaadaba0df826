import Resources

extension Strategy {
    /// Keeps all but the status as it was; of the metadata, what a kind's status update may not change.
    static func prepareStatus(_ object: inout Value, old: Value, of resource: ResourceDefinition) {
        var result = old
        result["status"] = object["status"]
        let kept = resource.isCustom ? nil : resource.kind.groupKind.metadataKeptByStatus
        if resource.isCustom || kept == ["*"] {
            let managers = object[path: "metadata", "managedFields"]
            let version = object[path: "metadata", "resourceVersion"]
            result.editFields { fields in
                fields.edit("metadata") { metadata in
                    metadata["managedFields"] = managers
                    metadata["resourceVersion"] = version
                }
            }
        } else {
            result["metadata"] = object["metadata"]
            result.editFields { fields in
                fields.edit("metadata") { metadata in
                    for key in kept ?? [] { metadata[key] = old[path: "metadata", key] }
                }
            }
        }
        object = result
    }
}

extension GroupKind {
    /// Nodes register with their status.
    var keepsStatusOnCreate: Bool { description == "Node" }

    /// The fields of the metadata that an update of the status leaves as they were; `*` means all.
    fileprivate var metadataKeptByStatus: [String] {
        switch description {
        case "Deployment.apps": ["labels"]
        case "Pod": ["ownerReferences"]
        case "CustomResourceDefinition.apiextensions.k8s.io": ["labels", "annotations", "ownerReferences"]
        case "APIService.apiregistration.k8s.io": ["labels", "annotations", "finalizers", "ownerReferences"]
        case "VolumeAttachment.storage.k8s.io": ["labels", "annotations", "finalizers", "ownerReferences"]
        case "FlowSchema.flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io": ["*"]
        default: []
        }
    }
}
