/// A JSON value: what manifests, live objects, patches and API documents are made of.
package enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// An integer above `Int64.max`; smaller ones are always `.integer`.
    case unsigned(UInt64)
    /// A number with a fraction or outside the range of integers; integral ones are always `.integer`.
    case double(Double)
    case string(String)
    case array([Value])
    case object([String: Value])

    /// The canonical number for an unsigned integer.
    package init(_ unsigned: UInt64) {
        self = Int64(exactly: unsigned).map(Value.integer) ?? .unsigned(unsigned)
    }

    /// The canonical number for a floating-point value: `1.0` is the integer 1, as in JSON written by Go.
    package init(_ double: Double) {
        self = Int64(exactly: double).map(Value.integer) ?? .double(double)
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: Value...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, Value)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
    package init(nilLiteral: ()) { self = .null }
}

extension Value {
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The value as an `Int`; nil for other types and for integers that do not fit.
    package var integer: Int? {
        if case .integer(let value) = self { Int(value) } else { nil }
    }

    package var array: [Value]? {
        if case .array(let value) = self { value } else { nil }
    }

    package var object: [String: Value]? {
        if case .object(let value) = self { value } else { nil }
    }

    package var isNull: Bool { self == .null }

    /// The field of an object; nil where the value is no object or has no such field. Setting nil removes the field;
    /// setting a field of a value that is no object makes it one.
    package subscript(key: String) -> Value? {
        get {
            if case .object(let fields) = self { fields[key] } else { nil }
        }
        set {
            guard case .object(var fields) = self else {
                if let newValue { self = .object([key: newValue]) }
                return
            }
            self = .null  // gives up the second reference, so that the dictionary is changed in place
            fields[key] = newValue
            self = .object(fields)
        }
    }

    /// The element of an array; nil where the value is no array or the index is outside of it.
    package subscript(index: Int) -> Value? {
        if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { nil }
    }

    /// The value at a chain of object fields; nil where any of them is missing.
    package subscript(path keys: String...) -> Value? {
        var current = self
        for key in keys {
            guard let next = current[key] else { return nil }
            current = next
        }
        return current
    }

    /// The word for the value's type that error messages use, as in the OpenAPI and JSON Schema documents.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer, .unsigned: "integer"
        case .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
