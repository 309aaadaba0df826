internal import Resources

/// A node of a structural schema as validation sees it: a type with its constraints, or a schema inside of `anyOf` and the
/// like, which has no type of its own.
struct SchemaView: Sendable {
    private enum Source: Sendable {
        case type(SchemaType)
        case document(Value)
    }

    private let source: Source
    /// Whether null is a value, as far as what contains this node tells.
    private let isNullableField: Bool
    private let registry: SchemaRegistry

    init(_ type: SchemaType, isNullable: Bool = false, _ registry: SchemaRegistry) {
        source = .type(type)
        isNullableField = isNullable
        self.registry = registry
    }

    init(document: Value, _ registry: SchemaRegistry) {
        source = .document(document)
        isNullableField = false
        self.registry = registry
    }

    /// A keyword that restricts values: `pattern`, `maximum`.
    func keyword(_ name: String) -> Value? {
        switch source {
        case .type(let type): type.constraints?[name]
        case .document(let schema): schema[name]
        }
    }

    var isNullable: Bool { isNullableField || keyword("nullable") == true }

    /// The names of the types that a value may have; empty where it may have any.
    var types: [String] {
        switch source {
        case .document(let schema):
            if schema["x-kubernetes-int-or-string"] == true { return ["integer", "string"] }
            return schema["type"]?.string.map { [$0] } ?? []
        case .type(let type): return Self.types(of: type.shape)
        }
    }

    private static func types(of shape: SchemaType.Shape) -> [String] {
        switch shape {
        case .scalar(.string), .scalar(.bytes), .scalar(.time), .scalar(.microTime): ["string"]
        case .scalar(.boolean): ["boolean"]
        case .scalar(.int32), .scalar(.int64): ["integer"]
        case .scalar(.double): ["number"]
        case .scalar(.intOrString): ["integer", "string"]
        case .scalar(.quantity), .untyped: []
        case .list: ["array"]
        case .map, .structure: ["object"]
        // Metadata, which is checked by itself.
        case .reference: ["object"]
        }
    }

    /// The schemas of fields, by name.
    func property(_ name: String) -> SchemaView? {
        switch source {
        case .document(let schema):
            return schema["properties"]?[name].map { SchemaView(document: $0, registry) }
        case .type(let type):
            if case .structure(let structure) = type.shape, let field = structure.fields[name] {
                return SchemaView(field.type, isNullable: field.isNullable, registry)
            }
            return type.constraints?["properties"]?[name].map { SchemaView(document: $0, registry) }
        }
    }

    /// The schema of the values of a map.
    var additional: SchemaView? {
        switch source {
        case .document(let schema):
            guard let values = schema["additionalProperties"], values.object != nil else { return nil }
            return SchemaView(document: values, registry)
        case .type(let type):
            guard case .map(let values, _) = type.shape else { return nil }
            return SchemaView(values, registry)
        }
    }

    var items: SchemaView? {
        switch source {
        case .document(let schema): return schema["items"].map { SchemaView(document: $0, registry) }
        case .type(let type):
            guard case .list(let element, _) = type.shape else { return nil }
            return SchemaView(element, registry)
        }
    }

    var required: [String] {
        switch source {
        case .document(let schema): return (schema["required"]?.array ?? []).compactMap(\.string)
        case .type(let type):
            // The order of the schema, where it is known.
            if let names = type.constraints?["required"]?.array { return names.compactMap(\.string) }
            guard case .structure(let structure) = type.shape else { return [] }
            return structure.required.sorted()
        }
    }

    /// The schemas of `anyOf`, `oneOf` or `allOf`.
    func branches(_ name: String) -> [SchemaView] {
        (keyword(name)?.array ?? []).map { SchemaView(document: $0, registry) }
    }

    var excluded: SchemaView? { keyword("not").map { SchemaView(document: $0, registry) } }
}
