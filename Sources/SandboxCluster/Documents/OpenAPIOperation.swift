package import Resources

/// What can be done at a path of the API.
struct OpenAPIOperation: Sendable {
    /// `delete`, `get`, `patch`, `post`, `put`.
    let method: String
    /// `x-kubernetes-action`.
    let action: String
    let kind: GroupVersionKind
    /// The types of what is sent and answered, by name; nil where they are no objects.
    let body: String?
    let response: String?
    let isCustom: Bool

    /// The names of the parameters of the query.
    func parameters(_ version: KubernetesVersion) -> [String] {
        let writing =
            version.validatesFields ? ["dryRun", "fieldManager", "fieldValidation"] : ["dryRun", "fieldManager"]
        switch action {
        case "list": return Self.list
        case "delete": return Self.delete
        case "deletecollection": return (Self.list + Self.delete).filter { $0 != "watch" }.sorted()
        case "post", "put": return writing
        case "patch": return writing + ["force"]
        default: return []
        }
    }

    private static let list = [
        "allowWatchBookmarks", "continue", "fieldSelector", "labelSelector", "limit", "resourceVersion",
        "resourceVersionMatch", "sendInitialEvents", "timeoutSeconds", "watch",
    ]
    private static let delete = ["dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy"]

    static func type(ofParameter name: String) -> Value {
        switch name {
        case "allowWatchBookmarks", "force", "orphanDependents", "sendInitialEvents", "watch": "boolean"
        case "gracePeriodSeconds", "limit", "timeoutSeconds": "integer"
        default: "string"
        }
    }

    /// What may be sent as body.
    var mediaTypes: [String] {
        guard action == "patch" else { return ["application/json"] }
        return ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"]
            + (isCustom ? [] : ["application/strategic-merge-patch+json"])
    }
}

extension ResourceDefinition {
    /// The paths of the resource with what can be done there.
    func operations(_ registry: SchemaRegistry) -> [String: [OpenAPIOperation]] {
        let root = kind.group.isEmpty ? "/api/\(kind.version)" : "/apis/\(kind.group)/\(kind.version)"
        let collection = isNamespaced ? "\(root)/namespaces/{namespace}/\(plural)" : "\(root)/\(plural)"
        let type = openAPIName
        var paths: [String: [OpenAPIOperation]] = [:]
        func add(_ verb: String, at path: String, _ kind: GroupVersionKind, _ type: String?) {
            guard let (method, action) = Self.methods[verb] else { return }
            let operation = OpenAPIOperation(
                method: method, action: action, kind: kind, body: Self.body(action, type),
                response: Self.response(action, type), isCustom: isCustom)
            paths[path, default: []].append(operation)
        }
        for verb in verbs {
            let isOfCollection = ["create", "deletecollection", "list"].contains(verb)
            add(verb, at: isOfCollection ? collection : "\(collection)/{name}", kind, type)
        }
        if isNamespaced, verbs.contains("list") { add("list", at: "\(root)/\(plural)", kind, type) }
        for subresource in allSubresources {
            let isOwn = subresource.kind == kind
            let name = isOwn ? type : registry.typeName(of: subresource.kind)
            for verb in subresource.verbs {
                add(verb, at: "\(collection)/{name}/\(subresource.name)", subresource.kind, name)
            }
        }
        return paths
    }

    private static let methods: [String: (method: String, action: String)] = [
        "create": ("post", "post"), "delete": ("delete", "delete"), "deletecollection": ("delete", "deletecollection"),
        "get": ("get", "get"), "list": ("get", "list"), "patch": ("patch", "patch"), "update": ("put", "put"),
    ]

    private static func body(_ action: String, _ type: String?) -> String? {
        switch action {
        case "post", "put": type
        case "patch": OpenAPIDocuments.patchType
        case "delete", "deletecollection": OpenAPIDocuments.deleteOptionsType
        default: nil
        }
    }

    private static func response(_ action: String, _ type: String?) -> String? {
        switch action {
        case "list": type.map { $0 + "List" }
        case "delete", "deletecollection": OpenAPIDocuments.statusType
        default: type
        }
    }

    /// The name of the type in OpenAPI documents: `com.example.v1.Widget` of `example.com/v1 Widget`.
    var openAPIName: String {
        if case .reference(let name) = type.shape { return name }
        let group = kind.group.split(separator: ".").reversed().joined(separator: ".")
        return "\(group).\(kind.version).\(kind.kind)"
    }
}

extension SchemaRegistry {
    /// The name of the type of a built-in kind, also of those that only subresources have (`Scale`, `Eviction`,
    /// `TokenRequest`); nil where there is none.
    package func typeName(of kind: GroupVersionKind) -> String? {
        let group = kind.group.isEmpty ? "core" : kind.group.split(separator: ".").first.map(String.init) ?? ""
        let name = "io.k8s.api.\(group).\(kind.version).\(kind.kind)"
        return types[name] == nil ? nil : name
    }
}
