internal import Resources

/// The schema of a custom resource (`validateCustomResourceDefinitionValidation`).
enum SchemaDocumentRules {
    static func check(_ validation: Field, hasStatus: Bool, _ findings: inout Findings) {
        // A schema's own names have dots in them, as the server's paths here do.
        let schema = validation["openAPIV3Schema"]
        guard schema.isPresent else { return }
        if hasStatus { checkRoot(schema, &findings) }
        if schema["nullable"].isTrue {
            findings.forbidden(schema["nullable"], "nullable cannot be true at the root")
        }
        checkNode(schema, Context(isRoot: true), &findings)
        let structural = StructuralRules.check(schema)
        findings.add(structural)
        if structural.isEmpty { DefaultValueRules.check(schema, &findings) }
    }

    /// What a root may have where the status is a resource of its own, by Go's names.
    private static let rootFields = [
        "Description", "Type", "Format", "Title", "Maximum", "ExclusiveMaximum", "Minimum", "ExclusiveMinimum",
        "MaxLength", "MinLength", "Pattern", "MaxItems", "MinItems", "UniqueItems", "MultipleOf", "Required", "Items",
        "Properties", "ExternalDocs", "Example", "XPreserveUnknownFields",
    ]
    private static let otherFields = [
        "$ref", "nullable", "default", "enum", "maxProperties", "minProperties", "allOf", "oneOf", "anyOf", "not",
        "additionalProperties", "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string",
        "x-kubernetes-list-map-keys", "x-kubernetes-list-type", "x-kubernetes-map-type",
    ]

    private static func checkRoot(_ schema: Field, _ findings: inout Findings) {
        let type = schema["type"]
        if !type.isEmpty, type.string != "object" {
            findings.invalid(
                type,
                "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled")
        } else if otherFields.contains(where: { !schema[$0].isEmpty && schema[$0].value != false }) {
            findings.invalid(
                schema, shown: "apiextensions.JSONSchemaProps{}",
                "only \(GoSyntax.plainList(rootFields)) fields are allowed at the root of the schema if the status "
                    + "subresource is enabled")
        }
    }

    private struct Context {
        var isRoot = false
        /// Why defaults are not allowed here; nil where they are.
        var defaultsReason: String?
        var isInMetadata = false
    }

    private static func checkNode(_ schema: Field, _ context: Context, _ findings: inout Findings) {
        guard schema.value?.object != nil else { return }
        checkStandard(schema, context, &findings)
        if schema["uniqueItems"].isTrue {
            findings.forbidden(
                schema["uniqueItems"],
                "uniqueItems cannot be set to true since the runtime complexity becomes quadratic")
        }
        checkChildren(schema, context, &findings)
        checkMapType(schema, &findings)
        ListSchemaRules.check(schema, &findings)
    }

    private static func checkChildren(_ schema: Field, _ context: Context, _ findings: inout Findings) {
        var inner = context
        inner.isRoot = false
        let additional = schema["additionalProperties"]
        if additional.isPresent {
            if !schema["properties"].isEmpty, additional.value != true {
                findings.forbidden(additional, "additionalProperties and properties are mutual exclusive")
            }
            var values = inner
            if context.isInMetadata {
                values.defaultsReason = "inside additionalProperties applying to object metadata"
            }
            checkNode(additional, values, &findings)
        }
        for (name, property) in schema["properties"].entries {
            var field = inner
            if context.isRoot || schema["x-kubernetes-embedded-resource"].isTrue,
                ["metadata", "kind", "apiVersion"].contains(name)
            {
                field.isInMetadata = true
                if context.isRoot { field.defaultsReason = "in top-level \(name)" }
            }
            checkNode(property, field, &findings)
        }
        checkNode(schema["not"], inner, &findings)
        for name in ["allOf", "oneOf", "anyOf"] {
            for branch in schema[name].elements { checkNode(branch, inner, &findings) }
        }
        checkNode(schema["items"], inner, &findings)
    }

    private static let types = ["array", "boolean", "integer", "number", "object", "string"]
    private static let unsupported = [
        "id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref",
    ]

    private static func checkStandard(_ schema: Field, _ context: Context, _ findings: inout Findings) {
        let type = schema["type"]
        if !type.isEmpty, !types.contains(type.string) { findings.unsupported(type, supported: types) }
        if schema.value?["default"] != nil, let reason = context.defaultsReason {
            findings.forbidden(schema["default"], "must not be set \(reason)")
        }
        for name in unsupported where schema[name].isPresent {
            findings.forbidden(schema[name], "\(name) is not supported")
        }
        if type.string == "\"null\"" {
            findings.forbidden(type, "type cannot be set to null, use nullable as an alternative")
        }
        if schema["items"].value?.array != nil {
            findings.forbidden(schema["items"], "items must be a schema object and not an array")
        }
        if context.isInMetadata, schema["x-kubernetes-embedded-resource"].isTrue {
            findings.forbidden(
                schema["x-kubernetes-embedded-resource"], "must not be used inside of resource meta")
        }
    }

    private static func checkMapType(_ schema: Field, _ findings: inout Findings) {
        let unknown = schema["x-kubernetes-preserve-unknown-fields"]
        if unknown.value == false { findings.invalid(unknown, "must be true or undefined") }
        let (type, kind) = (schema["type"], schema["x-kubernetes-map-type"])
        guard kind.isPresent else { return }
        if type.string != "object" {
            let words = "must be object if x-kubernetes-map-type is specified"
            if type.isEmpty { findings.required(type, words) } else { findings.invalid(type, words) }
        }
        findings.checkSupported(kind, ["atomic", "granular"])
    }
}

/// The schemas of lists that are sets or maps.
enum ListSchemaRules {
    static func check(_ schema: Field, _ findings: inout Findings) {
        let (type, kind) = (schema["type"], schema["x-kubernetes-list-type"])
        if kind.isPresent, type.string != "array" {
            let words = "must be array if x-kubernetes-list-type is specified"
            if type.isEmpty { findings.required(type, words) } else { findings.invalid(type, words) }
        } else if kind.string == "set" {
            checkSetItems(schema["items"], &findings)
        }
        findings.checkSupported(kind, ["atomic", "set", "map"])
        let keys = schema["x-kubernetes-list-map-keys"]
        if !keys.isEmpty, kind.string != "map" {
            let words = "must be map if x-kubernetes-list-map-keys is non-empty"
            if kind.isPresent { findings.invalid(kind, words) } else { findings.required(kind, words) }
        }
        if kind.string == "map" { checkMap(schema, keys, &findings) }
        if kind.string == "map" || kind.string == "set" { checkNullables(schema, kind.string, keys, &findings) }
    }

    private static func checkSetItems(_ items: Field, _ findings: inout Findings) {
        let words = "must be atomic as item of a list with x-kubernetes-list-type=set"
        let (list, map) = (items["x-kubernetes-list-type"], items["x-kubernetes-map-type"])
        if items["type"].string == "array", list.isPresent, list.string != "atomic" {
            findings.invalid(list, words)
        }
        if items["type"].string == "object", map.string != "atomic" {
            findings.invalid(list.named(map.place), shown: list.isPresent ? nil : "\"null\"", words)
        }
    }

    private static func checkMap(_ schema: Field, _ keys: Field, _ findings: inout Findings) {
        let items = schema["items"]
        if keys.isEmpty { findings.required(keys, "must not be empty if x-kubernetes-list-type is map") }
        guard items.isPresent else {
            return findings.required(items, "must have a schema if x-kubernetes-list-type is map")
        }
        guard items["type"].string == "object" else {
            return findings.invalid(
                items["type"], "must be object if parent array's x-kubernetes-list-type is map")
        }
        let shown = GoSyntax.list(keys, of: "string")
        var seen: Set<String> = []
        for key in keys.strings {
            let property = Field(items["properties"].value?[key], at: items["properties"].place.key(key))
            if !property.isPresent {
                findings.invalid(keys, shown: shown, "entries must all be names of item properties")
            } else if ["array", "object"].contains(property["type"].string) {
                findings.invalid(
                    items["type"].named(property.place["type"]),
                    "must be a scalar type if parent array's x-kubernetes-list-type is map")
            }
            if !seen.insert(key).inserted {
                findings.invalid(keys, shown: shown, "must not contain duplicate entries")
            }
        }
    }

    private static func checkNullables(
        _ schema: Field, _ kind: String, _ keys: Field, _ findings: inout Findings
    ) {
        let items = schema["items"]
        if items["nullable"].isTrue {
            findings.forbidden(items["nullable"], "cannot be nullable when x-kubernetes-list-type is \(kind)")
        }
        guard kind == "map" else { return }
        let required = items["required"].strings
        for key in keys.strings {
            let property = Field(items["properties"].value?[key], at: items["properties"].place.key(key))
            guard property.isPresent else { continue }
            if !required.contains(key), property.value?["default"] == nil {
                findings.required(
                    property["default"],
                    "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"
                )
            }
            if property["nullable"].isTrue {
                findings.forbidden(
                    property["nullable"], "this property is in x-kubernetes-list-map-keys, so it cannot be nullable")
            }
        }
    }
}
