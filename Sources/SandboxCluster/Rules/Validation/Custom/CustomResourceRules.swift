internal import Resources

/// Custom resources against their structural schemas. Rules in CEL (`x-kubernetes-validations`) are not looked at.
extension KindRules {
    static func custom(_ resource: ResourceDefinition, _ registry: SchemaRegistry) -> KindRules {
        let rules = CustomResourceRules(resource: resource, registry: registry)
        return KindRules(
            { rules.check($0, &$1) }, { rules.checkUpdate($0, old: $1, isStatus: false, &$2) },
            status: { rules.checkUpdate($0, old: $1, isStatus: true, &$2) })
    }
}

struct CustomResourceRules: Sendable {
    let resource: ResourceDefinition
    let registry: SchemaRegistry

    func check(_ object: Field, _ findings: inout Findings) {
        MetadataRules.check(
            object["metadata"], isNamespaced: resource.isNamespaced, name: Names.subdomain, &findings)
        checkSchema(object, &findings)
        checkScale(object, includesSpec: true, &findings)
        EmbeddedResourceRules.check(object, resource.type, &findings)
        ListTypeRules.check(object, resource.type, &findings)
    }

    func checkUpdate(_ new: Field, old: Field, isStatus: Bool, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        checkSchema(new, &findings)
        checkScale(new, includesSpec: !isStatus, &findings)
        EmbeddedResourceRules.check(new, resource.type, &findings)
        // Duplicates that were there before are put up with.
        var before = Findings()
        ListTypeRules.check(old, resource.type, &before)
        if before.isEmpty { ListTypeRules.check(new, resource.type, &findings) }
    }

    private func checkSchema(_ object: Field, _ findings: inout Findings) {
        let outcome = SchemaValidator.validate(object.value ?? .null, SchemaView(resource.type, registry))
        for fault in outcome.faults { findings.add(fault, at: object.place) }
    }

    private func checkScale(_ object: Field, includesSpec: Bool, _ findings: inout Findings) {
        guard let scale = resource.scale else { return }
        for path in includesSpec ? [scale.replicas, scale.statusReplicas] : [scale.statusReplicas] {
            let name = "." + path.joined(separator: ".")
            let (found, expected) = value(at: path, of: object.value)
            let field = Field(found, at: .root[name])
            if let found, expected != "int64" || found.integer == nil {
                findings.invalid(
                    field, shown: "0",
                    "\(name) accessor error: \(GoTypeNames.plain(found)) is of the type \(GoTypeNames.name(of: found)), "
                        + "expected \(expected)")
            } else if field.number < 0 {
                findings.invalid(field, "should be a non-negative integer")
            } else if field.number > Int(Int32.max) {
                findings.invalid(field, "should be less than or equal to \(Int32.max)")
            }
        }
    }
}

extension CustomResourceRules {
    /// The value at a path, or what stops the way there, and the type that was expected.
    private func value(at path: [String], of object: Value?) -> (Value?, expected: String) {
        var current = object
        for name in path {
            guard let value = current, !value.isNull else { return (nil, "int64") }
            guard case .object(let fields) = value else { return (value, "map[string]interface{}") }
            current = fields[name]
        }
        return (current, "int64")
    }
}

/// The names of Go's types for values without a type of their own.
enum GoTypeNames {
    static func name(of value: Value) -> String {
        switch value {
        case .string: "string"
        case .bool: "bool"
        case .integer, .unsigned: "int64"
        case .double: "float64"
        case .array: "[]interface {}"
        case .object: "map[string]interface {}"
        case .null: "<nil>"
        }
    }

    /// `%v`.
    static func plain(_ value: Value) -> String {
        switch value {
        case .string(let text): text
        case .array(let elements): "[\(elements.map(plain).joined(separator: " "))]"
        case .object(let fields):
            "map[\(fields.sorted { $0.key < $1.key }.map { "\($0.key):\(plain($0.value))" }.joined(separator: " "))]"
        case .null: "<nil>"
        default: GoSyntax.value(value)
        }
    }
}
