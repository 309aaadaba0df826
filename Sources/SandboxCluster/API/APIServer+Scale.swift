internal import Resources

/// The scale subresource (`autoscaling/v1` Scale).
extension APIServer {
    mutating func scale(_ call: ResourceCall, _ name: String) throws(APIStatus) -> SandboxResponse {
        guard let paths = call.resource.scale else { throw .unknownPath }
        let current = try found(call, name)
        switch call.request.method {
        case "GET", "HEAD": return scaleResponse(current.object, paths)
        case "PUT": return try putScale(call, current, paths)
        case "PATCH": return try patchScale(call, current, paths)
        default: throw .methodNotAllowed
        }
    }

    private mutating func putScale(
        _ call: ResourceCall, _ current: StoredObject, _ paths: ResourceDefinition.ScalePaths
    ) throws(APIStatus) -> SandboxResponse {
        let options = try options(call, .update)
        let scale = try BodyReader(request: call.request).object(call.resource)
        return try write(scale, call, current, paths, options)
    }

    private mutating func patchScale(
        _ call: ResourceCall, _ current: StoredObject, _ paths: ResourceDefinition.ScalePaths
    ) throws(APIStatus) -> SandboxResponse {
        let body = BodyReader(request: call.request)
        let options = try options(call, .patch, isApply: body.contentType == PatchType.apply.rawValue)
        let patch = try body.yaml(call.resource)
        let old = Self.scaleValue(of: current.object, paths)
        let new =
            switch PatchType(rawValue: body.contentType) {
            case .json: try Patch.json(patch, on: old)
            case .merge, .strategic, .apply: try Patch.merge(patch, on: old)
            case nil: throw .unsupportedMediaType(PatchType.allCases.map(\.rawValue))
            }
        return try write(new, call, current, paths, options)
    }

    private mutating func write(
        _ scale: Value, _ call: ResourceCall, _ current: StoredObject, _ paths: ResourceDefinition.ScalePaths,
        _ options: RequestOptions
    ) throws(APIStatus) -> SandboxResponse {
        let replicas = scale[path: "spec", "replicas"]?.integer ?? 0
        if replicas < 0 {
            throw .invalid(
                GroupVersionKind(apiVersion: "autoscaling/v1", kind: "Scale"), current.object.name,
                [
                    FieldError(
                        .invalid, "spec.replicas",
                        "Invalid value: \(replicas): must be greater than or equal to 0")
                ])
        }
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

    private func scaleResponse(
        _ object: KubernetesObject, _ paths: ResourceDefinition.ScalePaths
    ) -> SandboxResponse {
        .json(Self.scaleValue(of: object, paths))
    }

    private static func scaleValue(of object: KubernetesObject, _ paths: ResourceDefinition.ScalePaths) -> Value {
        var metadata: Value = [:]
        for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
            metadata[field] = object.metadata[field]
        }
        let replicas = object.value.value(at: FieldPath(paths.replicas.map(FieldPath.Element.field)))
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
