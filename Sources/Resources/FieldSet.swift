/// A set of fields, as `metadata.managedFields[].fieldsV1` writes it.
///
/// The format is that of sigs.k8s.io/structured-merge-diff (`fieldpath/serialize.go`): `f:` field, `k:` list key,
/// `v:` set member, `i:` index, `.` the element itself.
package struct FieldSet: Hashable, Sendable {
    /// Whether the field at this place itself belongs to the set (`.`, or a leaf `{}`).
    package var isMember: Bool
    package var children: [FieldPath.Element: FieldSet]

    package init(isMember: Bool = false, children: [FieldPath.Element: FieldSet] = [:]) {
        self.isMember = isMember
        self.children = children
    }

    /// Reads a `fieldsV1` value; nil where it has keys that this reader does not know.
    package init?(fieldsV1 value: Value) {
        guard let fields = value.object else { return nil }
        self.init()
        for (key, child) in fields {
            if key == "." {
                isMember = true
                continue
            }
            guard let element = FieldPath.Element(fieldsV1Key: key), var set = FieldSet(fieldsV1: child) else {
                return nil
            }
            if set.children.isEmpty { set.isMember = true }
            children[element] = set
        }
    }

    package var isEmpty: Bool { !isMember && children.isEmpty }

    /// Every member's path, in the order of their descriptions.
    package var paths: [FieldPath] {
        var found: [FieldPath] = []
        collect(into: &found, at: FieldPath())
        return found.sorted { $0.description < $1.description }
    }

    private func collect(into found: inout [FieldPath], at path: FieldPath) {
        if isMember { found.append(path) }
        for (element, child) in children {
            child.collect(into: &found, at: path.appending(element))
        }
    }
}

extension FieldPath.Element {
    /// Reads a key of `fieldsV1`; nil where it is none that this reader knows.
    package init?(fieldsV1Key key: String) {
        // By bytes: looking for the bounds of characters takes longer than all the rest.
        let rest = String(Substring(key.utf8.dropFirst(2)))
        switch Substring(key.utf8.prefix(2)) {
        case "f:": self = .field(rest)
        case "i:":
            guard let index = Int(rest) else { return nil }
            self = .index(index)
        case "k:":
            guard let fields = (try? Value(json: rest))?.object else { return nil }
            self = .key(fields)
        case "v:":
            guard let value = try? Value(json: rest) else { return nil }
            self = .value(value)
        default: return nil
        }
    }
}
