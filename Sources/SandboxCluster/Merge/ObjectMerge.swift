package import Resources

/// Server-side apply and the bookkeeping of who owns which fields, for objects of one type
/// (`k8s.io/apiserver/pkg/endpoints/handlers/fieldmanager`).
package struct ObjectMerge: Sendable {
    let schema: MergeSchema
    let place: MergeType
    /// Nil where only the objects tell.
    let kind: GroupVersionKind?
    /// Whether a status of its own has been told from the rest of the object.
    let hasStatus: Bool
    private let isCustom: Bool

    package init(type: SchemaType, registry: SchemaRegistry, version: KubernetesVersion) {
        self.init(type: type, registry: registry, version: version, kind: nil, hasStatus: false, isCustom: false)
    }

    /// Knows what the resource knows besides its type: versions of it that other managers wrote, and its status.
    package init(_ resource: ResourceDefinition, registry: SchemaRegistry, version: KubernetesVersion) {
        self.init(
            type: resource.type, registry: registry, version: version, kind: resource.kind,
            hasStatus: resource.hasStatus, isCustom: resource.isCustom)
    }

    private init(
        type: SchemaType, registry: SchemaRegistry, version: KubernetesVersion, kind: GroupVersionKind?,
        hasStatus: Bool, isCustom: Bool
    ) {
        schema = MergeSchema(registry: registry, version: version)
        place = schema.isUnreadable(type) ? MergeType(.anything, isOpen: true) : MergeType(type)
        self.kind = kind
        self.hasStatus = hasStatus
        self.isCustom = isCustom
    }

    var version: KubernetesVersion { schema.version }

    /// Merges a configuration into an object.
    ///
    /// Values that lost their owner are gone, objects and lists that thereby became empty may be null; nothing is filled in.
    /// - Parameters:
    ///   - live: the object as the server returns it, with fields that Go always writes; nil where there is none.
    ///   - time: RFC 3339, whole seconds.
    /// - Returns: the merged object with its `managedFields`; `live` itself where nothing changed.
    /// - Throws: 409 for conflicts, 500 and 400 for configurations that don't fit the type, worded as by the server.
    package func apply(
        _ applied: Value, to live: Value?, manager: String, force: Bool, subresource: String, time: String
    ) throws(APIStatus) -> Value {
        let operation = ApplyOperation(
            merge: self, applied: applied, manager: manager, force: force, subresource: recorded(subresource),
            time: time)
        return try operation.result(live: live)
    }

    /// Records who owns the fields that a create, update or patch changed.
    /// - Parameters:
    ///   - new: the object as the client wants it, its `managedFields` included as the request has them (`[]` and `[{}]`
    ///     reset them).
    ///   - live: the object before; nil where it is created.
    /// - Returns: `new` with its `managedFields`.
    package func update(
        _ new: Value, from live: Value?, manager: String, subresource: String, time: String
    ) throws(APIStatus) -> Value {
        // Before 1.22, nobody owns what the scale subresource changes.
        if subresource == "scale", !version.recordsSubresources {
            return new.withManagedFields(live?.managedFieldsList ?? [])
        }
        guard var owners = ownersBefore(new, live, isSubresource: !subresource.isEmpty) else { return new }
        let isTracked = live?.isStored != true || !owners.isEmpty
        let bare = new.withManagedFields([])
        guard isTracked else { return bare }
        let before = (live ?? emptyObject(like: new)).withManagedFields([])
        do throws(APIStatus) {
            if live.map(isChecked) != true { try check(before, "failed to convert live object") }
            try record(
                from: before, to: bare, in: &owners,
                as: FieldManager(
                    manager, isApplier: false, apiVersion: apiVersion(of: new), subresource: recorded(subresource)),
                time: time)
        } catch {
            // The server logs it and goes on without owners.
            return bare
        }
        return bare.withManagedFields(owners.managedFields)
    }

    /// The `subresource` of an entry, which the server tells since 1.22.
    private func recorded(_ subresource: String) -> String {
        version.recordsSubresources ? subresource : ""
    }

    /// The owners that a write starts from: those of the request where it names any, else those of the live object.
    private func ownersBefore(_ new: Value, _ live: Value?, isSubresource: Bool) -> Owners? {
        let stored = live?.managedFieldsList ?? []
        if !isSubresource, let given = new["metadata"]?["managedFields"]?.array {
            if given.isEmpty || given == [.object([:])] { return [:] }
            let isOwn = given == stored
            // Before 1.22, what can't be read leaves the object without owners.
            if !version.recordsSubresources, Owners(managedFields: given, isOwn: isOwn) == nil { return [:] }
            if let owners = Owners(managedFields: given, isOwn: isOwn), !owners.isEmpty { return served(owners) }
        }
        return Owners(managedFields: stored, isOwn: true).map(served) ?? [:]
    }

    func apiVersion(of object: Value) -> String { kind?.apiVersion ?? object["apiVersion"]?.string ?? "" }

    /// Without those who wrote a version that isn't served any more; which ones of a custom resource are, isn't known here.
    func served(_ owners: Owners) -> Owners {
        guard let kind, !isCustom else { return owners }
        return owners.filter { _, fields in
            fields.apiVersion == kind.apiVersion || isServed(fields.apiVersion, kind.kind)
        }
    }

    private func isServed(_ apiVersion: String, _ kind: String) -> Bool {
        schema.registry.resources.contains { $0.kind.kind == kind && $0.kind.apiVersion == apiVersion }
    }
}

extension Value {
    var managedFieldsList: [Value] { self["metadata"]?["managedFields"]?.array ?? [] }

    /// Whether a server has given the object an identity.
    var isStored: Bool { self["metadata"]?["uid"]?.string?.isEmpty == false }

    func withManagedFields(_ entries: [Value]) -> Value {
        if entries.isEmpty, self["metadata"]?["managedFields"] == nil { return self }
        var object = self
        object["metadata"]?["managedFields"] = entries.isEmpty ? Optional.none : Value.array(entries)
        return object
    }
}
