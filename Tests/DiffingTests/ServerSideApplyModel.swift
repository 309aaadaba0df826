import Resources

/// A type, as a server's schema describes it.
indirect enum ModelType: Sendable {
    case scalar
    case atomicMap
    case atomicList
    /// Declared fields, and what the server fills in where they are missing.
    case structure([String: ModelType], defaults: [String: Value] = [:])
    /// Any key.
    case map(ModelType)
    /// A list of structures, merged by key fields; the defaults complete keys that are not given.
    case associative(keys: [String], defaults: [String: Value] = [:], element: ModelType)
    case set
}

/// A small model of structured-merge-diff, the server's side of an apply.
struct ServerSideApplyModel {
    let type: ModelType
    /// Whether an empty map or a null is part of the field set, as in servers since 1.22.
    let recordsEmptyMaps: Bool

    // MARK: The field set of an applied object (`TypedValue.ToFieldSet`)

    func fieldSet(of value: Value) -> FieldSet { fieldSet(of: value, type) }

    private func fieldSet(of value: Value, _ type: ModelType) -> FieldSet {
        var set = FieldSet()
        switch (type, value) {
        case (.scalar, _), (.atomicMap, _), (.atomicList, _): set.isMember = true
        case (.structure(let types, _), .object(let fields)):
            for (name, field) in fields {
                guard let fieldType = types[name] else { continue }
                insert(fieldSet(of: field, fieldType), .field(name), field, isUndeclared: false, into: &set)
            }
        case (.map(let fieldType), .object(let fields)):
            for (name, field) in fields {
                insert(fieldSet(of: field, fieldType), .field(name), field, isUndeclared: true, into: &set)
            }
        case (.associative(_, _, let elementType), .array(let elements)):
            for element in elements {
                var child = fieldSet(of: element, elementType)
                child.isMember = true
                set.children[Self.key(of: element, type)] = child
            }
        case (.set, .array(let elements)):
            for element in elements { set.children[.value(element)] = FieldSet(isMember: true) }
        default: break
        }
        return set
    }

    private func insert(
        _ child: FieldSet, _ element: FieldPath.Element, _ value: Value, isUndeclared: Bool, into set: inout FieldSet
    ) {
        var child = child
        if isUndeclared || recordsEmptyMaps && (value.isNull || value == [:]) { child.isMember = true }
        if !child.isEmpty { set.children[element] = child }
    }

    static func key(of element: Value, _ type: ModelType) -> FieldPath.Element {
        guard case .associative(let keys, let defaults, _) = type else { return .value(element) }
        var fields: [String: Value] = [:]
        for key in keys { fields[key] = element[key] ?? defaults[key] ?? .null }
        return .key(fields)
    }

    // MARK: Merging (`TypedValue.Merge`)

    func merge(_ live: Value, _ applied: Value) -> Value { merge(live, applied, type) ?? .null }

    private func merge(_ live: Value?, _ applied: Value?, _ type: ModelType) -> Value? {
        guard let applied else { return live }
        switch type {
        case .scalar, .atomicMap, .atomicList: return applied
        case .structure(let types, _): return mergeFields(live, applied) { types[$0] }
        case .map(let fieldType): return mergeFields(live, applied) { _ in fieldType }
        case .associative(_, _, let elementType):
            return mergeLists(live, applied, type) { merge($0, $1, elementType) }
        case .set: return mergeLists(live, applied, type) { $1 ?? $0 }
        }
    }

    private func mergeFields(_ live: Value?, _ applied: Value, type: (String) -> ModelType?) -> Value? {
        let old = live?.object ?? [:]
        let new = applied.object ?? [:]
        if old.isEmpty && new.isEmpty { return applied }
        var result: [String: Value] = [:]
        for name in Set(old.keys).union(new.keys) {
            result[name] = type(name).flatMap { merge(old[name], new[name], $0) }
        }
        return result.isEmpty ? nil : .object(result)
    }

    /// New servers order the elements of both lists as the applied one does; legacy ones keep the live order.
    private func mergeLists(
        _ live: Value?, _ applied: Value, _ type: ModelType, element: (Value?, Value?) -> Value?
    ) -> Value? {
        let old = live?.array ?? []
        let new = applied.array ?? []
        if old.isEmpty && new.isEmpty { return applied }
        let oldKeys = old.map { Self.key(of: $0, type) }
        let newKeys = new.map { Self.key(of: $0, type) }
        var order: [FieldPath.Element]
        if recordsEmptyMaps {
            var shared = newKeys.filter(oldKeys.contains)[...]
            order = oldKeys.map { newKeys.contains($0) ? shared.removeFirst() : $0 }
        } else {
            order = oldKeys
        }
        order += newKeys.filter { !oldKeys.contains($0) }
        return .array(
            order.compactMap { key in
                element(
                    oldKeys.firstIndex(of: key).map { old[$0] }, newKeys.firstIndex(of: key).map { new[$0] })
            })
    }

    // MARK: What the server adds

    /// The object with defaults filled in, and without the maps and lists that a typed object drops when empty.
    func completed(_ value: Value) -> Value { completed(value, type) ?? [:] }

    private func completed(_ value: Value, _ type: ModelType) -> Value? {
        switch (type, value) {
        case (_, .null): return nil
        case (.atomicList, .array([])): return nil
        case (.structure(let types, let defaults), .object(var fields)):
            for (name, field) in fields { fields[name] = types[name].flatMap { completed(field, $0) } }
            return .object(fields.merging(defaults) { given, _ in given })
        case (.map(let fieldType), .object(let fields)):
            let kept = fields.compactMapValues { completed($0, fieldType) }
            return kept.isEmpty ? nil : .object(kept)
        case (.associative(_, let defaults, let elementType), .array(let elements)):
            if elements.isEmpty { return nil }
            return .array(
                elements.compactMap { element in
                    completed(.object((element.object ?? [:]).merging(defaults) { given, _ in given }), elementType)
                })
        case (.set, .array([])): return nil
        default: return value
        }
    }

    // MARK: Another manager's update

    /// What our field set keeps after somebody else has written the object, and what the other one owns
    /// (`merge.Updater.Update`).
    func afterUpdate(from old: Value, to new: Value, ours: FieldSet) -> (ours: FieldSet, theirs: FieldSet) {
        let before = fieldSet(of: old)
        let after = fieldSet(of: new)
        let changed = after.filter { path in
            !before.hasMember(path) || after.isLeaf(path) && old.value(at: path) != new.value(at: path)
        }
        let removed = before.filter { !after.hasMember($0) }
        return (ours.subtracting(changed).subtracting(removed), changed)
    }
}

extension FieldSet {
    func filter(at path: FieldPath = FieldPath(), _ isIncluded: (FieldPath) -> Bool) -> FieldSet {
        var result = FieldSet(isMember: isMember && isIncluded(path))
        for (element, child) in children {
            let rest = child.filter(at: path.appending(element), isIncluded)
            if !rest.isEmpty { result.children[element] = rest }
        }
        return result
    }

    func hasMember(_ path: FieldPath) -> Bool { subset(at: path)?.isMember ?? false }
    func isLeaf(_ path: FieldPath) -> Bool { subset(at: path)?.children.isEmpty ?? true }
}
