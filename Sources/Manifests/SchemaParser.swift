internal import Resources

/// Reads schemas: those of OpenAPI documents, and the structural ones of CustomResourceDefinitions.
struct SchemaParser {
    /// Whether an object without properties allows no fields, as in a structural schema, instead of all.
    var isStructural = false
    /// Whether fields that no schema knows are kept, as `apiextensions.k8s.io/v1beta1` does unless told otherwise.
    var preservesUnknownFields = false

    /// Deeper schemas allow anything: no real one comes near.
    private static let maximumDepth = 200

    func node(_ schema: Value, named name: String = "", depth: Int = 0) -> SchemaNode {
        guard depth < Self.maximumDepth, let fields = schema.object else { return .anything }
        if let reference = reference(in: fields) {
            return SchemaNode(shape: .any, reference: reference, listKind: listKind(of: fields))
        }
        var properties = (fields["properties"]?.object ?? [:]).mapValues { node($0, depth: depth + 1) }
        if fields["x-kubernetes-embedded-resource"] == true {
            properties.merge(Self.resourceFields) { _, implied in implied }
        }
        let limits = limits(of: fields)
        return SchemaNode(
            shape: shape(of: fields, name: name, hasProperties: !properties.isEmpty),
            properties: properties,
            additional: fields["additionalProperties"]?.object.map { node(.object($0), depth: depth + 1) },
            isOpen: isOpen(fields, hasProperties: !properties.isEmpty),
            items: fields["items"].map { node($0, depth: depth + 1) },
            required: required(of: fields, name: name),
            listKind: listKind(of: fields),
            limits: limits.isEmpty ? nil : limits
        )
    }

    /// What every resource has, whether or not its schema says so.
    static let resourceFields = [
        "apiVersion": SchemaNode(shape: .string), "kind": SchemaNode(shape: .string), "metadata": SchemaNode.objectMeta,
    ]

    private func required(of fields: [String: Value], name: String) -> [String] {
        let required = (fields["required"]?.array ?? []).compactMap(\.string)
        // The document says so, the server does not.
        return name.hasSuffix(".StatefulSetSpec") ? required.filter { $0 != "serviceName" } : required
    }

    /// OpenAPI v3 has references inside of `allOf`, so that a default can stand beside them.
    private func reference(in fields: [String: Value]) -> String? {
        let parts = fields["allOf"]?.array ?? []
        let target = fields["$ref"]?.string ?? (parts.count == 1 ? parts[0]["$ref"]?.string : nil)
        return target.map { String($0.split(separator: "/").last ?? "") }
    }

    private func shape(of fields: [String: Value], name: String, hasProperties: Bool) -> SchemaNode.Shape {
        if name.hasSuffix(".api.resource.Quantity") { return .quantity }
        if fields["x-kubernetes-int-or-string"] == true || fields["format"] == "int-or-string" {
            return .integerOrString
        }
        return switch fields["type"]?.string {
        case "boolean": .boolean
        case "integer": .integer
        case "number": .number
        case "string": .string
        case "array": .array
        case "object": .object
        default: hasProperties ? .object : .any
        }
    }

    private func isOpen(_ fields: [String: Value], hasProperties: Bool) -> Bool {
        if preservesUnknownFields || fields["x-kubernetes-preserve-unknown-fields"] == true { return true }
        if fields["additionalProperties"] == true { return true }
        if fields["additionalProperties"]?.object != nil { return false }
        return !hasProperties && !isStructural
    }

    /// The order of the keywords is that of kube-openapi's `schemaconv`, from which a server builds its own types.
    private func listKind(of fields: [String: Value]) -> ListKind? {
        guard fields["type"] == "array" else { return nil }
        switch fields["x-kubernetes-list-type"]?.string {
        case "map": return .map(keys: (fields["x-kubernetes-list-map-keys"]?.array ?? []).compactMap(\.string))
        case "set": return .set
        case "atomic": return .atomic
        default: break
        }
        let strategies = fields["x-kubernetes-patch-strategy"]?.string?.split(separator: ",") ?? []
        guard strategies.contains("merge") else { return .atomic }
        return fields["x-kubernetes-patch-merge-key"]?.string.map { .map(keys: [$0]) } ?? .set
    }

    private func limits(of fields: [String: Value]) -> SchemaLimits {
        var limits = SchemaLimits()
        limits.choices = fields["enum"]?.array ?? []
        limits.pattern = fields["pattern"]?.string
        limits.minimum = fields["minimum"]?.number
        limits.maximum = fields["maximum"]?.number
        limits.excludesMinimum = fields["exclusiveMinimum"] == true
        limits.excludesMaximum = fields["exclusiveMaximum"] == true
        limits.minimumLength = fields["minLength"]?.integer
        limits.maximumLength = fields["maxLength"]?.integer
        limits.minimumCount = fields["minItems"]?.integer ?? fields["minProperties"]?.integer
        limits.maximumCount = fields["maxItems"]?.integer ?? fields["maxProperties"]?.integer
        limits.isBase64 = fields["format"] == "byte"
        if fields["format"] == "int32" {
            limits.minimum = limits.minimum ?? Double(Int32.min)
            limits.maximum = limits.maximum ?? Double(Int32.max)
        }
        return limits
    }
}

extension Value {
    /// The value of any number, rounded where it has more digits than a `Double`.
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .double(let value): value
        case .null, .bool, .string, .array, .object: nil
        }
    }
}
