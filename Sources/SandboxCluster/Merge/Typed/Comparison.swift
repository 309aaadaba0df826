internal import Resources

/// In which fields two objects differ.
struct Comparison: Equatable {
    var added = FieldTree()
    var modified = FieldTree()
    var removed = FieldTree()

    init() {}

    init(_ difference: Difference?) {
        added = FieldTree(difference?.added)
        modified = FieldTree(difference?.modified)
        removed = FieldTree(difference?.removed)
    }

    var isSame: Bool { added.isEmpty && modified.isEmpty && removed.isEmpty }
    /// What the second object has and the first one hasn't, or not like that.
    var changed: FieldTree { modified.union(added) }

    mutating func exclude(_ fields: FieldTree) {
        added = added.subtractingTrees(fields)
        modified = modified.subtractingTrees(fields)
        removed = removed.subtractingTrees(fields)
    }
}

/// In which fields two values at some place of an object differ; at least one part is there.
struct Difference {
    var added: FieldNode?
    var modified: FieldNode?
    var removed: FieldNode?

    /// The difference of values that are compared as a whole; nil where there is none.
    static func leaf(_ left: Value?, _ right: Value?) -> Difference? {
        guard let left else { return Difference(added: .leaf) }
        guard let right else { return Difference(removed: .leaf) }
        return left.isIdentical(to: right) ? nil : Difference(modified: .leaf)
    }
}

/// Puts a difference together out of those of fields or items.
struct DifferenceBuilder {
    private var added: [String: Value] = [:]
    private var modified: [String: Value] = [:]
    private var removed: [String: Value] = [:]

    mutating func insert(_ part: Difference, at key: String) {
        if let node = part.added { added[key] = node.value }
        if let node = part.modified { modified[key] = node.value }
        if let node = part.removed { removed[key] = node.value }
    }

    /// What is only on one side belongs to the difference itself, too; nil where there is none.
    func result(_ left: Value?, _ right: Value?) -> Difference? {
        var result = Difference(added: .inside(added), modified: .inside(modified), removed: .inside(removed))
        if left == nil { result.added = result.added?.asMember() ?? .leaf }
        if right == nil { result.removed = result.removed?.asMember() ?? .leaf }
        return result.added == nil && result.modified == nil && result.removed == nil ? nil : result
    }
}

extension MergeSchema {
    /// Compares whole objects (`TypedValue.Compare`).
    func comparison(of left: Value, with right: Value, _ type: MergeType) -> Comparison {
        Comparison(difference(left, right, type))
    }

    /// Nil where there is no difference; at most one side is nil.
    func difference(_ left: Value?, _ right: Value?, _ place: MergeType) -> Difference? {
        if let left, let right, left.isIdentical(to: right) { return nil }
        switch atom(place) {
        case .scalar, .untyped: return .leaf(left, right)
        case .list(let element, let relationship):
            guard let items = ListItems(self, element, relationship) else { return .leaf(left, right) }
            return listDifference(left, right, items)
        case .map(let map):
            return map.isAtomic ? .leaf(left, right) : mapDifference(left, right, map)
        case .deduced: return deducedDifference(left, right)
        }
    }

    /// Where an object became something else, or the other way round, its fields differ and so does the place.
    func deducedDifference(_ left: Value?, _ right: Value?) -> Difference? {
        let parts = mapDifference(left, right, .deduced)
        guard let left, let right, (left.object == nil) != (right.object == nil), !left.isNull, !right.isNull else {
            return parts
        }
        var result = parts ?? Difference()
        result.modified = result.modified?.asMember() ?? .leaf
        return result
    }

    private func mapDifference(_ left: Value?, _ right: Value?, _ map: MergeMap) -> Difference? {
        let old = left?.object ?? [:]
        let new = right?.object ?? [:]
        if old.isEmpty && new.isEmpty { return .leaf(left, right) }
        var parts = DifferenceBuilder()
        for (name, value) in old {
            guard let type = map.type(of: name), let part = difference(value, new[name], type) else { continue }
            parts.insert(part, at: "f:" + name)
        }
        for (name, value) in new where old[name] == nil {
            guard let type = map.type(of: name), let part = difference(nil, value, type) else { continue }
            parts.insert(part, at: "f:" + name)
        }
        return parts.result(left, right)
    }

    private func listDifference(_ left: Value?, _ right: Value?, _ items: ListItems) -> Difference? {
        let old = left?.array ?? []
        let new = right?.array ?? []
        if old.isEmpty && new.isEmpty { return .leaf(left, right) }
        var parts = DifferenceBuilder()
        var finder = ItemFinder(items, in: new)
        var found: Set<Int> = []
        for item in old {
            let position = finder.position(of: item)
            if let position { found.insert(position) }
            let partner = position.map { new[$0] }
            guard let part = difference(item, partner, items.element), let key = items.key(of: item) else { continue }
            parts.insert(part, at: key)
        }
        for (position, item) in new.enumerated() where !found.contains(position) {
            guard let part = difference(nil, item, items.element), let key = items.key(of: item) else { continue }
            parts.insert(part, at: key)
        }
        return parts.result(left, right)
    }
}
