package import Resources

/// One difference between two states of an object; secret values are masked already.
package struct FieldChange: Sendable, Hashable {
    package let path: FieldPath
    /// Nil where the field is added.
    package let old: Value?
    /// Nil where the field is removed.
    package let new: Value?
    /// Whether the values are secret: `old` and `new` are then masks, or have masks inside.
    package let isSecret: Bool
    /// Whether only the order of a list changed: `old` and `new` are then lists of what names its elements.
    package let isReordering: Bool

    package init(path: FieldPath, old: Value?, new: Value?, isSecret: Bool = false, isReordering: Bool = false) {
        self.path = path
        self.old = old
        self.new = new
        self.isSecret = isSecret
        self.isReordering = isReordering
    }

    /// The change of a text of several lines as a line diff; nil for other values and for secret ones.
    package var textHunks: [LineDiff.Hunk]? {
        guard !isSecret, case .string(let old)? = old, case .string(let new)? = new,
            old.utf8.contains(UInt8(ascii: "\n")) || new.utf8.contains(UInt8(ascii: "\n"))
        else { return nil }
        return LineDiff.hunks(from: old, to: new)
    }
}

extension Redaction {
    /// A value found at a path of an object of the kind, with everything secret in it masked.
    static func masked(_ value: Value, at path: FieldPath, of kind: GroupKind) -> (value: Value, isSecret: Bool) {
        guard isSecret(kind) else { return (value, false) }
        if hides(path) { return (.string(mask), true) }
        guard mayHide(below: path) else { return (value, false) }
        guard case .object(let fields) = value else {
            return path.elements.isEmpty ? (value, false) : (.string(mask), true)
        }
        var result: [String: Value] = [:]
        var hasSecret = false
        for (name, field) in fields {
            let inner = masked(field, at: path.appending(name), of: kind)
            result[name] = inner.value
            hasSecret = hasSecret || inner.isSecret
        }
        return (.object(result), hasSecret)
    }

    /// Whether fields below the path may be secret, in an object of a kind that holds secrets.
    static func mayHide(below path: FieldPath) -> Bool {
        switch path.elements {
        case [], [.field("data")], [.field("stringData")], [.field("metadata")],
            [.field("metadata"), .field("annotations")]:
            true
        default: false
        }
    }
}
