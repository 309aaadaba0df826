package import Resources

/// What is known of kinds' fields, from a server's OpenAPI document and from CustomResourceDefinitions.
package struct SchemaDocument: Sendable {
    private var definitions: [String: SchemaNode] = [:]
    private var kinds: [GroupVersionKind: SchemaNode] = [:]

    /// Knows no kind.
    package init() {}

    /// Reads a document of OpenAPI v2 (`/openapi/v2`) or v3 (`/openapi/v3/apis/GROUP/VERSION`).
    /// - Throws: a diagnostic where it is neither, or has no schemas.
    package init(openAPI document: Value) throws(Diagnostic) {
        let parser = SchemaParser()
        for (name, schema) in try Self.schemas(in: document) {
            let node = parser.node(schema, named: name)
            definitions[name] = node
            for entry in schema["x-kubernetes-group-version-kind"]?.array ?? [] {
                guard let group = entry["group"]?.string, let version = entry["version"]?.string,
                    let kind = entry["kind"]?.string
                else { continue }
                kinds[GroupVersionKind(group: group, version: version, kind: kind)] = node
            }
        }
    }

    /// Adds the kinds that the objects among `objects` define that are CustomResourceDefinitions.
    package mutating func add(definitionsAmong objects: some Sequence<KubernetesObject>) {
        for object in objects where object.groupVersionKind.groupKind == CustomResourceSchemas.kind {
            kinds.merge(CustomResourceSchemas.nodes(of: object)) { _, new in new }
        }
    }

    /// Adds what another document knows, such as that of another group's OpenAPI v3 document.
    package mutating func merge(_ other: SchemaDocument) {
        definitions.merge(other.definitions) { _, new in new }
        kinds.merge(other.kinds) { _, new in new }
    }

    package var knownKinds: Set<GroupVersionKind> { Set(kinds.keys) }

    /// What the schema of the manifest's kind says against it.
    package func validate(_ manifest: Manifest) -> SchemaVerdict {
        let kind = manifest.object.groupVersionKind
        guard let node = kinds[kind] else { return .unknownKind(suggestions: suggestions(for: kind)) }
        var validator = SchemaValidator(manifest: manifest, definitions: definitions)
        validator.check(manifest.object.value, against: node, at: .root)
        return .checked(validator.problems.inOrder)
    }

    /// How the elements of the list at a path are told apart; nil where the schema knows no list there.
    package func listKind(at path: FieldPath, in kind: GroupVersionKind) -> ListKind? {
        guard var node = kinds[kind] else { return nil }
        for element in path.elements {
            let current = node.resolved(in: definitions)
            let next: SchemaNode? =
                switch element {
                case .field(let name): current.properties[name] ?? current.additional
                case .index, .key, .value: current.items
                }
            guard let next else { return nil }
            node = next
        }
        return node.resolved(in: definitions).listKind
    }

    private func suggestions(for kind: GroupVersionKind) -> [String] {
        let otherVersions = kinds.keys.filter { $0.groupKind == kind.groupKind }
        let otherGroups = kinds.keys.filter { $0.kind == kind.kind }
        let candidates = otherVersions.isEmpty ? otherGroups : otherVersions
        if !candidates.isEmpty { return candidates.map(\.description).sorted() }
        guard let nearest = Spelling.nearest(to: kind.kind, in: Set(kinds.keys.map(\.kind))) else { return [] }
        let near = kinds.keys.filter { $0.kind == nearest }
        let sameGroup = near.filter { $0.group == kind.group }
        return (sameGroup.isEmpty ? near : sameGroup).map(\.description).sorted()
    }

    private static func schemas(in document: Value) throws(Diagnostic) -> [String: Value] {
        let isVersion3 = document["openapi"]?.string?.hasPrefix("3.") == true
        if document["swagger"] == "2.0", let definitions = document["definitions"]?.object { return definitions }
        if isVersion3, let schemas = document[path: "components", "schemas"]?.object { return schemas }
        throw Diagnostic(
            code: "not-openapi",
            document["paths"] != nil && !isVersion3
                ? "this is the index of OpenAPI v3 documents, which has no schemas itself"
                : "this is no OpenAPI document of version 2 or 3 with schemas",
            hint: "save one with: kubectl get --raw /openapi/v2 > FILE"
        )
    }
}

/// What a schema says of a manifest.
package enum SchemaVerdict: Hashable, Sendable {
    /// The schema does not know the kind; perhaps one of these (`apps/v1 Deployment`) was meant.
    case unknownKind(suggestions: [String])
    /// The problems in the order of lines; none where the manifest is valid.
    case checked([Diagnostic])
}

extension SchemaNode {
    /// The definition that stands here, or the node itself; anything where the reference leads nowhere.
    func resolved(in definitions: [String: SchemaNode]) -> SchemaNode {
        var node = self
        for _ in 0..<16 {
            guard let reference = node.reference else { return node }
            node = definitions[reference] ?? .anything
        }
        return .anything
    }
}
