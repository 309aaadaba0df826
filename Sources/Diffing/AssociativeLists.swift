internal import Resources

/// How a list's elements are told apart.
enum ListIdentity: Hashable {
    /// By the values of key fields.
    case keys([String])
    /// By themselves: a set.
    case values
}

/// Which lists of an object are associative, as far as its `managedFields` tell.
///
/// A node stands for a field; the elements of a list share one node, since their types are the same.
struct AssociativeLists {
    private(set) var identity: ListIdentity?
    private var fields: [String: AssociativeLists] = [:]

    init() {}

    /// What all managers' entries of the objects tell together.
    init(of objects: [KubernetesObject]) {
        for entry in objects.flatMap(\.managedFields) {
            merge(entry.fieldsV1, depth: 0)
        }
    }

    subscript(field name: String) -> AssociativeLists? { fields[name] }

    private mutating func merge(_ fieldsV1: Value, depth: Int) {
        guard let children = fieldsV1.object, depth < ObjectDiff.maximumDepth else { return }
        for (key, child) in children where key != "." {
            switch key.prefix(2) {
            case "f:": fields[String(key.dropFirst(2)), default: AssociativeLists()].merge(child, depth: depth + 1)
            case "k:":
                if identity == nil, case .key(let names)? = FieldPath.Element(fieldsV1Key: key) {
                    identity = .keys(names.keys.sorted())
                }
                merge(child, depth: depth + 1)
            case "v:": identity = .values
            default: break
            }
        }
    }
}

/// The elements of a list under their names; nil where they can't be named without ambiguity.
struct NamedElements {
    private(set) var names: [FieldPath.Element] = []
    private(set) var elements: [FieldPath.Element: Value] = [:]

    init?(_ list: [Value], by identity: ListIdentity) {
        for value in list {
            guard let name = Self.name(of: value, by: identity),
                elements.updateValue(value, forKey: name) == nil
            else { return nil }
            names.append(name)
        }
    }

    /// Names the elements of both lists in the same way: as `managedFields` tell, else by the well-known keys of
    /// lists with this field name. Nil where neither fits all elements.
    static func pair(
        _ old: [Value], _ new: [Value], identity: ListIdentity?, listName: String?
    ) -> (old: NamedElements, new: NamedElements)? {
        let wellKnown = listName.flatMap(BuiltInTypes.mergeKeys)?.map(ListIdentity.keys) ?? []
        for candidate in (identity.map { [$0] } ?? []) + wellKnown {
            if let oldNames = NamedElements(old, by: candidate), let newNames = NamedElements(new, by: candidate) {
                return (oldNames, newNames)
            }
        }
        return nil
    }

    private static func name(of value: Value, by identity: ListIdentity) -> FieldPath.Element? {
        switch identity {
        case .values:
            if case .object = value { return nil }
            if case .array = value { return nil }
            return .value(value)
        case .keys(let names):
            guard let fields = value.object else { return nil }
            var key: [String: Value] = [:]
            for name in names {
                guard let field = fields[name] ?? BuiltInTypes.defaultValue(ofKeyField: name) else { return nil }
                key[name] = field
            }
            return .key(key)
        }
    }
}
