internal import Resources

/// What comes of applying a value.
struct MergeResult {
    let value: Value
    /// In which the value differs from the live one; nil where it doesn't.
    let difference: Difference?
}

extension MergeSchema {
    /// The live value with what is applied to it: nothing is removed, lists with keys are merged item by item, and what
    /// is indivisible is replaced (`TypedValue.Merge`). Null stays null where it stands for a leaf.
    func merging(_ applied: Value, into live: Value?, _ place: MergeType) -> MergeResult {
        switch atom(place) {
        case .scalar, .untyped: return leaf(applied, live)
        case .list(let element, let relationship):
            guard let items = ListItems(self, element, relationship) else { return leaf(applied, live) }
            return mergingLists(applied, live, items)
        case .map(let map):
            return map.isAtomic ? leaf(applied, live) : mergingMaps(applied, live, map)
        case .deduced:
            if live == nil || live?.object != nil && applied.object != nil || live?.isNull == true {
                return applied.object == nil ? leaf(applied, live) : mergingMaps(applied, live, .deduced)
            }
            if applied.isNull, live?.object?.isEmpty == false {
                return MergeResult(value: live ?? applied, difference: nil)
            }
            return MergeResult(value: applied, difference: deducedDifference(live, applied))
        }
    }

    private func leaf(_ applied: Value, _ live: Value?) -> MergeResult {
        MergeResult(value: applied, difference: .leaf(live, applied))
    }

    private func mergingMaps(_ applied: Value, _ live: Value?, _ map: MergeMap) -> MergeResult {
        let new = applied.object ?? [:]
        let old = live?.object ?? [:]
        if new.isEmpty {
            return old.isEmpty ? leaf(applied, live) : MergeResult(value: live ?? applied, difference: nil)
        }
        var fields = old
        var parts = DifferenceBuilder()
        for (name, value) in new {
            guard let type = map.type(of: name) else { continue }
            let result = merging(value, into: old[name], type)
            guard let difference = result.difference else { continue }
            parts.insert(difference, at: "f:" + name)
            fields[name] = result.value
        }
        return MergeResult(value: .object(fields), difference: parts.result(live, applied))
    }

    private func mergingLists(_ applied: Value, _ live: Value?, _ items: ListItems) -> MergeResult {
        let new = applied.array ?? []
        let old = live?.array ?? []
        if new.isEmpty {
            return old.isEmpty ? leaf(applied, live) : MergeResult(value: live ?? applied, difference: nil)
        }
        var finder = ItemFinder(items, in: new)
        let positions = old.map { finder.position(of: $0) }
        var partners = [Value?](repeating: Optional.none, count: new.count)
        for (item, position) in zip(old, positions) {
            if let position, partners[position] == nil { partners[position] = item }
        }
        var parts = DifferenceBuilder()
        var merged: [Value] = []
        merged.reserveCapacity(new.count)
        for (item, partner) in zip(new, partners) {
            let result = merging(item, into: partner, items.element)
            if let difference = result.difference, let key = items.key(of: item) { parts.insert(difference, at: key) }
            merged.append(result.value)
        }
        let order = ListOrder(positions: positions, isShared: partners.map { $0 != nil })
        let list = order.arranged(old, merged, asApplied: version.keepsAppliedOrder)
        return MergeResult(value: .array(list), difference: parts.result(live, applied))
    }
}

/// The order of a list that is merged out of a live and an applied one.
struct ListOrder {
    /// Where the live items are among the applied ones; nil for those that are only live.
    let positions: [Int?]
    /// Which of the applied items are live, too.
    let isShared: [Bool]

    func arranged(_ live: [Value], _ merged: [Value], asApplied: Bool) -> [Value] {
        asApplied ? inAppliedOrder(live, merged) : inLiveOrder(live, merged)
    }

    /// What is live stays in its order; what is new follows.
    private func inLiveOrder(_ live: [Value], _ merged: [Value]) -> [Value] {
        var list = zip(live, positions).map { item, position in position.map { merged[$0] } ?? item }
        for (item, isShared) in zip(merged, isShared) where !isShared { list.append(item) }
        return list
    }

    /// What is applied keeps its order among itself; what is only live stays with what it stood beside.
    private func inAppliedOrder(_ live: [Value], _ merged: [Value]) -> [Value] {
        var list: [Value] = []
        var left = 0
        var right = 0
        while left < live.count || right < merged.count {
            if left < live.count {
                guard let position = positions[left] else {
                    list.append(live[left])
                    left += 1
                    continue
                }
                let sharedNext = isShared[right...].firstIndex(of: true)
                if position <= right { left += 1 }
                if position < right, sharedNext != nil { continue }
                if position > right, sharedNext != position {
                    // It comes when its turn among the applied ones does.
                    left += 1
                    continue
                }
            }
            guard right < merged.count else { continue }
            list.append(merged[right])
            right += 1
        }
        return list
    }
}
