package import Resources

/// Gives an object back what it was before we took fields of it: values first, then who owns them.
///
/// Server-side apply can't do that: it merges what we declare, and forgets whose a field was that we took over.
package struct EarlierState: Sendable {
    /// The object as it was, with its `managedFields`.
    let before: KubernetesObject
    let manager: String

    package init(_ before: KubernetesObject, manager: String) {
        self.before = before
        self.manager = manager
    }

    /// The live object with every field that is ours now, or that we removed, as it was before. What others have
    /// changed since, and the status, stays. Its `managedFields` are those of `live`.
    package func values(in live: KubernetesObject) -> KubernetesObject {
        var value = live.value
        let entries = live.managedFields.filter { $0.subresource.isEmpty }
        let foreign = entries.filter { $0.manager != manager }.map { $0.fieldsV1.object ?? [:] }
        for entry in entries where entry.manager == manager {
            value = Self.reverted(value, before.value, entry.fieldsV1.object ?? [:], foreign) ?? value
        }
        for entry in before.managedFields where isFormer(entry) {
            value = Self.completed(value, before.value, entry.fieldsV1.object ?? [:])
        }
        value["metadata"]?["managedFields"] = live.metadata["managedFields"]
        value["status"] = live.value["status"]
        return KubernetesObject(value)
    }

    /// Who owns what once the values are back: as before, besides what others have come to own since.
    package func managedFields(in live: KubernetesObject) -> Value {
        let current = live.managedFields.filter { $0.manager != manager || !$0.subresource.isEmpty }
        var entries: [ManagedFieldsEntry] = []
        for entry in before.managedFields {
            var restored = entry
            if let newer = current.first(where: { Self.isSame($0, entry) }),
                let fields = FieldSet(fieldsV1: entry.fieldsV1), let others = FieldSet(fieldsV1: newer.fieldsV1)
            {
                restored.fieldsV1 = fields.union(others).fieldsV1
            }
            entries.append(restored)
        }
        entries += current.filter { entry in !before.managedFields.contains { Self.isSame($0, entry) } }
        // An empty list would say nothing; a list of one empty entry resets (API reference, ManagedFieldsEntry).
        return .array(entries.isEmpty ? [[:]] : entries.map(\.value))
    }

    /// Whether the entry's fields passed to us when the object was taken in, so that we may have removed them.
    private func isFormer(_ entry: ManagedFieldsEntry) -> Bool {
        guard entry.subresource.isEmpty else { return false }
        return entry.manager == manager || entry.manager == ManagedFieldsMigration.clientSideApply
            || entry.manager == ManagedFieldsMigration.beforeFirstApply
    }

    private static func isSame(_ left: ManagedFieldsEntry, _ right: ManagedFieldsEntry) -> Bool {
        left.manager == right.manager && left.operation == right.operation && left.apiVersion == right.apiVersion
            && left.subresource == right.subresource
    }
}

// The walks: along `fieldsV1`, which tells maps from associative lists and sets.
extension EarlierState {
    private typealias Fields = [String: Value]

    private struct Child {
        let key: String
        let element: FieldPath.Element
        let owned: Fields
    }

    private static func children(_ owned: Fields) -> [Child] {
        owned.compactMap { key, child in
            FieldPath.Element(fieldsV1Key: key).map { Child(key: key, element: $0, owned: child.object ?? [:]) }
        }
    }

    /// `live` with everything owned as it is in `before`; nil where nothing of it was there before and nothing is left.
    /// - Parameter foreign: What others own of it.
    private static func reverted(
        _ live: Value?, _ before: Value?, _ owned: Fields, _ foreign: [Fields]
    ) -> Value? {
        guard let live else { return before }
        let children = children(owned)
        if children.isEmpty { return replaced(live, before, foreign) }
        var result = live
        for child in children {
            let below = foreign.compactMap { $0[child.key]?.object }
            let (present, former) = (live.value(at: child.element), before?.value(at: child.element))
            // An element that did not exist goes as a whole, with what others have added to it.
            let isNew = former == nil && child.owned["."] != nil && !child.element.isField
            result.set(isNew ? nil : reverted(present, former, child.owned, below), at: child.element)
        }
        if before == nil, result.isEmptyCollection { return nil }
        return result.ordered(like: before, along: children.map(\.element))
    }

    /// A value that is owned as a whole, besides fields in it that others own: the server has such where we declared an
    /// empty map, to which they have added some.
    private static func replaced(_ live: Value, _ before: Value?, _ foreign: [Fields]) -> Value? {
        guard let present = live.object else { return before }
        let theirs = foreign.flatMap { children($0).compactMap { $0.element.name } }
        let kept = present.filter { theirs.contains($0.key) }
        if kept.isEmpty { return before }
        guard let former = before?.object else { return .object(kept) }
        return .object(former.merging(kept) { _, kept in kept })
    }

    /// `live` with everything owned before that it lacks now.
    private static func completed(_ live: Value, _ before: Value, _ owned: Fields) -> Value {
        let children = children(owned)
        var result = live
        for child in children {
            guard let former = before.value(at: child.element) else { continue }
            if let present = live.value(at: child.element) {
                result.set(completed(present, former, child.owned), at: child.element)
            } else {
                result.set(former, at: child.element)
            }
        }
        return result.ordered(like: before, along: children.map(\.element))
    }
}

extension FieldPath.Element {
    fileprivate var name: String? {
        if case .field(let name) = self { name } else { nil }
    }

    fileprivate var isField: Bool { name != nil }
}

extension Value {
    fileprivate var isEmptyCollection: Bool {
        object?.isEmpty ?? array?.isEmpty ?? false
    }

    /// Sets or, with nil, removes what is one step below; an element that a list lacks is added at its end.
    fileprivate mutating func set(_ newValue: Value?, at element: FieldPath.Element) {
        if case .field(let name) = element {
            self[name] = newValue
            return
        }
        var elements = array ?? []
        let present = value(at: element)
        if let present, let index = elements.firstIndex(of: present) {
            if let newValue { elements[index] = newValue } else { elements.remove(at: index) }
        } else if let newValue {
            elements.append(newValue)
        }
        self = .array(elements)
    }

    /// A list with what it shares with another one in that one's order, and the rest after it.
    /// - Parameter elements: Some of its elements, which tell by what they are known.
    fileprivate func ordered(like other: Value?, along elements: [FieldPath.Element]) -> Value {
        guard let list = array, let former = other?.array else { return self }
        let names = elements.lazy.compactMap(\.keyNames).first
        guard names != nil || elements.contains(where: \.isMember) else { return self }
        func mark(_ element: Value) -> Value {
            guard let names else { return element }
            return .array(names.map { element[$0] ?? .null })
        }
        let positions = Dictionary(
            former.enumerated().map { (mark($0.element), $0.offset) }, uniquingKeysWith: { first, _ in first })
        let sorted = list.enumerated().sorted { left, right in
            let (first, second) = (positions[mark(left.element)], positions[mark(right.element)])
            return (first ?? .max, left.offset) < (second ?? .max, right.offset)
        }
        return .array(sorted.map(\.element))
    }
}

extension FieldPath.Element {
    fileprivate var keyNames: [String]? {
        if case .key(let fields) = self { fields.keys.sorted() } else { nil }
    }

    fileprivate var isMember: Bool {
        if case .value = self { true } else { false }
    }
}
