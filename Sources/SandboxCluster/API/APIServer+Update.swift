internal import Resources

extension APIServer {
    /// What the caller made of the live object: decoded, with defaults, and with its owners worked out.
    typealias Revision = (KubernetesObject) throws(APIStatus) -> Value

    /// Replaces an object, or the part of it that a subresource covers.
    ///
    /// The order is that of `updateHandler`, `rest.BeforeUpdate` and `Store.Update` (k8s.io/apiserver).
    mutating func replace(
        _ current: StoredObject, as resource: ResourceDefinition, _ settings: WriteSettings, with revise: Revision
    ) throws(APIStatus) -> StoredObject {
        let old = Conversion.converted(current.object, to: resource)
        var value = try revise(old)
        let name = old.name
        let isUnversioned = try checkPreconditions(value, old, resource, settings)
        try Admission.mutate(
            &value, old: old.value, of: resource, in: self, subresource: settings.subresource, version: version)
        value["metadata"]?["resourceVersion"] = old.metadata["resourceVersion"]
        Strategy.prepareForUpdate(
            &value, old: old.value, of: resource, subresource: settings.subresource, in: self,
            dryRun: settings.isDryRun, version: version)
        var errors = Validation.check(
            value, old: old.value, of: resource, subresource: settings.subresource, registry: registry,
            checksServiceRanges: checksServiceRanges)
        if isUnversioned { errors.insert(contentsOf: Self.unversionedService, at: 0) }
        if !errors.isEmpty { throw .invalid(resource.kindInErrors(version), name, errors) }
        try Admission.validate(
            value, old: old.value, of: resource, in: self, subresource: settings.subresource, version: version,
            checksServiceRanges: checksServiceRanges)
        if value == old.value { return current }
        let object = KubernetesObject(value)
        if settings.isDryRun { return StoredObject(object, version: current.version) }
        if object.isBeingDeleted, mayGo(object) {
            remove(object.identity)
            return StoredObject(object, version: store.version)
        }
        return put(object, resource)
    }

    /// A Service's validation says of the version what for other kinds is said before it, and says it twice.
    private static let unversionedService = [FieldError](
        repeating: FieldError(
            .invalid, "metadata.resourceVersion", "Invalid value: \"\": must be specified for an update"), count: 2)

    /// - Returns: whether a version is missing, and validation is to say so.
    private func checkPreconditions(
        _ value: Value, _ old: KubernetesObject, _ resource: ResourceDefinition, _ settings: WriteSettings
    ) throws(APIStatus) -> Bool {
        let metadata = value["metadata"]
        let uid = metadata?["uid"]?.string ?? ""
        if settings.isUpdate, !uid.isEmpty, uid != old.uid {
            throw .conflict(
                resource, old.name,
                "StorageError: invalid object, Code: 4, Key: \(resource.storageKey(of: old)), ResourceVersion: 0, "
                    + "AdditionalErrorMsg: Precondition failed: UID in precondition: \(uid), "
                    + "UID in object meta: \(old.uid ?? "")")
        }
        let version = metadata?["resourceVersion"]?.string ?? ""
        if version.isEmpty || version == "0" {
            if UpdateRules.allowsUnconditional(resource) { return false }
            if resource.kind.kind == "Service", !resource.isCustom { return true }
            throw .unversioned(resource, old.name)
        }
        guard UInt64(version) != nil else {
            throw APIStatus(
                code: 500, reason: "",
                message: "strconv.ParseUint: parsing \(Value.string(version).json): invalid syntax")
        }
        if version != old.resourceVersion { throw .modified(resource, old.name) }
        return false
    }

    /// Whether an object that is being deleted has nothing left that holds it.
    func mayGo(_ object: KubernetesObject) -> Bool {
        let isHeld = !(object.metadata["finalizers"]?.array ?? []).isEmpty
        let waits = object.metadata["deletionGracePeriodSeconds"]?.integer ?? 0 > 0
        let isFilled = object.kind == "Namespace" && !(object.value[path: "spec", "finalizers"]?.array ?? []).isEmpty
        return !isHeld && !waits && !isFilled
    }

    mutating func remove(_ identity: ObjectIdentity) {
        let isDefinition = identity.groupKind == Kinds.definition
        store.remove(identity)
        if isDefinition { serveCustomResources() }
    }
}

extension ResourceDefinition {
    private static let storagePrefixes = [
        "services": "services/specs", "endpoints": "services/endpoints", "nodes": "minions", "ingresses": "ingress",
    ]

    /// Where the real server keeps an object in etcd (pkg/kubeapiserver/default_storage_factory_builder.go).
    fileprivate func storageKey(of object: KubernetesObject) -> String {
        let prefix = isCustom ? "\(kind.group)/\(plural)" : Self.storagePrefixes[plural] ?? plural
        return (["/registry", prefix, object.namespace, object.name] as [String]).filter { !$0.isEmpty }
            .joined(separator: "/")
    }
}

/// The rules that kinds have of their own for updates (`AllowUnconditionalUpdate` and `AllowCreateOnUpdate` of the
/// strategies in pkg/registry).
enum UpdateRules {
    private static let conditional: Set<String> = [
        "Lease", "Service", "CustomResourceDefinition", "APIService", "EndpointSlice", "PodDisruptionBudget",
        "FlowSchema",
        "PriorityLevelConfiguration", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "CSIDriver",
        "CSINode", "VolumeAttachment", "StorageClass",
    ]
    private static let creating: Set<String> = [
        "Endpoints", "Event", "LimitRange", "PriorityClass", "StorageClass", "Lease", "Role",
        "RoleBinding", "ClusterRole", "ClusterRoleBinding", "RuntimeClass",
    ]

    /// Whether an update needs no `resourceVersion`.
    static func allowsUnconditional(_ resource: ResourceDefinition) -> Bool {
        !resource.isCustom && !conditional.contains(resource.kind.kind)
    }

    /// Whether a PUT of an object that doesn't exist creates it.
    static func createsOnUpdate(_ resource: ResourceDefinition) -> Bool {
        !resource.isCustom && creating.contains(resource.kind.kind)
    }
}
