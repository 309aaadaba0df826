package import Resources

extension Validation {
    /// The fields of an object that its type does not have, in the words of strict decoding: `unknown field "spec.foo"`.
    ///
    /// They are in the order of the fields' names. Fields that a text has twice are gone when it has become a value: who
    /// reads the text has to tell of them.
    package static func unknownFields(of object: Value, type: SchemaType, registry: SchemaRegistry) -> [String] {
        var search = UnknownFieldSearch(registry: registry)
        search.visit(object, type, at: "")
        return search.paths.map { "unknown field \(GoSyntax.quoted($0))" }
    }
}

private struct UnknownFieldSearch {
    let registry: SchemaRegistry
    var paths: [String] = []

    mutating func visit(_ value: Value, _ type: SchemaType, at path: String) {
        let resolved = registry.resolved(type)
        switch (resolved.shape, value) {
        case (.structure(let structure), .object(let fields)):
            // The type of a custom resource's embedded objects does not name what every object has.
            let isEmbedded = type.constraints?["x-kubernetes-embedded-resource"] == true
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                let place = path.isEmpty ? name : "\(path).\(name)"
                if let field = structure.fields[name] {
                    visit(value, field.type, at: place)
                } else if !structure.keepsUnknownFields,
                    !(isEmbedded && ["apiVersion", "kind", "metadata"].contains(name))
                {
                    paths.append(place)
                }
            }
        case (.map(let element, _), .object(let fields)):
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                visit(value, element, at: "\(path).\(name)")
            }
        case (.list(let element, _), .array(let elements)):
            for (index, value) in elements.enumerated() { visit(value, element, at: "\(path)[\(index)]") }
        default: break
        }
    }
}
