internal import Resources

extension APIServer {
    mutating func create(_ call: ResourceCall) throws(APIStatus) -> SandboxResponse {
        let options = try options(call, .create)
        let raw = try BodyReader(request: call.request).object(call.resource)
        if let review = try Review.answer(raw.value, call.resource) {
            return .json(review, status: 201)
        }
        var (value, warnings) = try codec.decoded(raw, call.resource, options.fieldValidation)
        if let own = value[path: "metadata", "namespace"]?.string, let expected = call.path.namespace,
            !own.isEmpty, own != expected
        {
            throw .otherNamespace
        }
        placeInNamespace(&value, call)
        let settings = WriteSettings(manager: options.fieldManager, isDryRun: options.isDryRun)
        let stored = try insert(value, as: call.resource, settings)
        return try respond(201, stored, call, warnings: warnings)
    }

    mutating func update(_ call: ResourceCall, _ name: String, subresource: String = "") throws(APIStatus)
        -> SandboxResponse
    {
        let options = try options(call, .update)
        let raw = try BodyReader(request: call.request).object(call.resource)
        var (value, warnings) = try codec.decoded(raw, call.resource, options.fieldValidation)
        try Self.checkName(value, call, name, version)
        placeInNamespace(&value, call)
        let settings = WriteSettings(
            manager: options.fieldManager, subresource: subresource, isDryRun: options.isDryRun, isUpdate: true)
        guard let current = store[call.identity(name)] else {
            guard subresource.isEmpty, UpdateRules.createsOnUpdate(call.resource) else {
                throw .notFound(call.resource, name)
            }
            return try respond(201, try insert(value, as: call.resource, settings), call, warnings: warnings)
        }
        let (codec, new) = (codec, value)
        let stored = try replace(current, as: call.resource, settings) { old throws(APIStatus) in
            try codec.updated(new, from: old.value, call.resource, settings)
        }
        return try respond(200, stored, call, warnings: warnings)
    }

    func options(_ call: ResourceCall, _ kind: RequestOptions.Kind, isApply: Bool = false) throws(APIStatus)
        -> RequestOptions
    {
        try RequestOptions(call.target, kind: kind, agent: call.agent, isApply: isApply, version: version)
    }

    func placeInNamespace(_ value: inout Value, _ call: ResourceCall) {
        guard let namespace = call.path.namespace else { return }
        var metadata = value["metadata"] ?? [:]
        metadata["namespace"] = .string(namespace)
        value["metadata"] = metadata
    }

    /// - Throws: Where an object is none of the path's name and namespace
    ///   (`checkName` in k8s.io/apiserver/pkg/endpoints/handlers/rest.go).
    static func checkName(
        _ value: Value, _ call: ResourceCall, _ name: String, _ version: KubernetesVersion
    ) throws(APIStatus) {
        let own = value[path: "metadata", "name"]?.string ?? ""
        if own.isEmpty {
            throw .badRequest(
                "the name of the object (\(name) based on URL) was undeterminable: name must be provided")
        }
        if own != name {
            throw .badRequest("the name of the object (\(own)) does not match the name on the URL (\(name))")
        }
        let namespace = value[path: "metadata", "namespace"]?.string ?? ""
        guard let expected = call.path.namespace, !namespace.isEmpty, namespace != expected else { return }
        if version.minor >= 22, call.request.method == "PUT" { throw .otherNamespace }
        throw .badRequest(
            "the namespace of the object (\(namespace)) does not match the namespace on the request (\(expected))")
    }
}
