internal import Resources

/// The types of the API as structured merging sees them (sigs.k8s.io/structured-merge-diff/v4 and kube-openapi's `schemaconv`).
struct MergeSchema: Sendable {
    let registry: SchemaRegistry
    let version: KubernetesVersion

    /// What a type is to merging, once references are followed.
    func atom(_ place: MergeType) -> MergeAtom {
        var isOpen = place.isOpen
        if case .reference = place.type.shape { isOpen = false }
        let type = registry.resolved(place.type)
        switch type.shape {
        case .reference: return .untyped
        case .scalar(let scalar): return .scalar(scalar)
        case .list(let element, let relationship):
            return .list(MergeType(element, isOpen: isOpen), relationship)
        case .map(let element, let isAtomic):
            return .map(
                MergeMap(fields: [:], element: MergeType(element, isOpen: isOpen), isAtomic: isAtomic, isOpen: isOpen))
        case .structure(let structure):
            return .map(map(structure, isOpen: isOpen))
        case .untyped: return isOpen ? .deduced : .untyped
        }
    }

    /// Inside of a structure that keeps unknown fields, whatever has no type is taken apart field by field; an open
    /// structure without any fields of its own is a map of indivisible values instead.
    private func map(_ structure: SchemaType.Structure, isOpen: Bool) -> MergeMap {
        let keeps = isOpen || structure.keepsUnknownFields
        let isPlain = structure.fields.isEmpty && !isOpen
        let element = keeps ? MergeType(.anything, isOpen: !isPlain) : nil
        return MergeMap(
            fields: structure.fields, element: element, isAtomic: structure.isAtomic, isOpen: keeps && !isPlain)
    }

    /// The value without the fields that its type doesn't name.
    func declared(_ value: Value, _ place: MergeType) -> Value {
        guard case .object(let fields) = value, case .map(let map) = atom(place) else { return value }
        var known: [String: Value] = [:]
        for (name, value) in fields {
            if let type = map.type(of: name) { known[name] = declared(value, type) }
        }
        return .object(known)
    }

    /// Whether the server fails to make a schema of a custom resource's type, and takes its objects for untyped ones.
    ///
    /// Until 1.20 `x-kubernetes-int-or-string` does that, as it becomes an `anyOf` that `kube-openapi` doesn't read.
    func isUnreadable(_ type: SchemaType) -> Bool {
        switch type.shape {
        case .reference, .untyped: false
        case .scalar(let scalar): scalar == .intOrString && version.minor <= 20
        case .list(let element, _), .map(let element, _): isUnreadable(element)
        case .structure(let structure): structure.fields.values.contains { isUnreadable($0.type) }
        }
    }

    /// A service's port had a default for its protocol, but not one that merging knew, until 1.20.
    private func lacksDefault(_ name: String, _ element: MergeType) -> Bool {
        guard version.minor <= 20, case .reference(let type) = element.type.shape else { return false }
        return type == "io.k8s.api.core.v1.ServicePort" && name == "protocol"
    }

    /// What stands for a key that an element of a list leaves out; nil where nothing does.
    func defaultKey(_ name: String, of element: MergeType) -> Value? {
        guard case .structure(let structure) = registry.resolved(element.type).shape,
            let field = structure.fields[name]
        else { return Optional.none }
        if let value = field.defaultValue { return lacksDefault(name, element) ? Optional.none : value }
        // Built-in types, which alone have names, take a required key that is missing for Go's zero value.
        guard case .reference = element.type.shape, structure.required.contains(name),
            case .scalar(let scalar) = registry.resolved(field.type).shape
        else { return Optional.none }
        switch scalar {
        case .string: return ""
        case .int32, .int64: return 0
        default: return Optional.none
        }
    }
}

/// A type at its place.
struct MergeType {
    let type: SchemaType
    /// Whether a structure around it keeps fields that it does not name.
    let isOpen: Bool

    init(_ type: SchemaType, isOpen: Bool = false) {
        self.type = type
        self.isOpen = isOpen
    }
}

/// What a type is to merging.
enum MergeAtom {
    case scalar(SchemaType.Scalar)
    case list(MergeType, SchemaType.ListRelationship)
    case map(MergeMap)
    /// Anything, as one indivisible value.
    case untyped
    /// Anything: objects field by field, all else as one indivisible value.
    case deduced
}

/// An object's fields.
struct MergeMap {
    let fields: [String: SchemaType.Field]
    /// The type of what `fields` doesn't name; nil where there must be nothing.
    let element: MergeType?
    let isAtomic: Bool
    let isOpen: Bool

    /// An object without a schema.
    static let deduced = MergeMap(
        fields: [:], element: MergeType(.anything, isOpen: true), isAtomic: false, isOpen: true)

    func type(of name: String) -> MergeType? {
        if let type = fields[name]?.type { return MergeType(type, isOpen: isOpen) }
        return element
    }

    /// Whether the schema has a field of that name.
    func names(_ name: String) -> Bool { fields[name] != nil }
}

extension SchemaType {
    static let anything = SchemaType(.untyped)
}
