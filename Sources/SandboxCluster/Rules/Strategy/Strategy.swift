package import Resources

/// What the server itself decides about an object that is written: who may write status and spec, the generation, what it
/// hands out (pkg/registry/*/*/strategy.go and `BeforeCreate`, `BeforeUpdate` of the API server).
package enum Strategy {
    /// Prepares an object that was defaulted and admitted for validation and storage. Its UID must be there already: jobs
    /// select by it.
    package static func prepareForCreate(
        _ object: inout Value, of resource: ResourceDefinition, in view: some ClusterView, dryRun: Bool = false,
        version: KubernetesVersion = .newest
    ) {
        let kind = resource.kind.groupKind
        object.editFields { fields in
            fields.editOrMake("metadata") { metadata in
                for key in ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "clusterName"] {
                    metadata[key] = nil
                }
            }
            if resource.hasStatus, !kind.keepsStatusOnCreate { fields["status"] = nil }
            if resource.isCustom || GenerationRule.of(kind, version) != nil {
                fields.edit("metadata") { $0["generation"] = 1 }
            }
        }
        guard !resource.isCustom else { return }
        prepareBuiltIn(&object, kind, in: view, dryRun, version)
        // What is stored is defaulted once more when it is read.
        Defaults.apply(to: &object, as: resource.kind, version: version)
    }

    private static func prepareBuiltIn(
        _ object: inout Value, _ kind: GroupKind, in view: some ClusterView, _ dryRun: Bool,
        _ version: KubernetesVersion
    ) {
        object.editFields { fields in
            switch kind.description {
            case "Pod": PodStrategy.create(&fields, version)
            case "Namespace": NamespaceStrategy.create(&fields)
            case "Service": ServiceStrategy.create(&fields, in: view, dryRun: dryRun, version)
            case "ServiceAccount": fields.keepOnlyNamesOfSecrets()
            case "PersistentVolumeClaim": fields.dropUnknownSource(version)
            case "DaemonSet.apps": DaemonSetStrategy.create(&fields)
            case "Job.batch": JobStrategy.create(&fields, version)
            case "APIService.apiregistration.k8s.io": APIServiceStrategy.create(&fields, now: view.now)
            default: break
            }
        }
    }

    /// Prepares a changed object for validation and storage: takes from the old one what the request may not change.
    ///
    /// `subresource` is empty for the object itself; `status` changes only that, anything else counts as the object
    /// (`scale` changes the spec). Addresses and ports of a Service are only handed out where a view is given.
    package static func prepareForUpdate(
        _ object: inout Value, old: Value, of resource: ResourceDefinition, subresource: String,
        in view: (any ClusterView)? = nil, dryRun: Bool = false, version: KubernetesVersion = .newest
    ) {
        let kind = resource.kind.groupKind
        object.editFields { fields in keepMetadata(&fields, of: old) }
        if subresource == "status" {
            prepareStatus(&object, old: old, of: resource)
        } else {
            prepareMain(&object, old: old, of: resource, subresource, version)
        }
        guard !resource.isCustom else { return }
        object.editFields { fields in
            if kind.description == "Service", subresource.isEmpty, let view {
                ServiceStrategy.allocate(&fields, old: old, in: view, dryRun: dryRun, version)
            }
        }
        Defaults.apply(to: &object, as: resource.kind, version: version)
    }

    private static func prepareMain(
        _ object: inout Value, old: Value, of resource: ResourceDefinition, _ subresource: String,
        _ version: KubernetesVersion
    ) {
        let kind = resource.kind.groupKind
        object.editFields { fields in
            if resource.hasStatus, subresource != "approval" { fields["status"] = old["status"] }
            switch kind.description {
            case "Namespace" where subresource.isEmpty: NamespaceStrategy.update(&fields, old: old)
            case "Service": ServiceStrategy.update(&fields, old: old, version)
            case "ServiceAccount": fields.keepOnlyNamesOfSecrets()
            case "DaemonSet.apps": DaemonSetStrategy.update(&fields, old: old)
            case "Job.batch": JobStrategy.update(&fields)
            case "CertificateSigningRequest.certificates.k8s.io": fields["spec"] = old["spec"]
            case "CustomResourceDefinition.apiextensions.k8s.io": fields.addStoredVersion()
            default: break
            }
            let rule = resource.isCustom ? GenerationRule.ofCustom(resource) : GenerationRule.of(kind, version)
            guard let rule, rule.isNewGeneration(.object(fields), after: old) else { return }
            let generation = old[path: "metadata", "generation"]?.integer ?? 0
            fields.edit("metadata") { $0["generation"] = .integer(Int64(generation.nextCount)) }
        }
    }

    /// What an update never changes, whatever it says.
    private static func keepMetadata(_ fields: inout [String: Value], of old: Value) {
        guard let earlier = old["metadata"] else { return }
        fields.editOrMake("metadata") { metadata in
            metadata["generation"] = earlier["generation"]
            metadata.setDefault("uid", earlier["uid"] ?? .null)
            if let created = earlier["creationTimestamp"] { metadata["creationTimestamp"] = created }
            if let deleted = earlier["deletionTimestamp"] {
                metadata["deletionTimestamp"] = deleted
                metadata.setDefault("deletionGracePeriodSeconds", earlier["deletionGracePeriodSeconds"] ?? .null)
            }
            for key in ["selfLink", "clusterName"] { metadata[key] = nil }
            metadata.removeNulls()
        }
    }
}
