internal import Resources

extension FieldPath.Element {
    /// The element as the server's messages write it: `.containers`, `[name="web"]`.
    var serverText: String {
        switch self {
        case .field(let name): "." + name
        case .index(let index): "[\(index)]"
        case .value(let value): "[=\(Self.text(value))]"
        case .key(let fields):
            "[" + fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.text($0.value))" }.joined(separator: ",")
                + "]"
        }
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .string(let text): GoSyntax.quoted(text)
        case .null: "null"
        default: GoText.plain(value)
        }
    }

    /// The order of structured-merge-diff: fields, keys, values, positions.
    func precedes(_ other: FieldPath.Element) -> Bool {
        switch (self, other) {
        case (.field(let left), .field(let right)): left < right
        case (.index(let left), .index(let right)): left < right
        case (.value(let left), .value(let right)): left.precedes(right) ?? false
        case (.key(let left), .key(let right)): Self.precedes(left, right)
        default: rank < other.rank
        }
    }

    private var rank: Int {
        switch self {
        case .field: 0
        case .key: 1
        case .value: 2
        case .index: 3
        }
    }

    private static func precedes(_ left: [String: Value], _ right: [String: Value]) -> Bool {
        let lefts = left.sorted { $0.key < $1.key }
        let rights = right.sorted { $0.key < $1.key }
        for (one, other) in zip(lefts, rights) {
            if one.key != other.key { return one.key < other.key }
            if let result = one.value.precedes(other.value) { return result }
        }
        return lefts.count < rights.count
    }
}

extension Value {
    /// Nil where both are equal; numbers come before strings, those before booleans.
    fileprivate func precedes(_ other: Value) -> Bool? {
        switch (number, other.number) {
        case (let left?, let right?): return left == right ? nil : left < right
        case (_?, nil): return true
        case (nil, _?): return false
        case (nil, nil): break
        }
        switch (self, other) {
        case (.string(let left), .string(let right)): return left == right ? nil : left < right
        case (.string, _): return true
        case (_, .string): return false
        case (.bool(let left), .bool(let right)): return left == right ? nil : right
        default: return nil
        }
    }

    private var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .unsigned(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }
}
