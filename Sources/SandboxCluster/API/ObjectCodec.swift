internal import Resources

/// Turns what requests carry into objects: knows types and the time, but no stored object.
///
/// A value of its own, because whoever holds a copy of the whole server makes its next write copy all collections.
struct ObjectCodec: Sendable {
    let registry: SchemaRegistry
    let version: KubernetesVersion
    /// RFC 3339.
    let time: String

    func merge(_ resource: ResourceDefinition) -> ObjectMerge {
        ObjectMerge(resource, registry: registry, version: version)
    }

    /// What an applied configuration has been merged to, as an object of its type.
    func merged(_ value: Value, _ resource: ResourceDefinition) throws(APIStatus) -> Value {
        guard resource.isCustom else { return try completed(value, resource, .ignore).value }
        var value = value
        Defaults.applyCustom(to: &value, type: resource.type, registry: registry, keepsNulls: true)
        return value
    }

    /// Gives an object what the server fills in.
    func complete(_ value: inout Value, _ resource: ResourceDefinition) {
        if resource.isCustom {
            Defaults.applyCustom(to: &value, type: resource.type, registry: registry)
        } else {
            Defaults.apply(to: &value, as: resource.kind, version: version)
        }
    }

    /// The new state of an object, with the fields' owners as the change makes them.
    func updated(
        _ new: Value, from old: Value?, _ resource: ResourceDefinition, _ settings: WriteSettings
    ) throws(APIStatus) -> Value {
        try merge(resource).update(
            new, from: old, manager: settings.manager, subresource: settings.subresource, time: time)
    }

    /// What the server takes a body for: with the fields that it knows, and those that it fills in.
    func decoded(
        _ raw: Value, _ resource: ResourceDefinition, _ validation: RequestOptions.FieldValidation
    ) throws(APIStatus) -> (value: Value, warnings: [String]) {
        try completed(named(raw, resource), resource, validation)
    }

    /// The same for a value whose kind is known.
    func completed(
        _ raw: Value, _ resource: ResourceDefinition, _ validation: RequestOptions.FieldValidation
    ) throws(APIStatus) -> (value: Value, warnings: [String]) {
        var warnings: [String] = []
        if validation != .ignore {
            warnings = Validation.unknownFields(of: raw, type: resource.type, registry: registry)
            if validation == .strict, !warnings.isEmpty {
                let name = "\(resource.kind.kind) in version \"\(resource.kind.version)\""
                let list = warnings.joined(separator: ", ")
                throw .badRequest(
                    "\(name) cannot be handled as a \(resource.kind.kind): strict decoding error: \(list)")
            }
        }
        var value = try Validation.decode(raw, type: resource.type, registry: registry, kind: resource.kind)
        complete(&value, resource)
        return (value, warnings)
    }

    /// The value with the kind that a body may leave out.
    private func named(_ raw: Value, _ resource: ResourceDefinition) throws(APIStatus) -> Value {
        let (apiVersion, kind) = (raw["apiVersion"]?.string ?? "", raw["kind"]?.string ?? "")
        if kind.isEmpty || apiVersion.isEmpty {
            guard resource.isCustom else {
                var value = raw
                if kind.isEmpty { value["kind"] = .string(resource.kind.kind) }
                if apiVersion.isEmpty { value["apiVersion"] = .string(resource.kind.apiVersion) }
                return value
            }
            throw refusal(kind, resource.kind.version, resource, "Object 'Kind' is missing in '\(raw.json)'")
        }
        let found = GroupVersionKind(apiVersion: apiVersion, kind: kind)
        if found == resource.kind { return raw }
        throw mismatch(found, resource, KubernetesObject(raw).name)
    }

    /// Legacy names of the groups whose internal packages are called otherwise.
    private static let packages = ["": "core", "rbac.authorization.k8s.io": "rbac"]

    private func mismatch(
        _ found: GroupVersionKind, _ resource: ResourceDefinition, _ name: String
    ) -> APIStatus {
        if resource.isCustom {
            let error =
                found.kind != resource.kind.kind
                ? FieldError(
                    .invalid, "kind", "Invalid value: \(Value.string(found.kind).json): must be \(resource.kind.kind)")
                : FieldError(
                    .invalid, "apiVersion",
                    "Invalid value: \(Value.string(found.apiVersion).json): must be \(resource.kind.apiVersion)")
            return .invalid(found, name, [error])
        }
        if registry.resources.contains(where: { $0.kind == found }) {
            let group = resource.kind.group
            let package = Self.packages[group] ?? String(group.prefix { $0 != "." })
            return refusal(
                found.kind, found.version, resource,
                "converting (\(found.version).\(found.kind)) to (\(package).\(resource.kind.kind)): unknown conversion")
        }
        return refusal(
            found.kind, found.version, resource,
            "no kind \"\(found.kind)\" is registered for version \"\(found.apiVersion)\" in scheme "
                + "\"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\"")
    }

    private func refusal(
        _ kind: String, _ version: String, _ resource: ResourceDefinition, _ why: String
    ) -> APIStatus {
        let kind = kind.isEmpty ? resource.kind.kind : kind
        return .badRequest("\(kind) in version \"\(version)\" cannot be handled as a \(resource.kind.kind): \(why)")
    }
}

extension APIServer {
    var codec: ObjectCodec { ObjectCodec(registry: registry, version: version, time: timestamp) }
}
