internal import Resources

/// How the items of an associative list are told apart.
struct ListItems {
    let schema: MergeSchema
    let element: MergeType
    /// In their order; empty for sets.
    let keys: [String]

    /// Nil for lists whose items have no identity.
    init?(_ schema: MergeSchema, _ element: MergeType, _ relationship: SchemaType.ListRelationship) {
        switch relationship {
        case .atomic: return nil
        case .set: keys = []
        case .map(let names): keys = names.count == 1 ? names : names.sorted()
        }
        self.schema = schema
        self.element = element
    }

    /// The item's key in `fieldsV1`; nil where the item has none, see `problem(of:)`.
    func key(of item: Value) -> String? {
        if keys.isEmpty { return item.isScalar ? "v:" + GoText.json(item) : nil }
        guard case .object(let fields) = item else { return nil }
        var text = "k:{"
        for (index, key) in keys.enumerated() {
            guard let value = fields[key] ?? schema.defaultKey(key, of: element) else { return nil }
            if index > 0 { text += "," }
            text += GoText.json(.string(key))
            text += ":"
            text += GoText.json(value)
        }
        return text + "}"
    }

    /// Why the item has no place in the list; nil where it has one.
    func problem(of item: Value) -> String? {
        if keys.isEmpty {
            return switch item {
            case .object: "associative list without keys has an element that's a map type"
            case .array: "not supported: associative list with lists as elements"
            case .null: "associative list without keys has an element that's an explicit null"
            default: nil
            }
        }
        if item.isNull { return "associative list with keys may not have a null element" }
        guard case .object(let fields) = item else {
            return "associative list with keys may not have non-map elements"
        }
        let missing = keys.first { fields[$0] == nil && schema.defaultKey($0, of: element) == nil }
        return missing.map {
            "associative list with keys has an element that omits key field \"\($0)\" (and doesn't have default value)"
        }
    }

    /// Whether both are the same item of the list, though its contents may differ.
    func isSame(_ left: Value, _ right: Value) -> Bool {
        if keys.isEmpty { return left.isIdentical(to: right) }
        return keys.allSatisfy { key in
            guard let leftKey = left[key] ?? schema.defaultKey(key, of: element),
                let rightKey = right[key] ?? schema.defaultKey(key, of: element)
            else { return false }
            return leftKey.isIdentical(to: rightKey)
        }
    }

    /// The keys of items that came before.
    func duplicates(in list: [Value]) -> [String] {
        if list.count < 2 || list.count <= 8 && !hasDuplicates(list) { return [] }
        var seen: Set<String> = []
        return list.compactMap(key).filter { !seen.insert($0).inserted }
    }

    private func hasDuplicates(_ list: [Value]) -> Bool {
        list.indices.dropFirst().contains { index in list[..<index].contains { isSame($0, list[index]) } }
    }
}

/// Finds the items of one list in another one.
struct ItemFinder {
    private let items: ListItems
    private let list: [Value]
    private var next = 0
    private var byKey: [String: Int]?

    init(_ items: ListItems, in list: [Value]) {
        self.items = items
        self.list = list
    }

    /// The position of the same item; nil where it isn't in the list.
    mutating func position(of item: Value) -> Int? {
        // Most lists are in the same order.
        if next < list.count, items.isSame(item, list[next]) {
            next += 1
            return next - 1
        }
        if list.count <= 8 { return list.firstIndex { items.isSame(item, $0) } }
        let index = index
        return items.key(of: item).flatMap { index[$0] }
    }

    private var index: [String: Int] {
        mutating get {
            if let byKey { return byKey }
            let pairs = list.enumerated().compactMap { position, item in items.key(of: item).map { ($0, position) } }
            let index = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
            byKey = index
            return index
        }
    }
}

extension Value {
    var isScalar: Bool {
        switch self {
        case .null, .array, .object: false
        default: true
        }
    }
}
