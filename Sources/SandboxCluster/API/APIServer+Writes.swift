internal import Resources

extension APIServer {
    mutating func create(_ call: ResourceCall) throws(APIStatus) -> SandboxResponse {
        let options = try options(call, .create)
        let raw = try BodyReader(request: call.request).object(call.resource)
        if let review = try Review.answer(raw, call.resource) {
            return .json(review, status: 201)
        }
        var (value, warnings) = try codec.decoded(raw, call.resource, options.fieldValidation)
        try placeInNamespace(&value, call)
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
        try placeInNamespace(&value, call)
        try Self.checkName(value, name)
        let settings = WriteSettings(
            manager: options.fieldManager, subresource: subresource, isDryRun: options.isDryRun)
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

    func placeInNamespace(_ value: inout Value, _ call: ResourceCall) throws(APIStatus) {
        guard let namespace = call.path.namespace else { return }
        let own = value[path: "metadata", "namespace"]?.string ?? ""
        if !own.isEmpty, own != namespace {
            throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
        }
        var metadata = value["metadata"] ?? [:]
        metadata["namespace"] = .string(namespace)
        value["metadata"] = metadata
    }

    static func checkName(_ value: Value, _ name: String) throws(APIStatus) {
        let own = value[path: "metadata", "name"]?.string ?? ""
        if own == name { return }
        if own.isEmpty { throw .badRequest("the name of the object must be specified") }
        throw .badRequest("the name of the object (\(own)) does not match the name on the URL (\(name))")
    }
}
