package import Resources

extension Validation {
    /// The object as the server understands it: without the fields that its type does not have, null only where that is a
    /// value of its own.
    ///
    /// Names of fields are told apart by their case. Of a custom resource, only the metadata has types here; what else is
    /// wrong with it is up to `check`.
    /// - Parameter endsLine: whether the object's text ended in a line feed, which the decoder's words show.
    /// - Throws: 400 `BadRequest` in the words of the server's decoder, where a value has another type than its field.
    package static func decode(
        _ object: Value, type: SchemaType, registry: SchemaRegistry, kind: GroupVersionKind,
        endsLine: Bool = true
    ) throws(APIStatus) -> Value {
        let isCustom = !isBuiltIn(type, kind, registry)
        do {
            if isCustom { return try CustomDecoder(registry: registry).decode(object, type) }
            return try Decoder(registry: registry).decode(object, type) ?? .null
        } catch {
            let reason =
                isCustom
                ? error.plainReason
                : DecodingReason(object, type, registry, isWhole: true, endsLine: endsLine).text
                    ?? error.plainReason
            throw APIStatus(
                code: 400, reason: "BadRequest",
                message: "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): \(reason)")
        }
    }

    /// Kubernetes' own types have names; those of custom resources have none.
    private static func isBuiltIn(_ type: SchemaType, _ kind: GroupVersionKind, _ registry: SchemaRegistry) -> Bool {
        if case .reference = type.shape { return true }
        return registry.resources.contains { !$0.isCustom && $0.kind == kind }
    }
}

/// A value of the wrong type.
struct DecodingMismatch: Error {
    /// Why, where nothing better can be told.
    let plainReason: String
}

/// Takes values for those of Go's types, which is a matter of types alone.
struct Decoder {
    let registry: SchemaRegistry

    /// The value as it is stored; nil where it is null and therefore as good as absent.
    func decode(_ value: Value, _ type: SchemaType) throws(DecodingMismatch) -> Value? {
        if case .untyped = type.shape { return value }
        if value.isNull { return nil }
        switch (registry.resolved(type).shape, value) {
        case (.structure(let structure), .object(let fields)):
            return .object(try decode(fields, structure))
        case (.map(let element, _), .object(let fields)):
            var result: [String: Value] = [:]
            result.reserveCapacity(fields.count)
            for (key, value) in fields { result[key] = try decode(value, element) ?? zero(of: element) }
            return .object(result)
        case (.list(let element, _), .array(let elements)):
            var result: [Value] = []
            result.reserveCapacity(elements.count)
            for value in elements { result.append(try decode(value, element) ?? zero(of: element)) }
            return .array(result)
        case (.scalar(let scalar), _): return try ScalarDecoder.decode(value, scalar)
        case (.untyped, _): return value
        default: throw DecodingMismatch(plainReason: "json: cannot unmarshal \(GoKind.name(of: value))")
        }
    }

    private func decode(_ fields: [String: Value], _ structure: SchemaType.Structure) throws(DecodingMismatch)
        -> [String: Value]
    {
        var result: [String: Value] = [:]
        result.reserveCapacity(fields.count)
        for (name, value) in fields {
            guard let field = structure.fields[name] else {
                if structure.keepsUnknownFields { result[name] = value }
                continue
            }
            if let decoded = try decode(value, field.type) { result[name] = decoded }
        }
        return result
    }

    /// What null is among the elements of a list or the values of a map.
    private func zero(of type: SchemaType) -> Value {
        switch registry.resolved(type).shape {
        case .structure: [:]
        case .scalar(.string), .scalar(.bytes): ""
        case .scalar(.boolean): false
        case .scalar(.int32), .scalar(.int64), .scalar(.double), .scalar(.intOrString): 0
        case .scalar(.quantity): "0"
        default: .null
        }
    }
}

/// Values without parts.
enum ScalarDecoder {
    static func decode(_ value: Value, _ scalar: SchemaType.Scalar) throws(DecodingMismatch) -> Value {
        if let reason = reason(against: value, scalar) { throw DecodingMismatch(plainReason: reason) }
        switch (scalar, value) {
        case (.time, .string(let text)): return .string(TimeReason.normalized(text) ?? text)
        case (.quantity, .integer(let number)): return .string(String(number))
        case (.quantity, .double): return .string(Quantity(value)?.text ?? GoSyntax.value(value))
        default: return value
        }
    }

    /// Why the value cannot be one of the type; nil where it can.
    static func reason(against value: Value, _ scalar: SchemaType.Scalar) -> String? {
        switch (scalar, value) {
        case (.string, .string), (.boolean, .bool), (.int64, .integer), (.double, .integer), (.double, .double),
            (.double, .unsigned), (.intOrString, .string):
            nil
        case (.int32, .integer(let number)), (.intOrString, .integer(let number)):
            Int32(exactly: number) == nil
                ? "json: cannot unmarshal number \(number) into Go value of type int32" : nil
        case (.bytes, .string(let text)): GoBase64.reason(against: text)
        case (.time, .string(let text)): TimeReason.reason(against: text, hasMicroseconds: false)
        case (.microTime, .string(let text)): TimeReason.reason(against: text, hasMicroseconds: true)
        case (.quantity, _): GoQuantity.reason(against: value)
        case (.intOrString, .double), (.intOrString, .unsigned):
            "json: cannot unmarshal number \(GoSyntax.value(value)) into Go value of type int32"
        case (.intOrString, _): "json: cannot unmarshal \(GoKind.name(of: value)) into Go value of type int32"
        case (.time, _), (.microTime, _):
            "json: cannot unmarshal \(GoKind.name(of: value)) into Go value of type string"
        default: "json: cannot unmarshal \(GoKind.name(of: value)) into Go value of type \(scalar.rawValue)"
        }
    }
}

/// The names of JSON's types in the messages of Go's decoder.
enum GoKind {
    static func name(of value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool: "bool"
        case .integer, .unsigned, .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
