internal import Resources

/// The paths of a set's members as the server lists conflicts: parents before what is inside of them, each level in
/// order (`Set.Iterate`).
///
/// Servers before 1.23 kept the slice in which Go collects a path, and told of a field the name of a later one wherever
/// both shared its array.
struct ServerPaths {
    /// By the keys of `fieldsV1`.
    let paths: [[String]]

    init(of set: FieldTree, _ version: KubernetesVersion) {
        var found: [GoSlice] = []
        if let node = set.node {
            Self.collect(node, at: GoSlice(), isShared: !version.copiesConflictPaths, into: &found)
        }
        paths = found.map(\.elements)
    }

    private static func collect(_ node: FieldNode, at prefix: GoSlice, isShared: Bool, into found: inout [GoSlice]) {
        let ordered = node.children.compactMap { key, node in
            FieldPath.Element(fieldsV1Key: key).map { (element: $0, key: key, node: node) }
        }.sorted { $0.element.precedes($1.element) }
        for child in ordered where child.node.isMember {
            found.append(prefix.appending(child.key, isShared: isShared))
        }
        for child in ordered where child.node.hasChildren {
            collect(child.node, at: prefix.appending(child.key, isShared: isShared), isShared: isShared, into: &found)
        }
    }

    /// A path as messages write it: `.spec.containers[name="web"].image`.
    static func text(_ path: [String]) -> String {
        path.map { FieldPath.Element(fieldsV1Key: $0)?.serverText ?? $0 }.joined()
    }
}

/// A slice in Go: appending writes into the array behind it as long as there is room.
private struct GoSlice {
    private final class Array {
        var elements: [String] = []
    }

    private var array = Array()
    private var count = 0
    private var capacity = 0

    var elements: [String] { Swift.Array(array.elements.prefix(count)) }

    func appending(_ element: String, isShared: Bool) -> GoSlice {
        var result = self
        if count == capacity || !isShared {
            result.array = Array()
            result.array.elements = elements
            result.capacity = max(1, capacity * 2)
        }
        if count < result.array.elements.count {
            result.array.elements[count] = element
        } else {
            result.array.elements.append(element)
        }
        result.count += 1
        return result
    }
}
