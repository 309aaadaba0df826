package import Resources

/// The admission plugins that an API server enables by itself, in the order of the server
/// (pkg/kubeapiserver/options/plugins.go). Left out: webhooks and certificates, which have nobody to ask here, and
/// PodSecurity, which needs labels to do anything.
package enum Admission {
    /// Both phases of admission at once: `mutate`, then `validate`.
    ///
    /// A server validates the object between them, so that one that is wrong and over its quota is told that it is wrong.
    /// - Throws: the status with which the server refuses the object.
    package static func admit(
        _ object: inout Value, old: Value?, of resource: ResourceDefinition, dryRun: Bool, in view: some ClusterView,
        subresource: String = "", version: KubernetesVersion = .newest
    ) throws(APIStatus) {
        try mutate(&object, old: old, of: resource, in: view, subresource: subresource, version: version)
        try validate(object, old: old, of: resource, in: view, subresource: subresource, version: version)
    }

    /// The first phase, before the object is prepared and validated: what is filled in from other objects.
    /// - Parameter old: nil when the object is made.
    package static func mutate(
        _ object: inout Value, old: Value?, of resource: ResourceDefinition, in view: some ClusterView,
        subresource: String = "", version: KubernetesVersion = .newest
    ) throws(APIStatus) {
        let request = AdmissionRequest(object: object, old: old, resource: resource, version: version, view: view)
        try NamespaceLifecycle.check(request)
        guard subresource.isEmpty, !resource.isCustom else { return }
        switch resource.kind.groupKind.description {
        case "Pod": try PodAdmission.mutate(&object, request)
        case "Node" where old == nil: object.addTaint("node.kubernetes.io/not-ready")
        case "PersistentVolume" where old == nil: object.addFinalizer("kubernetes.io/pv-protection")
        case "PersistentVolumeClaim" where old == nil:
            try DefaultClass.storage.set(in: &object, request)
            object.addFinalizer("kubernetes.io/pvc-protection")
        case "Ingress.networking.k8s.io" where old == nil, "Ingress.extensions" where old == nil:
            try DefaultClass.ingress.set(in: &object, request)
        default: break
        }
    }

    /// The second phase, for an object that was prepared and found valid: whether there is room for it.
    /// - Parameter checksServiceRanges: whether addresses and node ports must be in the server's ranges.
    package static func validate(
        _ object: Value, old: Value?, of resource: ResourceDefinition, in view: some ClusterView,
        subresource: String = "", version: KubernetesVersion = .newest, checksServiceRanges: Bool = true
    ) throws(APIStatus) {
        guard subresource.isEmpty else { return }
        let request = AdmissionRequest(object: object, old: old, resource: resource, version: version, view: view)
        if !resource.isCustom {
            switch resource.kind.groupKind.description {
            case "Pod":
                try LimitRanger.validate(request)
                try RuntimeClassAdmission.validate(request)
            case "PersistentVolumeClaim":
                try LimitRanger.validate(request)
                try ClaimResize.validate(request)
            case "PriorityClass.scheduling.k8s.io": try PriorityAdmission.validateClass(request)
            case "Service": try ServiceConflicts.validate(request, checksRanges: checksServiceRanges)
            default: break
            }
        }
        try QuotaAdmission.validate(request)
    }

    /// Whether an object may be deleted: the first three namespaces may not.
    package static func checkDeletion(of object: KubernetesObject, _ resource: ResourceDefinition) throws(APIStatus) {
        guard resource.kind.groupKind == .namespace, NamespaceLifecycle.immortal.contains(object.name) else { return }
        throw .forbidden(resource, object.name, "this namespace may not be deleted")
    }
}

extension GroupKind {
    static let namespace = GroupKind(group: "", kind: "Namespace")
    static let pod = GroupKind(group: "", kind: "Pod")
}

extension Value {
    fileprivate mutating func addFinalizer(_ name: Value) {
        editFields { fields in
            fields.editOrMake("metadata") { metadata in
                if metadata["finalizers"]?.array?.contains(name) != true { metadata.append(name, to: "finalizers") }
            }
        }
    }

    /// A node is not ready before someone said so (`TaintNodesByCondition`).
    fileprivate mutating func addTaint(_ key: Value) {
        editFields { fields in
            fields.editOrMake("spec") { spec in
                let isTainted = spec["taints"]?.array?.contains { $0["key"] == key && $0["effect"] == "NoSchedule" }
                if isTainted != true { spec.append(["key": key, "effect": "NoSchedule"], to: "taints") }
            }
        }
    }
}
