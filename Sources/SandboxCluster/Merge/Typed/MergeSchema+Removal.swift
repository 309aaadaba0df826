internal import Resources

extension MergeSchema {
    /// The object without the fields and items of a set (`TypedValue.RemoveItems`). What is left empty by that becomes
    /// null.
    func removing(_ set: FieldTree, from object: Value, _ type: MergeType) -> Value {
        guard let node = set.node else { return object }
        let rest = removing(node, from: object, type)
        return rest.isNull ? .object([:]) : rest
    }

    private func removing(_ node: FieldNode, from value: Value, _ place: MergeType) -> Value {
        if !node.hasChildren { return value }
        switch atom(place) {
        case .scalar: return value
        case .untyped: return value.isScalar ? value : .null
        case .list(let element, let relationship):
            guard let list = value.array, let items = ListItems(self, element, relationship) else { return .null }
            return removing(node, from: list, items)
        case .map(let map):
            guard let fields = value.object, !map.isAtomic else { return .null }
            return removing(node, from: fields, map)
        case .deduced:
            if case .object(let fields) = value { return removing(node, from: fields, .deduced) }
            return value.isScalar ? value : .null
        }
    }

    private func removing(_ node: FieldNode, from list: [Value], _ items: ListItems) -> Value {
        let rest = list.compactMap { item -> Value? in
            guard let key = items.key(of: item), let child = node[key] else { return item }
            return child.isMember ? Optional.none : removing(child, from: item, items.element)
        }
        return rest.isEmpty ? .null : .array(rest)
    }

    private func removing(_ node: FieldNode, from fields: [String: Value], _ map: MergeMap) -> Value {
        var rest = fields
        for (key, child) in node.children where key.hasPrefix("f:") {
            let name = String(key.dropFirst(2))
            guard let value = fields[name] else { continue }
            if child.isMember {
                rest[name] = nil
            } else if let type = map.type(of: name) {
                rest[name] = removing(child, from: value, type)
            }
        }
        return rest.isEmpty ? .null : .object(rest)
    }
}
