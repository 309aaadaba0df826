/// How many alike pods find a place: at least `surely`, whatever the scheduler chooses among its candidates, and at most
/// `atMost`, whatever luck they have.
package struct SlotRange: Hashable, Sendable {
    package var surely: Int
    package var atMost: Int

    init(surely: Int, atMost: Int) {
        self.surely = max(0, min(surely, atMost))
        self.atMost = max(0, atMost)
    }

    init(_ exactly: Int) { self.init(surely: exactly, atMost: exactly) }
}

/// Counts the places that pods of one kind have, without trying any sequence of them out.
///
/// Pods that are alike take each other's places only, so that the order doesn't matter: a node that has room for two has it
/// until two are there. What they do to each other is a limit by domain: one in each where they don't want to be together,
/// at most `maxSkew` more than in the emptiest where they must be spread.
struct SlotCount {
    let filter: PodFilter
    let state: PlacementState
    /// By node, how many of the pods fit there by themselves; no more than are asked for.
    private(set) var slots: [Int]

    init(_ filter: PodFilter, in state: PlacementState, limit: Int) {
        self.filter = filter
        self.state = state
        slots = state.nodes.indices.map { filter.room(on: $0, in: state, limit: limit) }
    }

    /// - Parameters:
    ///   - loss: How many places others may take that come in between, nobody knows where.
    ///   - isSteady: Whether no pods leave meanwhile; spreading gets harder when they do.
    ///   - hosts: The nodes on one of which there will be pods that these want to be near; nil where they are there already.
    func range(loss: Int = 0, isSteady: Bool = true, hosts: [Int]? = nil) -> SlotRange {
        let choices = filter.nearbyChoices(in: state, hosts: hosts)
        let ranges = choices.map { nodes in range(on: nodes, loss: loss, isSteady: isSteady) }
        if hosts != nil {
            let most = range(on: choices.flatMap(\.self), loss: loss, isSteady: isSteady).atMost
            return SlotRange(surely: ranges.map(\.surely).min() ?? 0, atMost: most)
        }
        // Any of the choices that has a place for the first pod may be the one.
        let open = ranges.filter { $0.atMost > 0 }
        return SlotRange(surely: open.map(\.surely).min() ?? 0, atMost: open.map(\.atMost).max() ?? 0)
    }

    private func range(on nodes: [Int], loss: Int, isSteady: Bool) -> SlotRange {
        let rules = filter.selfRules(in: state)
        guard let units = units(of: nodes, rules.apart) else {
            let most = rules.apart.map { key in Self.units(nodes, slots, key).values.map(\.slots).reduce(0, +) }.min()
            return SlotRange(surely: 0, atMost: most ?? 0)
        }
        let total = units.map(\.slots).reduce(0, +)
        var range = SlotRange(surely: total - Self.lost(units, loss), atMost: total)
        if rules.spread.isEmpty { return range }
        // One place that is in several domains of the spreading can't be counted in one of them.
        guard rules.spread.allSatisfy({ count in rules.apart.allSatisfy { Self.isNested($0, in: count.matching.ids) } })
        else { return SlotRange(surely: 0, atMost: total) }
        let alone = rules.spread.map { spread(units, $0, loss, isSteady) }
        range.atMost = alone.map(\.atMost).min() ?? total
        // Constraints that hold at once can block each other: nothing is certain then.
        range.surely = alone.count == 1 ? min(alone[0].surely, range.atMost) : 0
        return range
    }

    /// Places that are given away together, by one of the nodes that they are on.
    private struct Unit {
        let node: Int
        var slots: Int
        /// How many of the places that the nodes have others must take until none of the unit's is left.
        var room: Int
    }

    /// How many places are gone at most if others take so many of the room.
    private static func lost(_ units: [Unit], _ loss: Int) -> Int {
        var (left, lost) = (loss, 0)
        // Those that are taken with the least effort first; a unit of several places goes place by place.
        for unit in units.sorted(by: { $0.room * max(1, $1.slots) < $1.room * max(1, $0.slots) }) where unit.slots > 0 {
            if left <= 0 { break }
            lost += unit.slots == unit.room ? min(unit.slots, left) : (unit.room <= left ? unit.slots : 0)
            left -= unit.room
        }
        return lost
    }

    /// Nil where the domains in which pods don't want to be together overlap.
    private func units(of nodes: [Int], _ apart: [[Int]]) -> [Unit]? {
        guard let first = apart.first else { return nodes.map { Unit(node: $0, slots: slots[$0], room: slots[$0]) } }
        guard apart.dropFirst().allSatisfy({ $0 == first }) else {
            // With several topologies the coarsest decides, if the others only divide it.
            let coarsest = apart.min { Set($0).count < Set($1).count } ?? first
            let isNested = apart.allSatisfy { Self.isNested($0, in: coarsest) }
            return isNested ? Array(Self.units(nodes, slots, coarsest).values) : nil
        }
        return Array(Self.units(nodes, slots, first).values)
    }

    private static func isNested(_ fine: [Int], in coarse: [Int]) -> Bool {
        var parent: [Int: Int] = [:]
        for (small, large) in zip(fine, coarse) where small >= 0 {
            if let known = parent[small], known != large { return false }
            parent[small] = large
        }
        // A node that only the finer topology knows would be limited by that one alone.
        return zip(fine, coarse).allSatisfy { $0 < 0 || $1 >= 0 }
    }

    private static func units(_ nodes: [Int], _ slots: [Int], _ domains: [Int]) -> [Int: Unit] {
        var units: [Int: Unit] = [:]
        for node in nodes where slots[node] > 0 {
            // Without the label there is no domain, and so no limit.
            let id = domains[node]
            if id < 0 {
                units[-1 - node] = Unit(node: node, slots: slots[node], room: slots[node])
            } else {
                units[id] = Unit(node: node, slots: 1, room: (units[id]?.room ?? 0) + slots[node])
            }
        }
        return units
    }
}

// MARK: spreading
extension SlotCount {
    /// The emptiest domain always takes one more while it has room; once it is full, the others go on until they are
    /// `maxSkew` above it. Where that is doesn't depend on the order.
    private func spread(_ units: [Unit], _ count: SpreadCount, _ loss: Int, _ isSteady: Bool) -> SlotRange {
        let counts = count.eligibleCounts
        var slots = counts.mapValues { _ in 0 }
        let byDomain = Dictionary(grouping: units.filter { count.matching.ids[$0.node] >= 0 }) {
            count.matching.ids[$0.node]
        }
        for (domain, units) in byDomain { slots[domain] = units.reduce(0) { $0 + $1.slots } }
        let most = Self.placeable(slots, counts, count)
        guard isSteady else {
            let least = slots.filter { counts[$0.key] != nil }.values.min() ?? 0
            let isFloored = counts.count < count.constraint.minDomains
            return SlotRange(
                surely: isFloored ? 0 : least - Self.lost(units, loss), atMost: units.map(\.slots).reduce(0, +))
        }
        if loss == 0 { return SlotRange(most) }
        let worst = slots.keys.map { victim in
            var reduced = slots
            reduced[victim, default: 0] -= Self.lost(byDomain[victim] ?? [], loss)
            return Self.placeable(reduced, counts, count)
        }
        return SlotRange(surely: (worst.min() ?? 0) - Self.lost(units, loss), atMost: most)
    }

    /// - Parameter counts: The matching pods of each eligible domain.
    private static func placeable(_ slots: [Int: Int], _ counts: [Int: Int], _ count: SpreadCount) -> Int {
        let matching = count.matching.counts
        var floor = counts.map { $0.value + (slots[$0.key] ?? 0) }.min() ?? 0
        if counts.count < count.constraint.minDomains { floor = 0 }
        return slots.reduce(0) { sum, domain in
            sum + min(domain.value, max(0, floor + count.constraint.maxSkew - matching[domain.key]))
        }
    }
}
