/// What pods that are alike do to each other.
struct SelfRules {
    /// For each topology in which they don't want to be together, the domains by node.
    let apart: [[Int]]
    /// The constraints by which they are spread.
    let spread: [SpreadCount]
}

extension PodFilter {
    /// How many pods like this one fit on a node, at most `limit`: by everything but what they do to each other.
    func room(on node: Int, in state: PlacementState, limit: Int) -> Int {
        guard isEligible(node), repulsion(from: node) == nil, !blocksPorts(on: node, in: state) else { return 0 }
        for count in spread where !count.matchesSelf || count.matching[node] == nil {
            if count.failure(on: node, minimum: count.minimum) != nil { return 0 }
        }
        let room = resourceRoom(on: node, in: state, limit: limit)
        return pod.hostPorts.isEmpty ? room : min(room, 1)
    }

    /// How many pods like this one a node has resources for, at most `limit`.
    func resourceRoom(on node: Int, in state: PlacementState, limit: Int) -> Int {
        let free = state.free(node)
        var room = min(limit, state.nodes[node].maximumPods - state.usage[node].pods)
        for name in pod.requests.names { room = min(room, Int(free[name] / pod.requests[name])) }
        return max(0, room)
    }

    func selfRules(in state: PlacementState) -> SelfRules {
        let keys = Set(pod.antiAffinity.filter(repels).map(\.topologyKey))
        return SelfRules(
            apart: keys.sorted().map { state.domains(of: $0).ids }, spread: spread.filter(\.matchesSelf))
    }

    /// The sets of nodes that are open to the pods by their affinity; more than one where the first pod chooses.
    ///
    /// - Parameter hosts: Where pods may come to be that they want to be near; nil where that is not to be expected.
    func nearbyChoices(in state: PlacementState, hosts: [Int]? = nil) -> [[Int]] {
        let all = Array(state.nodes.indices)
        if affinity.isEmpty { return [all] }
        let labelled = all.filter { node in affinity.allSatisfy { $0[node] != nil } }
        let near = labelled.filter { node in affinity.allSatisfy { $0[node] ?? 0 > 0 } }
        if let hosts {
            let domains = Set(hosts.map { node in affinity.map { $0.ids[node] } })
            return Dictionary(grouping: labelled) { node in affinity.map { $0.ids[node] } }
                .filter { domains.contains($0.key) }.map(\.value)
        }
        if !near.isEmpty || !satisfiesItself || !affinity.allSatisfy(\.isEmpty) { return [near] }
        return Array(
            Dictionary(grouping: labelled) { node in affinity.map { $0.ids[node] } }.values)
    }
}
