internal import Resources

extension MergeSchema {
    /// The set as it is after its type changed: what became indivisible is owned as a whole, and what became divisible is
    /// owned field by field (`ReconcileFieldSetWithSchema`). The latter, which ended with 1.22, also happens to objects
    /// and lists that were owned while they were empty.
    func reconciled(_ set: FieldTree, with object: Value, _ type: MergeType) -> FieldTree {
        guard let node = set.node else { return set }
        return FieldTree(reconciled(node, object, type))
    }

    private func reconciled(_ node: FieldNode, _ value: Value?, _ place: MergeType) -> FieldNode {
        let isWhole = !node.hasChildren
        switch atom(place) {
        case .scalar: return node
        case .untyped: return .leaf
        case .deduced:
            guard version.dividesFieldSets else { return node }
            if isWhole { return divided(node, value, place) }
            return children(of: node, value) { _ in MergeType(.anything, isOpen: true) }
        case .list(let element, let relationship):
            guard relationship != .atomic else { return .leaf }
            if isWhole { return divided(node, value, place) }
            return children(of: node, value) { _ in element }
        case .map(let map):
            if map.isAtomic { return .leaf }
            if isWhole { return divided(node, value, place) }
            return children(of: node, value) { key in
                key.hasPrefix("f:") ? map.type(of: String(key.dropFirst(2))) : nil
            }
        }
    }

    private func divided(_ node: FieldNode, _ value: Value?, _ place: MergeType) -> FieldNode {
        guard version.dividesFieldSets, let value, let parts = fields(of: value, place) else { return node }
        return parts.asMember()
    }

    private func children(of node: FieldNode, _ value: Value?, type: (String) -> MergeType?) -> FieldNode {
        var result = node
        for (key, child) in node.children {
            guard let type = type(key), child.hasChildren || !type.isScalar else { continue }
            let inner = FieldPath.Element(fieldsV1Key: key).flatMap { value?.value(at: $0) }
            let new = reconciled(child, inner, type)
            if new != child { result.set(new, at: key) }
        }
        return result
    }
}

extension MergeType {
    fileprivate var isScalar: Bool {
        if case .scalar = type.shape { true } else { false }
    }
}
