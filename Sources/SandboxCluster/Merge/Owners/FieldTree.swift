internal import Resources

/// A set of fields just as `fieldsV1` writes it, see `FieldSet`: nothing needs to be read or written to work with it.
///
/// Keys are in the server's form, so that equal sets are equal trees.
struct FieldTree: Equatable {
    /// The fields inside of this one, and `.` for this one itself where it has fields inside; only a root is empty
    /// without being the field itself.
    fileprivate(set) var nodes: [String: Value]

    /// The empty set.
    init() { nodes = [:] }

    /// A set in the form of `fieldsV1`.
    init(_ fieldsV1: Value) { nodes = fieldsV1.object ?? [:] }

    /// Somebody else's `fieldsV1`, in the server's form; nil where it is none.
    init?(foreign fieldsV1: Value) {
        guard let set = FieldSet(fieldsV1: fieldsV1) else { return nil }
        nodes = set.fieldsV1.object ?? [:]
    }

    init(paths: [[String]]) {
        self.init()
        for path in paths {
            insert(
                path.reversed().reduce(FieldNode?.none) { inner, name in
                    FieldNode.inside(["f:" + name: (inner ?? .leaf).value])
                })
        }
    }

    init(_ node: FieldNode?) {
        nodes = node?.nodes ?? [:]
        nodes[FieldNode.itself] = nil
    }

    var value: Value { .object(nodes) }
    var isEmpty: Bool { nodes.isEmpty }

    /// The same as a part of something larger; nil where it is empty.
    var node: FieldNode? { isEmpty ? nil : FieldNode(nodes) }

    private mutating func insert(_ node: FieldNode?) {
        self = union(FieldTree(node))
    }

    func union(_ other: FieldTree) -> FieldTree {
        guard let node, let others = other.node else { return isEmpty ? other : self }
        return FieldTree(node.union(others))
    }

    func subtracting(_ other: FieldTree) -> FieldTree {
        guard let node, let others = other.node else { return self }
        return FieldTree(node.subtracting(others))
    }

    /// The set without the fields of the other one and all that is inside of them (`Set.RecursiveDifference`).
    func subtractingTrees(_ other: FieldTree) -> FieldTree {
        guard let node, let others = other.node else { return self }
        return FieldTree(node.subtracting(others, wholly: true))
    }

    func intersection(_ other: FieldTree) -> FieldTree {
        guard let node, let others = other.node else { return FieldTree() }
        return FieldTree(node.intersection(others))
    }

    /// Whether the other set has all these fields, too.
    func isSubset(of other: FieldTree) -> Bool {
        guard let node else { return true }
        return other.node.map(node.isSubset) ?? false
    }

    func contains(_ path: [String]) -> Bool {
        var current = FieldNode(nodes)
        for key in path {
            guard let next = current[key] else { return false }
            current = next
        }
        return !path.isEmpty && current.isMember
    }
}

/// A field that belongs to a set, or has some inside that do.
struct FieldNode: Equatable {
    static let itself = "."
    /// The field itself and none inside.
    static let leaf = FieldNode([:])

    fileprivate(set) var nodes: [String: Value]

    fileprivate init(_ nodes: [String: Value]) { self.nodes = nodes }

    /// Only fields inside, each as `value` has it; nil where there are none.
    static func inside(_ children: [String: Value]) -> FieldNode? {
        children.isEmpty ? nil : FieldNode(children)
    }

    init?(_ value: Value?) {
        guard case .object(let nodes)? = value else { return nil }
        self.nodes = nodes
    }

    var value: Value { .object(nodes) }

    /// Whether the field itself belongs to the set.
    var isMember: Bool { nodes.isEmpty || nodes[Self.itself] != nil }
    var hasChildren: Bool { nodes.count > (nodes[Self.itself] == nil ? 0 : 1) }

    subscript(key: String) -> FieldNode? { FieldNode(nodes[key]) }

    /// The fields inside, by their keys.
    var children: some Sequence<(key: String, node: FieldNode)> {
        nodes.lazy.compactMap { key, value in
            key == Self.itself ? nil : FieldNode(value).map { (key: key, node: $0) }
        }
    }

    func asMember() -> FieldNode {
        if isMember { return self }
        var result = self
        result.nodes[Self.itself] = .object([:])
        return result
    }

    mutating func set(_ node: FieldNode, at key: String) {
        if nodes.isEmpty { nodes[Self.itself] = .object([:]) }
        nodes[key] = .object(node.nodes)
    }

    fileprivate func union(_ other: FieldNode) -> FieldNode {
        var result = isMember || other.isMember ? asMember() : self
        if result.nodes.isEmpty, other.hasChildren { result.nodes[Self.itself] = .object([:]) }
        for (key, node) in other.children {
            result.nodes[key] = .object((result[key].map { $0.union(node) } ?? node).nodes)
        }
        return result
    }

    /// Nil where nothing remains; `wholly` takes all that is inside of the other's members as well.
    fileprivate func subtracting(_ other: FieldNode, wholly: Bool = false) -> FieldNode? {
        if wholly && other.isMember { return nil }
        let remains = isMember && !other.isMember
        var result = self
        for (key, node) in other.children {
            guard let child = result[key] else { continue }
            result.nodes[key] = child.subtracting(node, wholly: wholly).map { .object($0.nodes) }
        }
        return result.settled(isMember: remains)
    }

    fileprivate func intersection(_ other: FieldNode) -> FieldNode? {
        var result = FieldNode([:])
        let (small, large) = nodes.count <= other.nodes.count ? (self, other) : (other, self)
        for (key, node) in small.children {
            guard let common = large[key].flatMap(node.intersection) else { continue }
            result.nodes[key] = .object(common.nodes)
        }
        return result.settled(isMember: isMember && other.isMember)
    }

    /// Nil where neither the field itself nor any inside is left.
    private func settled(isMember: Bool) -> FieldNode? {
        var result = self
        result.nodes[Self.itself] = nil
        if result.nodes.isEmpty { return isMember ? result : nil }
        if isMember { result.nodes[Self.itself] = .object([:]) }
        return result
    }

    fileprivate func isSubset(of other: FieldNode) -> Bool {
        if isMember && !other.isMember { return false }
        return children.allSatisfy { key, node in other[key].map(node.isSubset) ?? false }
    }
}
