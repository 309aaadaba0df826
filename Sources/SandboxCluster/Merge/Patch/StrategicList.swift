internal import Resources

/// A list that a strategic merge patch merges item by item.
struct StrategicList {
    let patch: StrategicPatch
    let field: PatchType.Field

    init(_ patch: StrategicPatch, _ field: PatchType.Field) {
        self.patch = patch
        self.field = field
    }

    private var key: String { field.mergeKey }

    /// `mergeSlice`.
    func merged(_ original: [Value], _ changes: [Value], isDeletion: Bool) throws(APIStatus) -> [Value] {
        if original.isEmpty && changes.isEmpty { return original }
        guard try hasObjects(original, changes) else {
            if isDeletion { return original.filter { !changes.contains($0) } }
            return arranged(Self.deduplicated(original + changes), by: changes, original: original)
        }
        guard !key.isEmpty else { throw .mergeFailure("cannot merge lists without merge key for \(field.type.goKind)") }
        let (kept, additions) = try followed(original, changes)
        var result = kept
        for change in additions {
            let value = try mergeValue(change)
            guard case .object(let fields) = change else { continue }
            if let index = result.firstIndex(where: { $0[key] == value }) {
                result[index] = .object(try patch.merged(result[index].object ?? [:], fields, field.type))
            } else {
                result.append(change)
            }
        }
        return try ordered(result, by: additions, original: kept)
    }

    /// Whether the items are objects; all must be of one type.
    private func hasObjects(_ lists: [Value]...) throws(APIStatus) -> Bool {
        let types = Set(lists.joined().map { GoText.typeName($0) })
        if types.count > 1 {
            let text = lists.map { GoText.plain(.array($0)) }.joined(separator: " ")
            throw .mergeFailure("list element types are not identical: [\(text)]")
        }
        if types.contains("[]interface {}") {
            throw APIStatus(
                code: 422, reason: "Invalid",
                message: "the server rejected our request due to an error in our request", details: [:])
        }
        return types.contains("map[string]interface {}")
    }

    /// `$patch` of items: what is deleted or replaced, and the changes that remain.
    private func followed(_ original: [Value], _ changes: [Value]) throws(APIStatus) -> ([Value], [Value]) {
        var kept = original
        var rest: [Value] = []
        var replaces = false
        for change in changes {
            guard let directive = change["$patch"] else {
                rest.append(change)
                continue
            }
            switch directive {
            case "delete":
                let value = try mergeValue(change)
                kept.removeAll { $0[key] == value }
            case "replace": replaces = true
            case "merge": throw .mergeFailure("merging lists cannot yet be specified in the patch")
            default: throw StrategicPatch.unknown(directive, change.object ?? [:])
            }
        }
        return replaces ? (rest, []) : (kept, rest)
    }

    private func mergeValue(_ item: Value) throws(APIStatus) -> Value {
        if let value = item[key] { return value }
        throw .mergeFailure(
            "map: \(GoText.plain(item)) does not contain declared merge key: \(key)")
    }

    /// The values once each; the last one takes the place of what goes (`deduplicateScalars`).
    private static func deduplicated(_ list: [Value]) -> [Value] {
        var result = list
        var left = 0
        while left < result.count {
            var right = left + 1
            while right < result.count {
                if result[left] == result[right] {
                    result[right] = result[result.count - 1]
                    result.removeLast()
                } else {
                    right += 1
                }
            }
            left += 1
        }
        return result
    }

    /// The list in the order of the patch; what the patch doesn't name keeps its own, as far as possible in between.
    func ordered(_ list: [Value], by order: [Value], original: [Value]) throws(APIStatus) -> [Value] {
        if try hasObjects(list) {
            for item in list { _ = try mergeValue(item) }
            for item in order { _ = try mergeValue(item) }
        }
        return arranged(list, by: order, original: original)
    }

    private func arranged(_ list: [Value], by order: [Value], original: [Value]) -> [Value] {
        let named = sorted(list.filter { position(of: $0, in: order) != nil }, by: order)
        let others = sorted(list.filter { position(of: $0, in: order) == nil }, by: original)
        var result: [Value] = []
        var rest = others[...]
        for item in named {
            while let other = rest.first, let before = position(of: other, in: original),
                let after = position(of: item, in: original), before < after
            {
                result.append(other)
                rest.removeFirst()
            }
            result.append(item)
        }
        return result + rest
    }

    private func sorted(_ list: [Value], by order: [Value]) -> [Value] {
        let places = list.enumerated().map { (position(of: $1, in: order) ?? -1, $0, $1) }
        return places.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    private func position(of item: Value, in list: [Value]) -> Int? {
        guard case .object(let fields) = item else { return list.firstIndex(of: item) }
        return list.firstIndex { $0[key] == fields[key] }
    }

    /// Whether the order names all changes, in their order (`validatePatchWithSetOrderList`).
    func check(_ changes: [Value], against order: [Value]) throws(APIStatus) {
        if order.isEmpty || changes.isEmpty { return }
        let named = changes.filter { $0["$patch"] != "delete" }
        var next = 0
        for place in order {
            while next < named.count, named[next]["$patch"] != nil { next += 1 }
            guard next < named.count else { return }
            let isSame = key.isEmpty ? named[next] == place : try mergeValue(named[next]) == mergeValue(place)
            if isSame { next += 1 }
        }
        if next < named.count { throw disorder(changes, order) }
    }

    private func disorder(_ changes: [Value], _ order: [Value]) -> APIStatus {
        let lists = [changes, order].map { GoText.plain(.array($0)) }
        return .mergeFailure(
            "The order in patch list:\n\(lists[0])\n doesn't match $setElementOrder list:\n\(lists[1])\n")
    }
}
