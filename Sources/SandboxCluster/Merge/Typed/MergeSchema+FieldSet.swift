internal import Resources

extension MergeSchema {
    /// All fields of an object that can have an owner (`TypedValue.ToFieldSet`).
    /// - Parameter isNamed: as `withNamedFields` would have it.
    func fieldSet(of object: Value, _ type: MergeType, isNamed: Bool = false) -> FieldTree {
        FieldTree(fields(of: object, type, isNamed: isNamed && version.prunesNamedFields))
    }

    func fields(of value: Value, _ place: MergeType, isNamed: Bool = false) -> FieldNode? {
        switch atom(place) {
        case .scalar, .untyped: return .leaf
        case .list(let element, let relationship):
            guard let items = ListItems(self, element, relationship) else { return .leaf }
            return fields(of: value.array ?? [], items, isNamed: isNamed)
        case .map(let map):
            return map.isAtomic ? .leaf : fields(of: value.object ?? [:], map, isNamed: isNamed)
        case .deduced:
            if case .object(let members) = value { return fields(of: members, .deduced, isNamed: isNamed) }
            return value.isNull ? nil : .leaf
        }
    }

    private func fields(of list: [Value], _ items: ListItems, isNamed: Bool) -> FieldNode? {
        var children = [String: Value](minimumCapacity: list.count)
        for item in list {
            guard let key = items.key(of: item) else { continue }
            children[key] = (fields(of: item, items.element, isNamed: isNamed)?.asMember() ?? .leaf).value
        }
        return .inside(children)
    }

    private func fields(of members: [String: Value], _ map: MergeMap, isNamed: Bool) -> FieldNode? {
        var children = [String: Value](minimumCapacity: members.count)
        for (name, value) in members {
            guard let type = map.type(of: name) else { continue }
            var child = fields(of: value, type, isNamed: isNamed)
            // An object that a schema names belongs to whom its parts belong to; an entry of a map is owned as such.
            if !map.names(name) || version.ownsEmptyFields && value.isEmptyField { child = child?.asMember() ?? .leaf }
            if isNamed { child = child?.asMember() }
            if let child { children["f:" + name] = child.value }
        }
        return .inside(children)
    }

    /// The set with all fields that a schema names and that have owned fields inside
    /// (`Set.EnsureNamedFieldsAreMembers`); the set itself where the version of Kubernetes didn't know of that yet.
    func withNamedFields(_ set: FieldTree, _ type: MergeType) -> FieldTree {
        guard version.prunesNamedFields, let node = set.node else { return set }
        return FieldTree(named(node, type))
    }

    private func named(_ node: FieldNode, _ place: MergeType?) -> FieldNode {
        if !node.hasChildren { return node }
        var result = node
        let atom = place.map(atom)
        for (key, child) in node.children {
            let name = key.hasPrefix("f:") ? String(key.dropFirst(2)) : nil
            switch (name, atom) {
            case (let name?, .map(let map)?):
                let inner = named(child, map.type(of: name))
                result.set(map.names(name) ? inner.asMember() : inner, at: key)
            case (.some, .deduced?): result.set(named(child, MergeType(.anything, isOpen: true)), at: key)
            case (nil, .list(let type, _)?) where key.hasPrefix("k:"): result.set(named(child, type), at: key)
            default: result.set(named(child, nil), at: key)
            }
        }
        return result
    }
}

extension Value {
    fileprivate var isEmptyField: Bool {
        switch self {
        case .null: true
        case .object(let fields): fields.isEmpty
        default: false
        }
    }
}
