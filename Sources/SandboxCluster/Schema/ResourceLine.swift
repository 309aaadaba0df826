internal import Resources

/// A resource as a line of the schema's text, and the indented ones below it, tell it.
struct ResourceLine {
    let apiVersion: String
    let plural: String
    /// The full name of its type.
    let type: String
    private var isNamespaced = false
    private var hasStatus = false
    private var hasScale = false
    private var shortNames: [String] = []
    private var categories: [String] = []
    private var verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
    private var subresources: [ResourceDefinition.Subresource] = []

    init(apiVersion: String, plural: String, type: String) {
        self.apiVersion = apiVersion
        self.plural = plural
        self.type = type
    }

    /// Returns whether all of them are known.
    mutating func addOptions(_ options: some Sequence<String>) -> Bool {
        for option in options {
            let parts = option.split(separator: "=", maxSplits: 1)
            let values = parts.count == 2 ? parts[1].split(separator: ",").map(String.init) : []
            switch parts.first {
            case "namespaced": isNamespaced = true
            case "status": hasStatus = true
            case "scale": hasScale = true
            case "short": shortNames = values
            case "categories": categories = values
            case "verbs": verbs = values
            default: return false
            }
        }
        return true
    }

    /// Returns whether the words are understood: `log v1/Pod get`.
    mutating func addSubresource(_ words: [String]) -> Bool {
        guard words.count == 3, let slash = words[1].lastIndex(of: "/") else { return false }
        let kind = String(words[1][words[1].index(after: slash)...])
        subresources.append(
            ResourceDefinition.Subresource(
                name: words[0],
                kind: GroupVersionKind(apiVersion: String(words[1][..<slash]), kind: kind),
                verbs: words[2].split(separator: ",").map(String.init)
            ))
        return true
    }

    var resource: ResourceDefinition {
        let kind = GroupVersionKind(
            apiVersion: apiVersion, kind: type.split(separator: ".").last.map(String.init) ?? "")
        return ResourceDefinition(
            kind: kind, plural: plural, singular: kind.kind.lowercased(), shortNames: shortNames,
            categories: categories, isNamespaced: isNamespaced, verbs: verbs, hasStatus: hasStatus,
            scale: hasScale ? Self.scale : nil, type: SchemaType(.reference(type)), subresources: subresources
        )
    }

    private static let scale = ResourceDefinition.ScalePaths(
        replicas: ["spec", "replicas"], statusReplicas: ["status", "replicas"], selector: ["spec", "selector"])
}
