internal import FoundationEssentials
internal import Resources

/// When and in which version of Kubernetes a request is answered.
struct Now: Sendable {
    let date: Date
    let version: KubernetesVersion
}

extension APIServer {
    /// Carries out a request.
    mutating func answer(_ request: SandboxRequest) -> Answer {
        let target = RequestTarget(request.path)
        do {
            return try route(request, target)
        } catch {
            let media = try? MediaTypes(accept: request.header("Accept"))
            return .response(.status(error, asYAML: media?.isYAML ?? false))
        }
    }

    private mutating func route(_ request: SandboxRequest, _ target: RequestTarget) throws(APIStatus) -> Answer {
        if case .objects(let path) = target.route { return try objects(request, target, path) }
        guard request.method == "GET" || request.method == "HEAD" else {
            throw target.route == .unknown ? .unknownPath : .methodNotAllowed
        }
        return .response(try document(request, target))
    }

    private func document(_ request: SandboxRequest, _ target: RequestTarget) throws(APIStatus) -> SandboxResponse {
        let accept = request.header("Accept") ?? ""
        let value: Value?
        switch target.route {
        case .health:
            return SandboxResponse(
                status: 200, headers: [("Content-Type", "text/plain; charset=utf-8")],
                body: .bytes(Array("ok".utf8)))
        case .version: value = versionDocument
        case .coreVersions:
            if let aggregated = aggregated(core: true, accept) { return aggregated }
            value = DiscoveryDocuments.apiVersions()
        case .groups:
            if let aggregated = aggregated(core: false, accept) { return aggregated }
            value = DiscoveryDocuments.groups(resources)
        case .group(let name):
            value = DiscoveryDocuments.group(name, resources)
            if value == nil, !hasOwnGroup(name) { return .pageNotFound }
        case .resources(let group, let version):
            value = DiscoveryDocuments.resourceList(
                group: group, version: version, resources, serving: self.version)
            if value == nil, !hasOwnGroup(group) { return .pageNotFound }
        case .openAPIv2, .openAPIIndex, .openAPIv3: return try openAPI(target, accept: accept)
        case .objects, .unknown: value = nil
        }
        guard let value else { throw .unknownPath }
        return .json(value)
    }

    private func aggregated(core: Bool, _ accept: String) -> SandboxResponse? {
        guard version.aggregatesDiscovery, accept.contains("as=APIGroupDiscoveryList") else { return nil }
        // The client's first choice counts; v2 is the newer of the two.
        let form = accept.split(separator: ",").first { $0.contains("as=APIGroupDiscoveryList") } ?? ""
        let version = form.contains("v=v2beta1") ? "v2beta1" : "v2"
        let value = DiscoveryDocuments.aggregated(core: core, resources, version: version)
        let type = "application/json;g=apidiscovery.k8s.io;v=\(version);as=APIGroupDiscoveryList"
        return SandboxResponse(status: 200, headers: [("Content-Type", type)], body: .bytes(value.jsonBytes))
    }

    private var versionDocument: Value {
        [
            "major": "1", "minor": .string(String(version.minor)), "gitVersion": .string(version.gitVersion),
            "gitCommit": "", "gitTreeState": "", "buildDate": "", "goVersion": "", "compiler": "swiftc",
            "platform": "linux",
        ]
    }
}

// MARK: objects
extension APIServer {
    private mutating func objects(
        _ request: SandboxRequest, _ target: RequestTarget, _ path: RequestTarget.ResourcePath
    ) throws(APIStatus) -> Answer {
        guard let resource = resource(group: path.group, version: path.version, plural: path.plural),
            path.namespace == nil || resource.isNamespaced
        else {
            if hasOwnGroup(path.group) { throw .unknownPath }
            return .response(.pageNotFound)
        }
        let call = ResourceCall(request: request, target: target, path: path, resource: resource)
        if let subresource = path.subresource { return .response(try self.subresource(call, subresource)) }
        guard let name = path.name else { return try collection(call) }
        if resource.isNamespaced, path.namespace == nil { throw .unknownPath }
        return .response(try single(call, name))
    }

    /// Whether a group is one of Kubernetes' own. Where it isn't, no handler knows the path, and the server's last one
    /// answers without a `Status`.
    private func hasOwnGroup(_ group: String) -> Bool { registry.resources.contains { $0.kind.group == group } }

    private mutating func collection(_ call: ResourceCall) throws(APIStatus) -> Answer {
        if call.resource.isCustom, ["PUT", "PATCH"].contains(call.request.method) {
            throw .badRequest("name must be provided")
        }
        try call.checkVerb()
        switch call.request.method {
        case "GET", "HEAD":
            if call.isWatch { return .watch(try watch(call)) }
            return .response(try list(call))
        case "POST":
            if call.resource.isNamespaced, call.path.namespace == nil { throw .methodNotAllowed }
            return .response(try create(call))
        case "DELETE":
            if call.resource.isNamespaced, call.path.namespace == nil { throw .methodNotAllowed }
            return .response(try deleteCollection(call))
        default: throw .methodNotAllowed
        }
    }

    private mutating func single(_ call: ResourceCall, _ name: String) throws(APIStatus) -> SandboxResponse {
        // What can only be created has no paths of single objects.
        guard call.resource.verbs.contains(where: { ["get", "update", "patch", "delete"].contains($0) }) else {
            throw .unknownPath
        }
        if call.request.method != "POST" || call.resource.isCustom { try call.checkVerb() }
        switch call.request.method {
        case "GET", "HEAD":
            try ListQuery.check(call.query["resourceVersion"] ?? "", current: store.version)
            return try respond(200, try found(call, name), call)
        // The real server takes this for a creation, where the resource is a custom one.
        case "POST" where call.resource.isCustom: return try create(call)
        case "PUT": return try update(call, name)
        case "PATCH": return try patch(call, name)
        case "DELETE": return try delete(call, name)
        default: throw .methodNotAllowed
        }
    }

    func found(_ call: ResourceCall, _ name: String) throws(APIStatus) -> StoredObject {
        guard let stored = store[call.identity(name)] else { throw .notFound(call.resource, name) }
        return stored
    }

    func respond(
        _ status: Int, _ stored: StoredObject, _ call: ResourceCall, warnings: [String] = []
    ) throws(APIStatus) -> SandboxResponse {
        let representation = try call.representation()
        var headers = [("Content-Type", representation.contentType)]
        headers += warnings.map { ("Warning", "299 - \(Value.string($0).json)") }
        return SandboxResponse(
            status: status, headers: headers,
            body: .bytes(representation.body(of: stored, now: Now(date: now, version: version))))
    }
}

/// A request about objects of one resource.
struct ResourceCall: Sendable {
    let request: SandboxRequest
    let target: RequestTarget
    let path: RequestTarget.ResourcePath
    let resource: ResourceDefinition

    var query: [String: String] { target.query }
    var isWatch: Bool { ["true", "1"].contains(query["watch"] ?? "") || query["watch"] == "" }
    var agent: String { request.header("User-Agent") ?? "" }

    func identity(_ name: String) -> ObjectIdentity {
        ObjectIdentity(groupKind: resource.kind.groupKind, namespace: path.namespace ?? "", name: name)
    }

    /// - Parameter isList: whether the answer is one.
    func representation(isList: Bool = false) throws(APIStatus) -> Representation {
        let media = try MediaTypes(accept: request.header("Accept"), isRouted: !resource.isCustom)
        if media.shape == .metadata, media.isListOfMetadata != isList {
            let type = resource.goType + (isList ? "List" : "")
            throw .notAcceptable(
                media.isListOfMetadata
                    ? "you requested PartialObjectMetadataList, but the requested object is not a list (*\(type))"
                    : "you requested PartialObjectMetadata, but the requested object is a list (*\(type))")
        }
        let included = query["includeObject"] ?? ""
        guard media.shape != .table || ["", "Metadata", "Object", "None"].contains(included) else {
            throw .badRequest(
                "Unable to convert to Table as requested: includeObject: Invalid value: \(Value.string(included).json): "
                    + "must be 'Metadata', 'Object', 'None', or empty")
        }
        return Representation(
            media: media, resource: resource, includeObject: included.isEmpty ? "Metadata" : included)
    }

    /// - Throws: Where the resource doesn't have what the method asks for.
    func checkVerb() throws(APIStatus) {
        let verb =
            switch request.method {
            case "GET", "HEAD": path.name != nil ? "get" : isWatch ? "watch" : "list"
            case "POST": "create"
            case "PUT": "update"
            case "PATCH": "patch"
            case "DELETE": path.name != nil ? "delete" : "deletecollection"
            default: ""
            }
        if !resource.verbs.contains(verb) { throw .methodNotAllowed }
    }
}
