internal import Resources

/// Makes types of the structural schemas that CustomResourceDefinitions have.
enum StructuralSchema {
    private static let objectMeta = SchemaType(.reference("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"))
    private static let string = SchemaType(.scalar(.string))

    /// What the type itself tells of a schema; everything else are constraints.
    private static let structural: Set<String> = [
        "type", "properties", "additionalProperties", "items", "required", "default", "nullable", "description",
        "title", "example", "externalDocs", "id", "$schema", "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-int-or-string", "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type",
    ]

    /// Deeper schemas allow anything: no real one comes near.
    private static let maximumDepth = 200

    /// The type of a whole resource; anything is allowed beside its metadata where there is no schema.
    ///
    /// The field `metadata` has the built-in type, with what the schema restricts of it as constraints.
    static func resource(_ schema: Value?) -> SchemaType {
        let type = schema.map { self.type($0, depth: 0) }
        var structure = SchemaType.Structure(fields: [:])
        switch type?.shape {
        case .structure(let own): structure = own
        default: structure.keepsUnknownFields = true
        }
        addResourceFields(to: &structure)
        let metadata = schema?[path: "properties", "metadata", "properties"]
        if let metadata, metadata.object?.isEmpty == false {
            let type = SchemaType(objectMeta.shape, constraints: ["properties": metadata])
            structure.fields["metadata"] = SchemaType.Field(type: type)
        }
        return SchemaType(.structure(structure), constraints: type?.constraints)
    }

    private static func addResourceFields(to structure: inout SchemaType.Structure) {
        structure.fields["apiVersion"] = SchemaType.Field(type: string)
        structure.fields["kind"] = SchemaType.Field(type: string)
        structure.fields["metadata"] = SchemaType.Field(type: objectMeta)
    }

    private static func type(_ schema: Value, depth: Int, isField: Bool = false) -> SchemaType {
        guard depth < maximumDepth else { return SchemaType(.untyped) }
        var kept = (schema.object ?? [:]).filter { !structural.contains($0.key) }
        // A field has a place for it, an element has none.
        if !isField, schema["nullable"] == true { kept["nullable"] = true }
        return SchemaType(shape(of: schema, depth: depth), constraints: kept.isEmpty ? nil : .object(kept))
    }

    private static func shape(of schema: Value, depth: Int) -> SchemaType.Shape {
        if schema["x-kubernetes-int-or-string"] == true { return .scalar(.intOrString) }
        switch schema["type"]?.string {
        case "string": return .scalar(.string)
        case "boolean": return .scalar(.boolean)
        case "integer": return .scalar(.int64)
        case "number": return .scalar(.double)
        case "array":
            let element = schema["items"].map { type($0, depth: depth + 1) } ?? SchemaType(.untyped)
            return .list(element, relationship(of: schema))
        case "object": return object(schema, depth: depth)
        default:
            let hasFields = schema["properties"] != nil || schema["x-kubernetes-embedded-resource"] == true
            return hasFields ? object(schema, depth: depth) : .untyped
        }
    }

    private static func object(_ schema: Value, depth: Int) -> SchemaType.Shape {
        let isAtomic = schema["x-kubernetes-map-type"] == "atomic"
        if let values = schema["additionalProperties"], values != false {
            let element = values.object == nil ? SchemaType(.untyped) : type(values, depth: depth + 1)
            return .map(element, isAtomic: isAtomic)
        }
        var structure = SchemaType.Structure(
            fields: (schema["properties"]?.object ?? [:]).mapValues { field($0, depth: depth + 1) })
        structure.isAtomic = isAtomic
        structure.required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        structure.keepsUnknownFields = schema["x-kubernetes-preserve-unknown-fields"] == true
        if schema["x-kubernetes-embedded-resource"] == true { addResourceFields(to: &structure) }
        return .structure(structure)
    }

    private static func field(_ schema: Value, depth: Int) -> SchemaType.Field {
        var field = SchemaType.Field(type: type(schema, depth: depth, isField: true))
        field.defaultValue = schema["default"]
        field.isNullable = schema["nullable"] == true
        return field
    }

    private static func relationship(of schema: Value) -> SchemaType.ListRelationship {
        switch schema["x-kubernetes-list-type"]?.string {
        case "set": .set
        case "map":
            .map(keys: (schema["x-kubernetes-list-map-keys"]?.array ?? []).compactMap(\.string))
        default: .atomic
        }
    }
}
