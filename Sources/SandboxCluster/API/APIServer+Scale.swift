internal import Resources

/// The scale subresource (`autoscaling/v1` Scale).
extension APIServer {
    /// What is sent and answered there.
    private static let scale = ResourceDefinition(
        kind: GroupVersionKind(apiVersion: "autoscaling/v1", kind: "Scale"), plural: "scales", singular: "scale",
        isNamespaced: true, verbs: [], hasStatus: false, type: SchemaType(.reference("io.k8s.api.autoscaling.v1.Scale"))
    )

    mutating func scale(_ call: ResourceCall, _ name: String) throws(APIStatus) -> SandboxResponse {
        guard let paths = call.resource.scale else { throw .unknownPath }
        guard let current = store[call.identity(name)] else {
            let isRead = ["GET", "HEAD"].contains(call.request.method) && !call.resource.isCustom
            throw .notFound(call.resource, name, subresource: isRead ? "scale" : nil)
        }
        switch call.request.method {
        case "GET", "HEAD":
            if call.resource.isCustom, Self.replicas(of: current.object, paths) == nil {
                throw .internalError(
                    "the spec replicas field \".\(paths.replicas.joined(separator: "."))\" does not exist")
            }
            return scaleResponse(current.object, paths)
        case "PUT": return try putScale(call, current, paths)
        case "PATCH": return try patchScale(call, current, paths)
        default: throw .methodNotAllowed
        }
    }

    private mutating func putScale(
        _ call: ResourceCall, _ current: StoredObject, _ paths: ResourceDefinition.ScalePaths
    ) throws(APIStatus) -> SandboxResponse {
        let options = try options(call, .update)
        let sent = try BodyReader(request: call.request).object(Self.scale)
        let scale = try codec.decoded(sent, Self.scale, options.fieldValidation).value
        try Self.checkName(scale, call, current.object.name, version)
        if !call.resource.isCustom, scale[path: "metadata", "namespace"]?.string ?? "" == "" {
            let error = FieldError(.required, "metadata.namespace", "Required value")
            throw .invalid(Self.scale.kind, current.object.name, [error])
        }
        return try write(scale, call, current, paths, options)
    }

    private mutating func patchScale(
        _ call: ResourceCall, _ current: StoredObject, _ paths: ResourceDefinition.ScalePaths
    ) throws(APIStatus) -> SandboxResponse {
        let body = BodyReader(request: call.request)
        guard let type = PatchType(rawValue: body.contentType) else {
            throw .unsupportedMediaType(PatchType.allCases.map(\.rawValue))
        }
        let options = try options(call, .patch, isApply: type == .apply)
        let old = Self.scaleValue(of: current.object, paths)
        let patched =
            type == .apply
            ? try Patch.merge(try body.yaml(), on: old)
            : try codec.patched(old, try patchDocument(call, type), type, Self.scale)
        let scale = try codec.result(patched, Self.scale, options.fieldValidation).value
        try Self.checkName(scale, call, current.object.name, version)
        return try write(scale, call, current, paths, options)
    }

    private mutating func write(
        _ scale: Value, _ call: ResourceCall, _ current: StoredObject, _ paths: ResourceDefinition.ScalePaths,
        _ options: RequestOptions
    ) throws(APIStatus) -> SandboxResponse {
        let replicas = scale[path: "spec", "replicas"]?.integer ?? 0
        if replicas < 0 { throw refusal(of: replicas, call.resource, current, paths) }
        let settings = WriteSettings(
            manager: options.fieldManager, subresource: version.recordsSubresources ? "scale" : "",
            isDryRun: options.isDryRun)
        let codec = codec
        let stored = try replace(current, as: call.resource, settings) { old throws(APIStatus) in
            var value = old.value
            value.change(at: paths.replicas) { $0 = .integer(Int64(replicas)) }
            if let version = scale[path: "metadata", "resourceVersion"] {
                value["metadata"]?["resourceVersion"] = version
            }
            // Before 1.22 nobody comes to own what was scaled (KEP-555).
            guard codec.version.recordsSubresources else { return value }
            return try codec.updated(value, from: old.value, call.resource, settings)
        }
        return scaleResponse(stored.object, paths)
    }

    private func refusal(
        of replicas: Int, _ resource: ResourceDefinition, _ current: StoredObject,
        _ paths: ResourceDefinition.ScalePaths
    ) -> APIStatus {
        let name = current.object.name
        guard resource.isCustom else {
            let error = FieldError(
                .invalid, "spec.replicas", "Invalid value: \(replicas): must be greater than or equal to 0")
            return .invalid(Self.scale.kind, name, [error])
        }
        let old = Conversion.converted(current.object, to: resource).value
        var value = old
        value.change(at: paths.replicas) { $0 = .integer(Int64(replicas)) }
        let errors = Validation.check(value, old: old, of: resource, subresource: "", registry: registry)
        return .invalid(resource.kind, name, errors)
    }

    private func scaleResponse(
        _ object: KubernetesObject, _ paths: ResourceDefinition.ScalePaths
    ) -> SandboxResponse {
        .json(Self.scaleValue(of: object, paths))
    }

    private static func replicas(of object: KubernetesObject, _ paths: ResourceDefinition.ScalePaths) -> Value? {
        object.value.value(at: FieldPath(paths.replicas.map(FieldPath.Element.field)))
    }

    private static func scaleValue(of object: KubernetesObject, _ paths: ResourceDefinition.ScalePaths) -> Value {
        var metadata: Value = [:]
        for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
            metadata[field] = object.metadata[field]
        }
        let replicas = replicas(of: object, paths)
        let current = object.value.value(at: FieldPath(paths.statusReplicas.map(FieldPath.Element.field)))
        var status: Value = ["replicas": current ?? 0]
        if let selector = paths.selector.flatMap({
            object.value.value(at: FieldPath($0.map(FieldPath.Element.field)))
        }) {
            status["selector"] = .string(selector.string ?? LabelSelector(selector)?.queryText ?? "")
        }
        return [
            "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata,
            "spec": replicas.map { $0 == 0 ? [:] : ["replicas": $0] } ?? [:], "status": status,
        ]
    }
}
