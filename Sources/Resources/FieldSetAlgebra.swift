extension FieldSet {
    /// The fields of both sets.
    package func union(_ other: FieldSet) -> FieldSet {
        FieldSet(
            isMember: isMember || other.isMember,
            children: children.merging(other.children) { $0.union($1) }
        )
    }

    /// The fields of this set that are not in the other one.
    package func subtracting(_ other: FieldSet) -> FieldSet {
        var result = FieldSet(isMember: isMember && !other.isMember)
        for (element, child) in children {
            let rest = other.children[element].map(child.subtracting) ?? child
            if !rest.isEmpty { result.children[element] = rest }
        }
        return result
    }

    /// The fields of this set that exist in a value; a list's elements are found by their keys.
    package func intersection(with value: Value) -> FieldSet {
        var result = FieldSet(isMember: isMember)
        for (element, child) in children {
            guard let inner = value.value(at: element) else { continue }
            let common = child.intersection(with: inner)
            if !common.isEmpty { result.children[element] = common }
        }
        return result
    }

    /// The part of the set at or below a path; nil where it has nothing there.
    package func subset(at path: FieldPath) -> FieldSet? {
        path.elements.reduce(Optional(self)) { current, element in current?.children[element] }
    }

    /// Whether the set has the field itself, some field inside of it, or an atomic field around it.
    package func covers(_ path: FieldPath) -> Bool {
        var current = self
        for element in path.elements {
            guard let next = current.children[element] else { return current.isMember && current.children.isEmpty }
            current = next
        }
        return !current.isEmpty
    }

    /// The set as a `fieldsV1` value.
    package var fieldsV1: Value { value(isRoot: true) }

    private func value(isRoot: Bool) -> Value {
        var fields: [String: Value] = [:]
        for (element, child) in children {
            fields[element.fieldsV1Key] = child.value(isRoot: false)
        }
        if isMember && !children.isEmpty && !isRoot { fields["."] = .object([:]) }
        return .object(fields)
    }
}

extension FieldPath.Element {
    /// The element as a key of `fieldsV1`.
    package var fieldsV1Key: String {
        switch self {
        case .field(let name): "f:" + name
        case .index(let index): "i:\(index)"
        case .key(let fields): "k:" + Value.object(fields).json
        case .value(let value): "v:" + value.json
        }
    }
}
