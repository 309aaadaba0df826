internal import Resources

/// Whether a schema is structural: gives everything a type, outside of `anyOf` and the like
/// (k8s.io/apiextensions-apiserver/pkg/apiserver/schema/validation.go).
enum StructuralRules {
    private enum Level {
        case root, item, field

        var place: String {
            switch self {
            case .root: "at the root"
            case .item: "for specified array items"
            case .field: "for specified object fields"
            }
        }
    }

    /// What is wrong, in the order of the alphabet.
    static func check(_ schema: Field) -> [FieldError] {
        var findings = Findings()
        checkInvariants(schema, .root, &findings)
        checkCompleteness(of: schema, in: schema, &findings)
        return findings.errors.sorted { ($0.field + ": " + $0.message) < ($1.field + ": " + $1.message) }
    }

    private static func checkInvariants(_ schema: Field, _ level: Level, _ findings: inout Findings) {
        guard schema.value?.object != nil else { return }
        let (type, items) = (schema["type"], schema["items"])
        if type.string == "array", !items.isPresent { findings.required(items, "must be specified") }
        checkInvariants(items, .item, &findings)
        for (_, property) in schema["properties"].entries { checkInvariants(property, .field, &findings) }
        let additional = schema["additionalProperties"]
        if additional.isPresent {
            if level == .root { findings.forbidden(additional, "must not be used at the root") }
            checkInvariants(additional, .field, &findings)
        }
        checkExtensions(schema, &findings)
        checkValues(schema, isExempt: true, &findings)
        checkType(schema, type, level, &findings)
        checkMetadata(schema, level, &findings)
    }

    private static func checkExtensions(_ schema: Field, _ findings: inout Findings) {
        guard schema["x-kubernetes-int-or-string"].isTrue else { return }
        for name in ["x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"]
        where schema[name].isTrue {
            findings.invalid(schema[name], "must be false if x-kubernetes-int-or-string is true")
        }
    }

    private static func checkType(_ schema: Field, _ type: Field, _ level: Level, _ findings: inout Findings) {
        let isEmbedded = schema["x-kubernetes-embedded-resource"].isTrue
        let isFree =
            schema["x-kubernetes-int-or-string"].isTrue || schema["x-kubernetes-preserve-unknown-fields"].isTrue
        if isEmbedded, type.string != "object" {
            let words = "must be object if x-kubernetes-embedded-resource is true"
            if type.isEmpty { findings.required(type, words) } else { findings.invalid(type, words) }
        } else if type.isEmpty, !isFree {
            findings.required(type, "must not be empty \(level.place)")
        }
        if isEmbedded, schema["additionalProperties"].isPresent {
            findings.forbidden(
                schema["additionalProperties"], "must not be used if x-kubernetes-embedded-resource is set")
        }
        if level == .root, !type.isEmpty, type.string != "object" {
            findings.invalid(type, "must be object at the root")
        }
    }

    private static func checkMetadata(_ schema: Field, _ level: Level, _ findings: inout Findings) {
        let isEmbedded = schema["x-kubernetes-embedded-resource"].isTrue
        guard level == .root || isEmbedded else { return }
        let properties = schema["properties"]
        for (name, type) in [("kind", "string"), ("apiVersion", "string"), ("metadata", "object")] {
            let property = Field(properties.value?[name], at: properties.place.key(name))
            if property.isPresent, property["type"].string != type {
                findings.invalid(property["type"], "must be \(type)")
            }
            if name == "metadata", level == .root, property.isPresent, !isPlainMetadata(property) {
                findings.forbidden(
                    property,
                    "must not specify anything other than name and generateName, but metadata is implicitly specified")
            }
        }
        if isEmbedded, !schema["x-kubernetes-preserve-unknown-fields"].isTrue, properties.isEmpty {
            findings.required(
                properties,
                "must not be empty if x-kubernetes-embedded-resource is true without "
                    + "x-kubernetes-preserve-unknown-fields")
        }
    }

    private static func isPlainMetadata(_ metadata: Field) -> Bool {
        let names = Set(metadata["properties"].entries.map(\.key))
        let keywords = Set((metadata.value?.object ?? [:]).keys).subtracting(["type", "properties", "default"])
        return names.isSubset(of: ["name", "generateName"]) && keywords.isEmpty
    }

    // MARK: anyOf, oneOf, allOf, not

    private static let intOrString: Value = [["type": "integer"], ["type": "string"]]
    private static let empty = [
        "type", "title", "description", "x-kubernetes-list-map-keys",
    ]
    private static let unset =
        ["nullable", "x-kubernetes-preserve-unknown-fields"]
        + ["x-kubernetes-embedded-resource", "x-kubernetes-int-or-string"]
    private static let undefined = [
        "additionalProperties", "default", "x-kubernetes-list-type", "x-kubernetes-map-type",
    ]

    /// - Parameter isExempt: whether an `anyOf` of an integer and a string is the known exception.
    private static func checkValues(_ schema: Field, isExempt: Bool, _ findings: inout Findings) {
        for name in ["anyOf", "allOf", "oneOf"] {
            if name == "anyOf", isExempt, schema[name].value == intOrString { continue }
            for (index, branch) in schema[name].elements.enumerated() {
                let isFirst = isExempt && name == "allOf" && index == 0
                checkNested(branch, isExempt: isFirst, &findings)
            }
        }
        checkNested(schema["not"], isExempt: false, &findings)
        let pattern = schema["pattern"]
        if !pattern.isEmpty, (try? Regex(pattern.string)) == nil {
            let reason = PatternRules.reason(against: pattern.string)
            findings.invalid(
                pattern, "must be a valid regular expression, but isn't: error parsing regexp: \(reason)")
        }
    }

    private static func checkNested(_ schema: Field, isExempt: Bool, _ findings: inout Findings) {
        guard schema.value?.object != nil else { return }
        checkValues(schema, isExempt: isExempt, &findings)
        checkNested(schema["items"], isExempt: false, &findings)
        for (_, property) in schema["properties"].entries { checkNested(property, isExempt: false, &findings) }
        for name in empty where !schema[name].isEmpty {
            findings.forbidden(schema[name], "must be empty to be structural")
        }
        for name in unset where schema[name].isTrue {
            findings.forbidden(schema[name], "must be false to be structural")
        }
        for name in undefined where schema[name].isPresent {
            findings.forbidden(schema[name], "must be undefined to be structural")
        }
        let metadata = schema["properties"].value?["metadata"]
        if metadata != nil {
            findings.forbidden(
                Field(metadata, at: schema["properties"].place.key("metadata")),
                "must not be specified in a nested context")
        }
    }

    // MARK: Completeness

    /// What is named inside of `anyOf` and the like of the whole schema must be named outside of them, too.
    private static func checkCompleteness(of nested: Field, in schema: Field, _ findings: inout Findings) {
        checkNamed(nested["not"], in: schema, &findings)
        for name in ["allOf", "anyOf", "oneOf"] {
            for branch in nested[name].elements { checkNamed(branch, in: schema, &findings) }
        }
    }

    private static func checkNamed(_ nested: Field, in schema: Field, _ findings: inout Findings) {
        guard nested.value?.object != nil else { return }
        guard schema.isPresent else {
            return findings.required(schema, "because it is defined in \(nested.place.text)")
        }
        checkCompleteness(of: nested, in: schema, &findings)
        if nested["items"].isPresent { checkNamed(nested["items"], in: schema["items"], &findings) }
        for (name, property) in nested["properties"].entries {
            let outside = Field(schema["properties"].value?[name], at: schema["properties"].place.key(name))
            checkNamed(property, in: outside, &findings)
        }
    }
}

/// The defaults of a schema, which must be values of it.
enum DefaultValueRules {
    private static let registry = SchemaRegistry(types: [:], resources: [])

    static func check(_ schema: Field, _ findings: inout Findings) {
        guard schema.value?.object != nil else { return }
        let value = schema["default"]
        if let given = schema.value?["default"], let document = schema.value {
            if hasUnknownFields(given, document) {
                findings.invalid(value, "must not have unknown fields")
            }
            for fault in SchemaValidator.validate(given, SchemaView(document: document, registry)).faults {
                findings.add(fault, at: value.place)
            }
        }
        check(schema["items"], &findings)
        for (_, property) in schema["properties"].entries { check(property, &findings) }
    }

    private static func hasUnknownFields(_ value: Value, _ schema: Value) -> Bool {
        if schema["x-kubernetes-preserve-unknown-fields"] == true { return false }
        switch value {
        case .object(let fields):
            return fields.contains { name, value in
                if let property = schema["properties"]?[name] { return hasUnknownFields(value, property) }
                guard let additional = schema["additionalProperties"] else { return true }
                return additional.object == nil ? additional != true : hasUnknownFields(value, additional)
            }
        case .array(let elements):
            guard let items = schema["items"] else { return false }
            return elements.contains { hasUnknownFields($0, items) }
        default: return false
        }
    }
}
