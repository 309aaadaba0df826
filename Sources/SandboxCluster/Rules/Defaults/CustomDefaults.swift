import Resources

/// The defaults of a structural schema.
struct CustomDefaults {
    let registry: SchemaRegistry
    /// Whether nulls stay where no default takes their place, for validation to find: so it is with what is applied.
    var keepsNulls = false

    func apply(_ type: SchemaType, to value: inout Value) {
        switch registry.resolved(type).shape {
        case .structure(let structure): value.editFields { apply(structure, to: &$0) }
        case .map(let element, _):
            value.editFields { fields in
                if !keepsNulls { fields.removeNulls() }
                for place in fields.indices { apply(element, to: &fields.values[place]) }
            }
        case .list(let element, _): value.editElements { apply(element, to: &$0) }
        case .reference, .scalar, .untyped: break
        }
    }

    private func apply(_ structure: SchemaType.Structure, to fields: inout [String: Value]) {
        for (name, field) in structure.fields {
            let isNull = fields[name].map { $0.isNull && !field.isNullable } ?? true
            if isNull, !keepsNulls || field.defaultValue != nil { fields[name] = field.defaultValue }
            if let place = fields.index(forKey: name) { apply(field.type, to: &fields.values[place]) }
        }
    }
}
