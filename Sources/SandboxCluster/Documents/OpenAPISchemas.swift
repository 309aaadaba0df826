internal import Resources

/// The two versions of OpenAPI.
enum OpenAPIForm: Sendable {
    case v2
    case v3

    var referencePrefix: String { self == .v2 ? "#/definitions/" : "#/components/schemas/" }
}

/// Writes types as the schemas of an OpenAPI document, and keeps account of what they refer to.
struct OpenAPISchemas {
    let registry: SchemaRegistry
    let form: OpenAPIForm
    /// The schemas that something refers to, by name.
    private(set) var components: [String: Value] = [:]
    private var pending: [String] = []

    init(registry: SchemaRegistry, form: OpenAPIForm) {
        self.registry = registry
        self.form = form
    }

    /// A reference to a named type, which then is among the components.
    mutating func reference(_ name: String) -> Value {
        if components[name] == nil {
            components[name] = .null
            pending.append(name)
        }
        return ["$ref": .string(form.referencePrefix + name)]
    }

    /// Adds a schema under a name of its own.
    mutating func add(_ schema: Value, as name: String) {
        components[name] = schema
    }

    /// Writes the types that were referred to, and what they refer to.
    mutating func finish() {
        while let name = pending.popLast() {
            if components[name]?.isNull == true { components[name] = named(name) }
        }
    }

    private mutating func named(_ name: String) -> Value {
        if let special = SpecialType.all[name] { return special.schema(form) }
        return schema(registry.resolved(SchemaType(.reference(name))))
    }

    /// - Parameter isCustom: Whether a CustomResourceDefinition has the type: then all that it refers to of Kubernetes'
    ///   own is metadata.
    mutating func schema(_ type: SchemaType, isCustom: Bool = false) -> Value {
        if case .reference(let name) = type.shape { return reference(name) }
        let schema = unconstrained(type, isCustom: isCustom)
        guard let constraints = type.constraints?.object, let fields = schema.object else { return schema }
        return .object(fields.merging(constraints) { own, _ in own })
    }

    private mutating func unconstrained(_ type: SchemaType, isCustom: Bool) -> Value {
        switch type.shape {
        case .reference(let name): return reference(name)
        case .scalar(let scalar): return self.scalar(scalar, isCustom: isCustom)
        case .untyped: return isCustom ? ["x-kubernetes-preserve-unknown-fields": true] : [:]
        case .structure(let structure): return object(structure, isCustom: isCustom)
        case .map(let element, let isAtomic):
            var schema: Value = ["type": "object", "additionalProperties": self.schema(element, isCustom: isCustom)]
            if isAtomic { schema["x-kubernetes-map-type"] = "atomic" }
            return schema
        case .list(let element, let relationship):
            var schema: Value = ["type": "array", "items": self.schema(element, isCustom: isCustom)]
            switch relationship {
            case .atomic: schema["x-kubernetes-list-type"] = "atomic"
            case .set: schema["x-kubernetes-list-type"] = "set"
            case .map(let keys):
                schema["x-kubernetes-list-type"] = "map"
                schema["x-kubernetes-list-map-keys"] = DiscoveryDocuments.strings(keys)
            }
            return schema
        }
    }

    private mutating func object(_ structure: SchemaType.Structure, isCustom: Bool) -> Value {
        var schema: Value = ["type": "object"]
        if structure.isAtomic { schema["x-kubernetes-map-type"] = "atomic" }
        if !structure.required.isEmpty {
            schema["required"] = DiscoveryDocuments.strings(structure.required.sorted())
        }
        if structure.keepsUnknownFields {
            schema["x-kubernetes-preserve-unknown-fields"] = true
            // Clients of version 2 take the fields that are listed for all that there are.
            if form == .v2 { return schema }
        }
        var properties: [String: Value] = [:]
        for (name, field) in structure.fields { properties[name] = self.field(field, isCustom: isCustom) }
        if !properties.isEmpty { schema["properties"] = .object(properties) }
        return schema
    }

    private mutating func field(_ field: SchemaType.Field, isCustom: Bool) -> Value {
        // A client of version 2 knows no null.
        if form == .v2, field.isNullable { return [:] }
        var extras: [String: Value] = [:]
        if form == .v3, let value = field.defaultValue { extras["default"] = value }
        if form == .v3, field.isNullable { extras["nullable"] = true }
        if !field.patchStrategies.isEmpty {
            extras["x-kubernetes-patch-strategy"] = .string(field.patchStrategies.joined(separator: ","))
        }
        if let key = field.patchMergeKey { extras["x-kubernetes-patch-merge-key"] = .string(key) }
        var base = schema(field.type, isCustom: isCustom)
        // What a built-in kind leaves open is an object of any fields (`FieldsV1`, `RawExtension`).
        if !isCustom, case .untyped = field.type.shape { base = ["type": "object"] }
        guard !extras.isEmpty, var fields = base.object else { return base }
        if form == .v3, fields["$ref"] != nil { fields = ["allOf": [base]] }
        return .object(fields.merging(extras) { own, _ in own })
    }

    private mutating func scalar(_ scalar: SchemaType.Scalar, isCustom: Bool) -> Value {
        switch scalar {
        case .string: ["type": "string"]
        case .boolean: ["type": "boolean"]
        case .int32: ["type": "integer", "format": "int32"]
        case .int64: isCustom ? ["type": "integer"] : ["type": "integer", "format": "int64"]
        case .double: isCustom ? ["type": "number"] : ["type": "number", "format": "double"]
        case .bytes: ["type": "string", "format": "byte"]
        case .intOrString where isCustom: ["x-kubernetes-int-or-string": true]
        case .intOrString: reference(SpecialType.intOrString)
        case .quantity: reference(SpecialType.quantity)
        case .time: reference(SpecialType.time)
        case .microTime: reference(SpecialType.microTime)
        }
    }
}

/// The named types that are scalars here, and those that only requests have.
private enum SpecialType {
    static let quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity"
    static let intOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString"
    static let time = "io.k8s.apimachinery.pkg.apis.meta.v1.Time"
    static let microTime = "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"

    struct Schema: Sendable {
        let v2: Value
        let v3: Value

        func schema(_ form: OpenAPIForm) -> Value { form == .v2 ? v2 : v3 }
    }

    static let all: [String: Schema] = [
        quantity: Schema(v2: ["type": "string"], v3: ["oneOf": [["type": "string"], ["type": "number"]]]),
        intOrString: Schema(
            v2: ["type": "string", "format": "int-or-string"],
            v3: ["format": "int-or-string", "oneOf": [["type": "integer"], ["type": "string"]]]),
        time: Schema(v2: dateTime, v3: dateTime),
        microTime: Schema(v2: dateTime, v3: dateTime),
        OpenAPIDocuments.patchType: Schema(v2: ["type": "object"], v3: ["type": "object"]),
    ]

    private static let dateTime: Value = ["type": "string", "format": "date-time"]
}
