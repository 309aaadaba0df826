/// The place of a value in an object: `spec.containers[web].image`.
package struct FieldPath: Hashable, Sendable {
    /// One step of a path; the cases are those of a `fieldsV1` key.
    package enum Element: Hashable, Sendable {
        /// A field of an object (`f:`).
        case field(String)
        /// An element of a list by its position, from 0 (`i:`).
        case index(Int)
        /// An element of an associative list by its key fields (`k:`).
        case key([String: Value])
        /// A member of a set (`v:`).
        case value(Value)
    }

    package var elements: [Element]

    package init(_ elements: [Element] = []) {
        self.elements = elements
    }

    /// A path of object fields alone.
    package init(fields: String...) {
        elements = fields.map(Element.field)
    }

    package func appending(_ element: Element) -> FieldPath {
        FieldPath(elements + [element])
    }

    package func appending(_ field: String) -> FieldPath {
        appending(.field(field))
    }

    package func hasPrefix(_ prefix: FieldPath) -> Bool {
        elements.starts(with: prefix.elements)
    }
}

extension FieldPath: CustomStringConvertible {
    /// The path as people write it; the whole object is `.`.
    package var description: String {
        if elements.isEmpty { return "." }
        return elements.reduce(into: "") { text, element in
            switch element {
            case .field(let name) where Self.isPlain(name): text += text.isEmpty ? name : "." + name
            default: text += "[\(element)]"
            }
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"):
                    true
                default: false
                }
            }
    }
}

extension FieldPath.Element: CustomStringConvertible {
    /// What stands between the brackets: a key's values without their names, joined by commas.
    package var description: String {
        switch self {
        case .field(let name): Value.string(name).json
        case .index(let index): String(index)
        case .key(let fields):
            fields.sorted { $0.key < $1.key }.map { $0.value.string ?? $0.value.json }.joined(separator: ",")
        case .value(let value): "=" + value.json
        }
    }
}
