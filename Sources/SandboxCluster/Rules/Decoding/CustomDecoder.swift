internal import Resources

/// Custom resources: the metadata is read as that of any object, the rest is pruned by the structural schema
/// (k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning and objectmeta).
struct CustomDecoder {
    let registry: SchemaRegistry
    /// Whether null stays where it is no value, for validation to refuse it.
    var keepsNulls = false

    private static let keyword = "x-kubernetes-embedded-resource"
    private static let resourceFields: Set<String> = ["apiVersion", "kind", "metadata"]

    func decode(_ object: Value, _ type: SchemaType) throws(DecodingMismatch) -> Value {
        guard case .object(var fields) = object else {
            throw DecodingMismatch(plainReason: "json: cannot unmarshal \(GoKind.name(of: object))")
        }
        if let metadata = fields["metadata"] { fields["metadata"] = try decodeMetadata(metadata) }
        return try pruned(.object(fields), type, at: .root, isResource: true)
    }

    private func decodeMetadata(_ metadata: Value) throws(DecodingMismatch) -> Value {
        let type = SchemaType(.reference("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"))
        do {
            return try Decoder(registry: registry).decode(metadata, type) ?? [:]
        } catch {
            let reason = DecodingReason(metadata, type, registry, isWhole: false, endsLine: false).text
            throw DecodingMismatch(plainReason: reason ?? error.plainReason)
        }
    }

    /// - Parameter isResource: whether `apiVersion`, `kind` and `metadata` are known without being named.
    private func pruned(_ value: Value, _ type: SchemaType, at place: Place, isResource: Bool = false)
        throws(DecodingMismatch) -> Value
    {
        switch (type.shape, value) {
        case (.structure(let structure), .object(let fields)):
            let isEmbedded = type.constraints?[Self.keyword] == true
            if isEmbedded { try checkNames(fields, place) }
            var result: [String: Value] = [:]
            result.reserveCapacity(fields.count)
            for (name, field) in fields {
                if isResource || isEmbedded, Self.resourceFields.contains(name) {
                    result[name] = isEmbedded && name == "metadata" ? try decodeMetadata(field) : field
                } else if let known = structure.fields[name] {
                    // Null goes where it is no value, unless a default is to take its place.
                    if field.isNull, !keepsNulls, !known.isNullable, known.defaultValue == nil { continue }
                    result[name] = try pruned(field, known.type, at: place[name])
                } else if structure.keepsUnknownFields {
                    result[name] = field
                }
            }
            return .object(result)
        case (.map(let element, _), .object(let fields)):
            var result: [String: Value] = [:]
            for (name, field) in fields where !field.isNull || keepsNulls || isNullable(element) {
                result[name] = try pruned(field, element, at: place.key(name))
            }
            return .object(result)
        case (.list(let element, _), .array(let elements)):
            var result: [Value] = []
            for (index, item) in elements.enumerated() {
                result.append(try pruned(item, element, at: place[index]))
            }
            return .array(result)
        // Where another type is expected nothing is known of the fields.
        case (.scalar, .object), (.list, .object): return .object([:])
        default: return value
        }
    }

    private func isNullable(_ element: SchemaType) -> Bool {
        if case .untyped = element.shape { return true }
        return element.constraints?["nullable"] == true
    }

    private func checkNames(_ fields: [String: Value], _ place: Place) throws(DecodingMismatch) {
        for name in ["apiVersion", "kind"] {
            guard let value = fields[name], value.string == nil else { continue }
            throw DecodingMismatch(
                plainReason: "\(place[name].text): Invalid value: \(GoSyntax.value(value)): must be a string")
        }
    }
}
