internal import Resources

extension APIServer {
    /// The kinds of patches, by their media types.
    enum PatchType: String, CaseIterable {
        case json = "application/json-patch+json"
        case merge = "application/merge-patch+json"
        case strategic = "application/strategic-merge-patch+json"
        case apply = "application/apply-patch+yaml"
    }

    mutating func patch(_ call: ResourceCall, _ name: String, subresource: String = "") throws(APIStatus)
        -> SandboxResponse
    {
        let body = BodyReader(request: call.request)
        let offered = PatchType.allCases.filter { $0 != .strategic || !call.resource.isCustom }
        guard let type = PatchType(rawValue: body.contentType), offered.contains(type) else {
            throw call.resource.isCustom ? .unsupportedMediaType(offered.map(\.rawValue)) : .unknownPatchType
        }
        let options = try options(call, .patch, isApply: type == .apply)
        let settings = WriteSettings(
            manager: options.fieldManager, subresource: subresource, isDryRun: options.isDryRun)
        if type == .apply { return try apply(call, name, options, settings) }
        guard let current = store[call.identity(name)] else { throw .notFound(call.resource, name) }
        let patch = try patchDocument(call, type)
        var warnings: [String] = []
        let codec = codec
        let version = version
        let stored = try replace(current, as: call.resource, settings) { old throws(APIStatus) in
            let patched = try codec.patched(old.value, patch, type, call.resource)
            let decoded = try codec.result(patched, call.resource, options.fieldValidation)
            warnings = decoded.warnings
            var value = decoded.value
            try Self.checkName(value, call, name, version)
            value["metadata"]?["namespace"] = old.metadata["namespace"]
            return try codec.updated(value, from: old.value, call.resource, settings)
        }
        return try respond(200, stored, call, warnings: warnings)
    }

    func patchDocument(_ call: ResourceCall, _ type: PatchType) throws(APIStatus) -> Value {
        if let value = try? Value(json: call.request.body) { return value }
        if type == .merge { throw .mergeFailure("Invalid JSON Patch") }
        throw .badRequest(GoJSONSyntax.reason(against: call.request.body) ?? "unexpected end of JSON input")
    }

    /// Server-side apply (KEP-555); creates what doesn't exist.
    private mutating func apply(
        _ call: ResourceCall, _ name: String, _ options: RequestOptions, _ settings: WriteSettings
    ) throws(APIStatus) -> SandboxResponse {
        var applied = try BodyReader(request: call.request).yaml()
        try checkApplied(&applied, call, name)
        var warnings: [String] = []
        if options.fieldValidation != .ignore {
            warnings = Validation.unknownFields(of: applied, type: call.resource.type, registry: registry)
        }
        let codec = codec
        let configuration = applied
        let merged = { (live: Value?) throws(APIStatus) -> Value in
            let merged = try codec.merge(call.resource).apply(
                configuration, to: live, manager: settings.manager, force: options.force,
                subresource: settings.subresource, time: codec.time)
            if merged == live { return merged }
            return try codec.merged(merged, call.resource)
        }
        if let current = store[call.identity(name)] {
            let stored = try replace(current, as: call.resource, settings) { old throws(APIStatus) in
                try merged(old.value)
            }
            return try respond(200, stored, call, warnings: warnings)
        }
        guard settings.subresource.isEmpty else { throw .notFound(call.resource, name) }
        if let uid = applied[path: "metadata", "uid"]?.string, !uid.isEmpty {
            throw .conflict(
                call.resource, name,
                "uid mismatch: the provided object specified uid \(uid), and no existing object was found")
        }
        let stored = try insert(try merged(nil), as: call.resource, settings, isApplied: true)
        return try respond(201, stored, call, warnings: warnings)
    }

    private func checkApplied(
        _ applied: inout Value, _ call: ResourceCall, _ name: String
    ) throws(APIStatus) {
        let found = GroupVersionKind(
            apiVersion: applied["apiVersion"]?.string ?? "", kind: applied["kind"]?.string ?? "")
        guard applied.object != nil else {
            throw .badRequest(
                "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
                    + "\(applied.typeName) into Go value of type map[string]interface {}")
        }
        guard found == call.resource.kind else {
            throw .badRequest(
                "Incorrect version specified in apply patch. Specified patch version: \(found.apiVersion), expected: "
                    + call.resource.kind.apiVersion)
        }
        // An object that is there has a name already.
        if applied[path: "metadata", "name"]?.string ?? "" == "", store[call.identity(name)] != nil {
            var metadata = applied["metadata"]?.object ?? [:]
            metadata["name"] = .string(name)
            applied["metadata"] = .object(metadata)
        }
        try Self.checkName(applied, call, name, version)
        placeInNamespace(&applied, call)
    }
}

extension ObjectCodec {
    func patched(
        _ old: Value, _ patch: Value, _ type: APIServer.PatchType, _ resource: ResourceDefinition
    ) throws(APIStatus) -> Value {
        switch type {
        case .json: try Patch.json(patch, on: old, version: version)
        case .merge: try Patch.merge(patch, on: old)
        case .strategic, .apply:
            try Patch.strategic(patch, on: old, type: resource.type, registry: registry, version: version)
        }
    }

    /// What a patch made of an object; where that is none, the patch is to blame.
    func result(
        _ patched: Value, _ resource: ResourceDefinition, _ validation: RequestOptions.FieldValidation
    ) throws(APIStatus) -> (value: Value, warnings: [String]) {
        let refusal = { [patched] (why: String) -> APIStatus in
            let text = Value.string(patched.json).json
            let fault = FieldError(.invalid, "patch", "Invalid value: \(text): \(why)")
            return .invalid(GroupVersionKind(group: "", version: "", kind: ""), "", [fault])
        }
        if let reason = BodyReader.reason(against: patched) { throw refusal(reason) }
        var patched = patched
        if patched["kind"]?.string ?? "" == "" { patched["kind"] = .string(resource.kind.kind) }
        if patched["apiVersion"]?.string ?? "" == "" { patched["apiVersion"] = .string(resource.kind.apiVersion) }
        let kind = KubernetesObject(patched).groupVersionKind
        if kind != resource.kind {
            throw refusal(
                "no kind \"\(kind.kind)\" is registered for version \"\(kind.apiVersion)\" in scheme "
                    + "\"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\"")
        }
        do {
            return try completed(patched, resource, validation)
        } catch {
            guard error.code == 400, let range = error.message.firstRange(of: "\(resource.kind.kind): "),
                !error.message.contains("strict decoding error")
            else { throw error }
            throw refusal(String(error.message[range.upperBound...]))
        }
    }
}
