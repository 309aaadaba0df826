internal import Resources

/// Pods that come to the cluster at an unknown moment and place, and may take what others need.
struct Rival: Sendable {
    var pod: SchedulingPod
    var count: Int
    /// Of the plan; nil for pods that wait already.
    var workload: ObjectIdentity?
    /// Whether the workload that is asked about waits for it.
    var comesFirst = false
    /// What policies added to its pods.
    var additions: [PolicyAddition] = []
    /// Whether they come for certain.
    var isCertain = false
    /// The nodes that nothing of their own keeps them from.
    let nodes: [Bool]

    /// Whether they count for how the others are spread: then nothing can be said about the others.
    func disturbsSpread(of other: SchedulingPod) -> Bool {
        other.spread.contains { constraint in
            constraint.isRequired && pod.namespace == other.namespace
                && constraint.selector?.matches(pod.labels) ?? false
        }
    }

    /// How many places at most all of them take from others by what they ask for of a node.
    func taken(from filter: PodFilter) -> Int {
        guard nodes.indices.contains(where: { nodes[$0] && filter.isEligible($0) }) else { return 0 }
        let other = filter.pod
        let ratios = other.requests.names.map { name in
            let (whole, rest) = pod.requests[name].quotientAndRemainder(dividingBy: other.requests[name])
            // Of a billion places nobody needs to know more.
            return Int(min(rest > 0 ? whole + 1 : whole, 1_000_000))
        }
        return min(count, 1_000_000) * max(1, ratios.max() ?? 1)
    }

    /// How many places at most all of them take from others by standing where one doesn't want to be near the other.
    func closed(in slots: SlotCount) -> Int {
        let (other, namespaces) = (slots.filter.pod, slots.state.namespaces)
        let keys =
            other.antiAffinity.filter { $0.matches(pod, namespaces) }.map(\.topologyKey)
            + pod.antiAffinity.filter { $0.matches(other, namespaces) }.map(\.topologyKey)
        let largest = Set(keys).map { self.largest(slots, slots.state.domains(of: $0)) }
        return min(count, 1_000_000) * largest.reduce(0, +)
    }

    /// The most places that a domain has in which one of them can be.
    private func largest(_ slots: SlotCount, _ domains: (ids: [Int], count: Int)) -> Int {
        var sums = Array(repeating: 0, count: domains.count)
        var isReached = Array(repeating: false, count: domains.count)
        for (node, id) in domains.ids.enumerated() where id >= 0 {
            sums[id] += slots.slots[node]
            if nodes[node] { isReached[id] = true }
        }
        return zip(sums, isReached).map { $1 ? $0 : 0 }.max() ?? 0
    }

    /// Whether they can be only where the other's pods can be, too.
    func isConfined(to filter: PodFilter) -> Bool {
        nodes.contains(true) && nodes.indices.allSatisfy { !nodes[$0] || filter.isEligible($0) }
    }

    /// Whether each of them takes at least one of the places that the other's pods could have: none asks for less of
    /// anything.
    func outweighs(_ other: SchedulingPod) -> Bool {
        other.requests.names.allSatisfy { pod.requests[$0] >= other.requests[$0] }
    }
}

extension PodAffinityTerm {
    func matches(_ pod: SchedulingPod, _ namespaceLabels: [String: [String: String]]) -> Bool {
        matches(namespace: pod.namespace, labels: pod.labels, namespaceLabels: namespaceLabels)
    }
}
