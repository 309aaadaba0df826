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
        try checkPreconditions(value, old, resource)
        try Admission.mutate(
            &value, old: old.value, of: resource, in: self, subresource: settings.subresource, version: version)
        value["metadata"]?["resourceVersion"] = old.metadata["resourceVersion"]
        Strategy.prepareForUpdate(
            &value, old: old.value, of: resource, subresource: settings.subresource, in: self,
            dryRun: settings.isDryRun, version: version)
        let errors = Validation.check(
            value, old: old.value, of: resource, subresource: settings.subresource, registry: registry)
        if !errors.isEmpty { throw .invalid(resource.kind, name, errors) }
        try Admission.validate(
            value, old: old.value, of: resource, in: self, subresource: settings.subresource, version: version)
        if value == old.value { return current }
        let object = KubernetesObject(value)
        if settings.isDryRun { return StoredObject(object, version: current.version) }
        if object.isBeingDeleted, mayGo(object) {
            remove(object.identity)
            return StoredObject(object, version: store.version)
        }
        return put(object, resource)
    }

    private func checkPreconditions(
        _ value: Value, _ old: KubernetesObject, _ resource: ResourceDefinition
    ) throws(APIStatus) {
        let metadata = value["metadata"]
        let uid = metadata?["uid"]?.string ?? ""
        if !uid.isEmpty, uid != old.uid {
            throw .conflict(
                resource, old.name,
                "Precondition failed: UID in precondition: \(uid), UID in object meta: \(old.uid ?? "")")
        }
        let version = metadata?["resourceVersion"]?.string ?? ""
        if version.isEmpty || version == "0" {
            guard !UpdateRules.allowsUnconditional(resource) else { return }
            throw .unversioned(resource, old.name)
        }
        guard UInt64(version) != nil else {
            throw APIStatus(
                code: 500, reason: "",
                message: "strconv.ParseUint: parsing \(Value.string(version).json): invalid syntax")
        }
        if version != old.resourceVersion { throw .modified(resource, old.name) }
    }

    /// Whether an object that is being deleted has nothing left that holds it.
    func mayGo(_ object: KubernetesObject) -> Bool {
        let isHeld = !(object.metadata["finalizers"]?.array ?? []).isEmpty
        let waits = object.metadata["deletionGracePeriodSeconds"]?.integer ?? 0 > 0
        let isFilled = object.kind == "Namespace" && !(object.value[path: "spec", "finalizers"]?.array ?? []).isEmpty
        return !isHeld && !waits && !isFilled
    }

    mutating func remove(_ identity: ObjectIdentity) {
        let isDefinition = identity.groupKind == Self.customResourceDefinition
        let definition = isDefinition ? store[identity]?.object : nil
        store.remove(identity)
        guard let definition else { return }
        removeInstances(of: definition)
        serveCustomResources()
    }

    /// With its definition a custom resource's objects go.
    private mutating func removeInstances(of definition: KubernetesObject) {
        guard let resource = SchemaRegistry.resources(of: definition).first else { return }
        for object in objects(resource.kind.groupKind, namespace: nil) { store.remove(object.identity) }
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
