internal import Resources

/// What a strategic merge patch goes by at one place of an object (`LookupPatchMeta`).
struct PatchType {
    let type: SchemaType
    let registry: SchemaRegistry
    /// The name of the Go type.
    let name: String

    init(_ type: SchemaType, _ registry: SchemaRegistry) {
        if case .reference(let path) = type.shape {
            name = path.split(separator: ".").last.map(String.init) ?? path
        } else {
            name = ""
        }
        self.type = registry.resolved(type)
        self.registry = registry
    }

    /// How a field is patched.
    struct Field {
        let type: PatchType
        let strategy: String
        let mergeKey: String
    }

    /// The field that holds an object.
    func structure(_ key: String) throws(APIStatus) -> Field {
        guard case .structure(let structure) = type.shape else {
            throw .mergeFailure("merging an object in json but data type is not struct, instead is: \(goKind)")
        }
        guard let field = structure.fields[key] else {
            throw .mergeFailure("unable to find api field in struct \(name) for the json field \(GoSyntax.quoted(key))")
        }
        let strategies = field.patchStrategies.filter { $0 != "retainKeys" }
        return Field(
            type: PatchType(field.type, registry), strategy: strategies.first ?? "",
            mergeKey: field.patchMergeKey ?? "")
    }

    /// The field that holds a list, with the type of its items.
    func list(_ key: String) throws(APIStatus) -> Field {
        let field = try structure(key)
        guard case .list(let item, _) = field.type.type.shape else {
            throw .mergeFailure("expected slice or array type, but got: \(goKind)")
        }
        return Field(type: PatchType(item, registry), strategy: field.strategy, mergeKey: field.mergeKey)
    }

    /// `reflect.Kind` of the type.
    var goKind: String {
        switch type.shape {
        case .structure: "struct"
        case .map: "map"
        case .list: "slice"
        case .scalar(.boolean): "bool"
        case .scalar(let scalar) where scalar == .int32 || scalar == .int64: scalar.rawValue
        case .scalar(.quantity), .scalar(.time), .scalar(.microTime), .scalar(.intOrString): "struct"
        case .scalar: "string"
        case .untyped, .reference: "interface"
        }
    }
}
