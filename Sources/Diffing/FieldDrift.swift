package import Resources

/// A declared field that the cluster has in another state.
package struct FieldDrift: Sendable, Hashable {
    package let path: FieldPath
    /// What the manifest says; nil where we applied the field once and it is no longer declared.
    package let desired: Value?
    /// What the cluster has; nil where the field is gone.
    package let live: Value?
    /// The managers other than ours that own the field now, sorted.
    package let managers: [String]
    /// Whether the values are secret, and masked.
    package let isSecret: Bool
}

extension ObjectDiff {
    /// The fields of ours that the cluster has in another state than the manifest, and who owns them now.
    ///
    /// Unlike `changes`, it needs no dry run and looks at declared fields alone: what a server or another manager adds
    /// is no drift, and neither is another way of writing the same quantity. Fields that we applied once and no longer
    /// declare come last.
    package static func drift(
        desired: KubernetesObject, live: KubernetesObject, manager: String
    ) -> [FieldDrift] {
        var walk = DriftWalk(isBuiltIn: BuiltInTypes.serves(desired.groupVersionKind.group))
        walk.compare(desired.value, live.value, at: FieldPath(), lists: AssociativeLists(of: [live]))
        walk.findUndeclared(desired: desired, live: live, manager: manager)
        guard !walk.found.isEmpty else { return [] }
        let others = live.managedFields.filter { !$0.isApply(by: manager) }
            .compactMap { entry in FieldSet(fieldsV1: entry.fieldsV1).map { (name: entry.manager, fields: $0) } }
        let kind = desired.groupVersionKind.groupKind
        return walk.found.map { path, wanted, present in
            let masked = [wanted, present].map { value in value.map { Redaction.masked($0, at: path, of: kind) } }
            return FieldDrift(
                path: path, desired: masked[0]?.value, live: masked[1]?.value,
                managers: Set(others.filter { $0.fields.covers(path) }.map(\.name)).sorted(),
                isSecret: masked.contains { $0?.isSecret ?? false })
        }
    }
}

private struct DriftWalk {
    let isBuiltIn: Bool
    private(set) var found: [(path: FieldPath, desired: Value?, live: Value?)] = []

    init(isBuiltIn: Bool) {
        self.isBuiltIn = isBuiltIn
    }

    mutating func compare(_ desired: Value, _ live: Value?, at path: FieldPath, lists: AssociativeLists?) {
        guard let live else {
            // A server drops what is empty; without a schema there is no telling that it did not.
            if !desired.isEmptyOrNull { found.append((path, desired, nil)) }
            return
        }
        if desired.isIdentical(to: live) { return }
        switch (desired, live) {
        case (.object(let fields), .object(let present)) where path.elements.count < ObjectDiff.maximumDepth:
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) where !isServers(name, at: path) {
                compare(value, present[name], at: path.appending(name), lists: lists?[field: name])
            }
        case (.array(let elements), .array(let present)):
            compareLists(elements, present, at: path, lists: lists)
        default:
            if isBuiltIn, BuiltInTypes.isQuantity(path), let quantity = Quantity(desired), quantity == Quantity(live) {
                return
            }
            found.append((path, desired, live))
        }
    }

    private mutating func compareLists(
        _ desired: [Value], _ live: [Value], at path: FieldPath, lists: AssociativeLists?
    ) {
        guard let identity = lists?.identity, let wanted = NamedElements(desired, by: identity),
            let present = NamedElements(live, by: identity)
        else { return found.append((path, .array(desired), .array(live))) }
        for name in wanted.names {
            guard let element = wanted.elements[name] else { continue }
            compare(element, present.elements[name], at: path.appending(name), lists: lists)
        }
    }

    private func isServers(_ name: String, at path: FieldPath) -> Bool {
        path.elements.isEmpty
            ? name == "status"
            : path.elements == [.field("metadata")] && ObjectDiff.serverOwnedMetadata.contains(name)
    }

    /// Adds what our entry has and the manifest has not, each with all that is inside of it.
    mutating func findUndeclared(desired: KubernetesObject, live: KubernetesObject, manager: String) {
        guard let entry = live.managedFields.first(where: { $0.isApply(by: manager) }),
            let owned = FieldSet(fieldsV1: entry.fieldsV1)
        else { return }
        var last: FieldPath?
        for path in owned.paths where desired.value.value(at: path) == nil {
            if let last, path.hasPrefix(last) { continue }
            guard let value = live.value.value(at: path) else { continue }
            found.append((path, nil, value))
            last = path
        }
    }
}

extension Value {
    fileprivate var isEmptyOrNull: Bool { isNull || object?.isEmpty ?? false || array?.isEmpty ?? false }
}
