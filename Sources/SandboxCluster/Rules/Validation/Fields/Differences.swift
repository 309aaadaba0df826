internal import Resources

/// What has changed between two states of a field, as lines of a message: the new value after `-`, the old one after `+`,
/// which is the order in which the server compares them.
enum Differences {
    static func lines(_ new: Value?, _ old: Value?, at path: String = "") -> String {
        changes(new, old, path).map { change in
            let sides = [("-", change.new), ("+", change.old)]
            return sides.compactMap { sign, value in value.map { "\(sign) \t\(change.path): \($0.json),\n" } }.joined()
        }.joined()
    }

    private struct Change {
        let path: String
        let new: Value?
        let old: Value?
    }

    private static func changes(_ new: Value?, _ old: Value?, _ path: String) -> [Change] {
        if Sameness.holds(new, old) { return [] }
        switch (new, old) {
        case (.object(let left), .object(let right)):
            return Set(left.keys).union(right.keys).sorted().flatMap { key in
                changes(left[key], right[key], path.isEmpty ? key : "\(path).\(key)")
            }
        case (.array(let left), .array(let right)) where left.count == right.count:
            return left.indices.flatMap { changes(left[$0], right[$0], "\(path)[\($0)]") }
        default: return [Change(path: path, new: new, old: old)]
        }
    }
}
