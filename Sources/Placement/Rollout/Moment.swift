/// Two pictures of the cluster between which the truth lies while a workload's pods come.
struct Moment {
    /// As full as it can be: whatever is about to go is still there.
    let fullest: PlacementState
    /// As empty as it can be: everything is gone that may be.
    var emptiest: PlacementState
    /// Pods that may come before or at the same time; where, nobody knows.
    var rivals: [Rival]
    /// Those of them that stay, and are not part of the pictures.
    let companions: [Rival]

    /// How many pods like this one find a place whatever happens, at least.
    /// - Parameter leaving: Pods of its own workload that are gone by then.
    func surely(
        _ pod: SchedulingPod, limit: Int, isSteady: Bool = true, without leaving: [SchedulingPod] = []
    ) -> Int {
        let state = fullest.removing(leaving)
        let filter = PodFilter(pod, in: state)
        guard let (slots, loss) = slots(filter, in: state, limit: limit) else { return 0 }
        let hosts = hosts(of: filter, among: companions.filter(\.isCertain), in: state)
        return slots.range(loss: loss, isSteady: isSteady, hosts: hosts).surely
    }

    /// The places of pods like this one, and how many of them others may take at most; nil where that can't be bounded.
    func slots(_ filter: PodFilter, in state: PlacementState, limit: Int) -> (slots: SlotCount, loss: Int)? {
        if rivals.contains(where: { $0.disturbsSpread(of: filter.pod) }) { return nil }
        let taken = rivals.reduce(0) { $0 + $1.taken(from: filter) }
        // As many more are counted as may be taken; counting fewer than there are promises too little, never too much.
        let slots = SlotCount(filter, in: state, limit: limit + taken)
        return (slots, taken + rivals.reduce(0) { $0 + $1.closed(in: slots) })
    }

    /// How many pods like this one can find a place at most.
    func atMost(_ pod: SchedulingPod, limit: Int, without leaving: [SchedulingPod] = []) -> Int {
        atMost(pod, limit: limit, in: emptiest.removing(leaving), isSteady: leaving.isEmpty)
    }

    /// The same with all pods evicted that this one may evict: of the cluster, of its own workload, and of this plan.
    func atMostByPreemption(
        _ pod: SchedulingPod, limit: Int, existing: [SchedulingPod], without leaving: [SchedulingPod]
    ) -> Int {
        guard pod.preempts else { return 0 }
        let gone = Set(leaving)
        let victims = existing.filter { $0.priority < pod.priority && !$0.isBeingDeleted && !gone.contains($0) }
        if victims.isEmpty, companions.allSatisfy({ $0.pod.priority >= pod.priority }) { return 0 }
        return atMost(pod, limit: limit, in: emptiest.removing(leaving + victims), isSteady: false, evicts: true)
    }

    /// Whether so many find a place once nodes are well again, and don't before.
    func needsHealing(_ pod: SchedulingPod, count: Int, without leaving: [SchedulingPod]) -> Bool {
        let state = emptiest.removing(leaving)
        return atMost(pod, limit: count, in: state, isSteady: leaving.isEmpty) < count
            && atMost(pod, limit: count, in: state.healed(), isSteady: leaving.isEmpty) >= count
    }

    private func atMost(
        _ pod: SchedulingPod, limit: Int, in state: PlacementState, isSteady: Bool, evicts: Bool = false
    ) -> Int {
        let filter = PodFilter(pod, in: state)
        let slots = SlotCount(filter, in: state, limit: limit)
        let hosts = hosts(of: filter, among: rivals, in: state)
        let most = slots.range(isSteady: isSteady, hosts: hosts).atMost
        let staying = evicts ? companions.filter { $0.pod.priority >= pod.priority } : companions
        let confined = staying.filter { $0.isConfined(to: filter) }
        if confined.isEmpty || most == 0 { return most }
        let heavier = confined.filter { $0.outweighs(filter.pod) }.reduce(0) { $0 + $1.count }
        let room = state.nodes.indices.reduce(0) { sum, node in
            sum + (filter.isEligible(node) ? filter.resourceRoom(on: node, in: state, limit: limit + heavier) : 0)
        }
        return max(0, min(most, room - heavier, leftover(filter, in: state, besides: confined)))
    }

    /// How many pods there are resources for, all nodes taken together, once others of the plan have theirs.
    private func leftover(_ filter: PodFilter, in state: PlacementState, besides others: [Rival]) -> Int {
        var free = ResourceAmounts()
        for node in state.nodes.indices where filter.isEligible(node) {
            free += ResourceAmounts.max(state.free(node), ResourceAmounts())
        }
        let wanted = filter.pod.requests
        return wanted.names.map { name in
            let taken = others.reduce(0) { $0 + Double($1.count) * Double($1.pod.requests[name]) }
            let left = (Double(free[name]) - taken) / Double(wanted[name])
            // Rounded up a little: what is not exact must not deny anything.
            return Int(max(0, min(left + 1e-6, 1e9)))
        }.min() ?? .max
    }

    /// The nodes on which others may come to be that the pod wants to be near; nil where it doesn't depend on them. Those
    /// that are there already are counted by the filter alone, unless more may come.
    private func hosts(of filter: PodFilter, among others: [Rival], in state: PlacementState) -> [Int]? {
        let terms = filter.pod.affinity
        if terms.isEmpty { return nil }
        let wanted = others.filter { rival in terms.allSatisfy { $0.matches(rival.pod, state.namespaces) } }
        if wanted.isEmpty { return nil }
        let near = state.nodes.indices.filter { node in filter.affinity.allSatisfy { $0[node] ?? 0 > 0 } }
        return near + state.nodes.indices.filter { node in wanted.contains { $0.nodes[node] } }
    }
}

extension PlacementState {
    func removing(_ pods: [SchedulingPod]) -> PlacementState {
        var state = self
        for pod in pods { state.remove(pod) }
        return state
    }
}
