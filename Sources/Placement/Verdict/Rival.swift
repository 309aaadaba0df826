internal import Resources

/// Pods that come to the cluster at an unknown moment and place, and may take what others need.
struct Rival: Sendable {
    let pod: SchedulingPod
    let count: Int
    /// The nodes that nothing of their own keeps them from.
    let nodes: [Bool]

    /// How many places at most one of them takes from pods of another kind; nil where that can't be bounded.
    func loss(to slots: SlotCount) -> Int? {
        let other = slots.filter.pod
        let namespaces = slots.state.namespaces
        let changesSpread = other.spread.contains { constraint in
            constraint.isRequired && pod.namespace == other.namespace
                && constraint.selector?.matches(pod.labels) ?? false
        }
        if changesSpread { return nil }
        let keys =
            other.antiAffinity.filter { $0.matches(pod, namespaces) }.map(\.topologyKey)
            + pod.antiAffinity.filter { $0.matches(other, namespaces) }.map(\.topologyKey)
        let kept = keys.map { key in Self.largest(slots, slots.state.domains(of: key)) }.max() ?? 0
        let meets = nodes.indices.contains { nodes[$0] && slots.filter.isEligible($0) }
        return max(kept, meets ? taken(from: other) : 0)
    }

    /// On a node that both may go to.
    private func taken(from other: SchedulingPod) -> Int {
        let ratios = other.requests.names.map { name in
            let (whole, rest) = pod.requests[name].quotientAndRemainder(dividingBy: other.requests[name])
            return Int(rest > 0 ? whole + 1 : whole)
        }
        return max(1, ratios.max() ?? 1)
    }

    private static func largest(_ slots: SlotCount, _ domains: (ids: [Int], count: Int)) -> Int {
        var sums = Array(repeating: 0, count: domains.count)
        for (node, id) in domains.ids.enumerated() where id >= 0 { sums[id] += slots.slots[node] }
        return sums.max() ?? 0
    }

    /// Whether each of them takes at least one of the places that the other's pods could have: none asks for less of
    /// anything, or may go where the other may not.
    func outweighs(_ filter: PodFilter) -> Bool {
        filter.pod.requests.names.allSatisfy { pod.requests[$0] >= filter.pod.requests[$0] }
            && nodes.indices.allSatisfy { !nodes[$0] || filter.isEligible($0) }
    }
}

extension PodAffinityTerm {
    func matches(_ pod: SchedulingPod, _ namespaceLabels: [String: [String: String]]) -> Bool {
        matches(namespace: pod.namespace, labels: pod.labels, namespaceLabels: namespaceLabels)
    }
}
