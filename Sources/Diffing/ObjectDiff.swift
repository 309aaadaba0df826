package import Resources

/// The differences of two states of an object, field by field.
package enum ObjectDiff {
    /// What differs between two states, such as the live object and what a server's dry run would make of it.
    ///
    /// Fields that only the server writes are left out, and so is `status`, unless it was applied. Elements of
    /// associative lists are named by their keys, those of other lists by their position: the new one, or the old one
    /// of a removed element. A field that is added or removed with all its content is one change.
    /// - Returns: The changes, sorted by field names and list order; nil stands for an object that does not exist.
    package static func changes(from old: KubernetesObject?, to new: KubernetesObject?) -> [FieldChange] {
        guard let kind = (new ?? old)?.groupVersionKind.groupKind else { return [] }
        let objects = [old, new].compactMap(\.self)
        var walk = DiffWalk(kind: kind, showsStatus: objects.contains(where: hasAppliedStatus))
        let lists = old == nil || new == nil ? AssociativeLists() : AssociativeLists(of: objects)
        walk.compare(old?.value, new?.value, at: FieldPath(), lists: lists)
        return walk.changes
    }

    /// Deeper values are compared as a whole, lest they exhaust the stack.
    static let maximumDepth = 200

    static let serverOwnedMetadata: Set = [
        "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "managedFields",
        "resourceVersion", "selfLink", "uid",
    ]

    private static func hasAppliedStatus(_ object: KubernetesObject) -> Bool {
        object.managedFields.contains {
            $0.operation == "Apply" && $0.subresource.isEmpty && $0.fieldsV1["f:status"] != nil
        }
    }
}

private struct DiffWalk {
    let kind: GroupKind
    let showsStatus: Bool
    private(set) var changes: [FieldChange] = []

    init(kind: GroupKind, showsStatus: Bool) {
        self.kind = kind
        self.showsStatus = showsStatus
    }

    mutating func compare(_ old: Value?, _ new: Value?, at path: FieldPath, lists: AssociativeLists?) {
        if let old, let new, old.isIdentical(to: new) { return }
        guard path.elements.count < ObjectDiff.maximumDepth else { return add(old, new, at: path) }
        switch (old, new) {
        case (.object(let oldFields)?, .object(let newFields)?):
            compareFields(oldFields, newFields, at: path, lists: lists)
        case (.object(let fields)?, nil) where isAlwaysOpened(path): compareFields(fields, [:], at: path, lists: lists)
        case (nil, .object(let fields)?) where isAlwaysOpened(path): compareFields([:], fields, at: path, lists: lists)
        case (.array(let oldList)?, .array(let newList)?):
            compareLists(oldList, newList, at: path, lists: lists)
        default: add(old, new, at: path)
        }
    }

    /// Whether a map that is added or removed as a whole is told field by field: the object itself and its metadata,
    /// and what has secret values, to mask them one by one.
    private func isAlwaysOpened(_ path: FieldPath) -> Bool {
        path.elements.isEmpty || path == FieldPath(fields: "metadata")
            || Redaction.isSecret(kind) && Redaction.mayHide(below: path)
    }

    private mutating func compareFields(
        _ old: [String: Value], _ new: [String: Value], at path: FieldPath, lists: AssociativeLists?
    ) {
        for name in Set(old.keys).union(new.keys).sorted() where !isIgnored(name, at: path) {
            compare(old[name], new[name], at: path.appending(name), lists: lists?[field: name])
        }
    }

    private func isIgnored(_ name: String, at path: FieldPath) -> Bool {
        if path.elements.isEmpty { return name == "status" && !showsStatus }
        return path.elements == [.field("metadata")] && ObjectDiff.serverOwnedMetadata.contains(name)
    }

    private mutating func add(_ old: Value?, _ new: Value?, at path: FieldPath) {
        let masked = [old, new].map { value in value.map { Redaction.masked($0, at: path, of: kind) } }
        let isSecret = masked.contains { $0?.isSecret ?? false }
        changes.append(FieldChange(path: path, old: masked[0]?.value, new: masked[1]?.value, isSecret: isSecret))
    }
}

// Lists.
extension DiffWalk {
    private mutating func compareLists(
        _ old: [Value], _ new: [Value], at path: FieldPath, lists: AssociativeLists?
    ) {
        var listName: String?
        if case .field(let name)? = path.elements.last { listName = name }
        if let named = NamedElements.pair(old, new, identity: lists?.identity, listName: listName) {
            compareNamed(named.old, named.new, at: path, lists: lists)
        } else {
            comparePositions(old, new, at: path, lists: lists)
        }
    }

    private mutating func compareNamed(
        _ old: NamedElements, _ new: NamedElements, at path: FieldPath, lists: AssociativeLists?
    ) {
        for name in old.names {
            compare(old.elements[name], new.elements[name], at: path.appending(name), lists: lists)
        }
        for name in new.names where old.elements[name] == nil {
            compare(nil, new.elements[name], at: path.appending(name), lists: lists)
        }
        let oldOrder = old.names.filter { new.elements[$0] != nil }
        let newOrder = new.names.filter { old.elements[$0] != nil }
        guard oldOrder != newOrder else { return }
        changes.append(
            FieldChange(
                path: path, old: Self.order(of: oldOrder), new: Self.order(of: newOrder), isReordering: true))
    }

    private static func order(of names: [FieldPath.Element]) -> Value {
        .array(names.map { name in if case .value(let value) = name { value } else { .string(name.description) } })
    }

    private mutating func comparePositions(
        _ old: [Value], _ new: [Value], at path: FieldPath, lists: AssociativeLists?
    ) {
        for pair in ListAlignment.pairs(old, new) {
            let place = path.appending(.index(pair.new ?? pair.old ?? 0))
            compare(pair.old.map { old[$0] }, pair.new.map { new[$0] }, at: place, lists: lists)
        }
    }
}
