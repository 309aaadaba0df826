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
        let decoder = CustomDecoder(registry: registry, keepsNulls: true)
        var value = (try? decoder.decode(value, resource.type)) ?? value
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
        _ sent: SentObject, _ resource: ResourceDefinition, _ validation: RequestOptions.FieldValidation
    ) throws(APIStatus) -> (value: Value, warnings: [String]) {
        try completed(
            named(sent, resource), resource, validation, endsLine: sent.text.last == UInt8(ascii: "\n"))
    }

    /// The same for a value whose kind is known.
    func completed(
        _ raw: Value, _ resource: ResourceDefinition, _ validation: RequestOptions.FieldValidation,
        endsLine: Bool = true
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
        var value = try Validation.decode(
            raw, type: resource.type, registry: registry, kind: resource.kind, endsLine: endsLine)
        complete(&value, resource)
        // No owners at all are an order to forget them, which decoding takes for nothing.
        if raw[path: "metadata", "managedFields"]?.array?.isEmpty == true {
            value["metadata"]?["managedFields"] = .array([])
        }
        return (value, warnings)
    }

    /// The value with the kind that a body may leave out.
    private func named(_ sent: SentObject, _ resource: ResourceDefinition) throws(APIStatus) -> Value {
        let raw = sent.value
        let (apiVersion, kind) = (raw["apiVersion"]?.string ?? "", raw["kind"]?.string ?? "")
        if kind.isEmpty || apiVersion.isEmpty {
            guard resource.isCustom else {
                var value = raw
                if kind.isEmpty { value["kind"] = .string(resource.kind.kind) }
                if apiVersion.isEmpty { value["apiVersion"] = .string(resource.kind.apiVersion) }
                return value
            }
            throw refusal(kind, resource.kind.version, resource, kindMissing(in: sent.text))
        }
        let found = GroupVersionKind(apiVersion: apiVersion, kind: kind)
        if found == resource.kind { return raw }
        throw mismatch(found, resource, KubernetesObject(raw).name)
    }

    /// Before 1.23 the decoder around this one tells of the bytes that it stands at, the last ones.
    private func kindMissing(in text: [UInt8]) -> String {
        func excerpt(_ count: Int) -> String { String(decoding: text.suffix(count), as: UTF8.self) }
        let reason = "Object 'Kind' is missing in '\(excerpt(text.count))'"
        guard version.minor < 23 else { return reason }
        return "unmarshalerDecoder: \(reason), error found in #\(min(text.count, 10)) byte of ...|\(excerpt(10))|..., "
            + "bigger context ...|\(excerpt(50))|..."
    }

    private func mismatch(
        _ found: GroupVersionKind, _ resource: ResourceDefinition, _ name: String
    ) -> APIStatus {
        let isKnown = registry.resources.contains { $0.kind == found }
        if found.kind == resource.kind.kind, resource.isCustom || isKnown {
            return .badRequest(
                "the API version in the data (\(found.apiVersion)) does not match the expected API version "
                    + "(\(resource.kind.apiVersion))")
        }
        if resource.isCustom {
            let error = FieldError(
                .invalid, "kind", "Invalid value: \(Value.string(found.kind).json): must be \(resource.kind.kind)")
            return .invalid(found, name, [error])
        }
        if isKnown {
            return refusal(
                found.kind, found.version, resource,
                "converting (\(found.version).\(found.kind)) to (\(resource.goType)): unknown conversion")
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

extension ResourceDefinition {
    /// Names of the groups whose internal packages are called otherwise.
    private static let packages = ["": "core", "rbac.authorization.k8s.io": "rbac"]

    /// The kind as refusals of invalid objects name it: before 1.22, two have the group that they came from.
    func kindInErrors(_ version: KubernetesVersion) -> GroupVersionKind {
        let isFormer = version.minor < 22 && !isCustom && ["Ingress", "NetworkPolicy"].contains(kind.kind)
        return isFormer ? GroupVersionKind(group: "extensions", version: kind.version, kind: kind.kind) : kind
    }

    /// The type that the server's handlers have: `core.ConfigMap`.
    var goType: String {
        if isCustom { return "unstructured.Unstructured" }
        return "\(Self.packages[kind.group] ?? String(kind.group.prefix { $0 != "." })).\(kind.kind)"
    }
}

extension APIServer {
    var codec: ObjectCodec { ObjectCodec(registry: registry, version: version, time: timestamp) }
}
