internal import Resources

/// Whether a workload gets from the pods that it has to those that it wants.
struct Rollout {
    let workload: Workload
    let moment: Moment

    private var wanted: Int { workload.arriving }

    var certainty: PlacementVerdict.Certainty {
        switch workload.strategy {
        case .rolling(let surge, let unavailable) where workload.replacesExisting:
            rolling(surge: surge, unavailable: unavailable)
        case .ordered(let partition) where workload.replacesExisting || !workload.claimTemplates.isEmpty:
            ordered(partition: partition)
        case .run: run
        default: arrival(without: workload.leaving)
        }
    }

    /// A Job's pods make room for each other: it gets on as soon as one of them finds a place.
    private var run: PlacementVerdict.Certainty {
        if moment.surely(workload.pod, limit: wanted, without: workload.leaving) >= wanted { return .guaranteed }
        return moment.atMost(workload.pod, limit: 1, without: workload.leaving) > 0 ? .possible : .impossible
    }

    private func arrival(without leaving: [SchedulingPod]) -> PlacementVerdict.Certainty {
        if moment.surely(workload.pod, limit: wanted, without: leaving) >= wanted { return .guaranteed }
        return moment.atMost(workload.pod, limit: wanted, without: leaving) >= wanted ? .possible : .impossible
    }
}

// MARK: a Deployment
extension Rollout {
    /// New pods come beside the earlier ones, which go as the new ones become ready.
    private func rolling(surge: Int, unavailable: Int) -> PlacementVerdict.Certainty {
        let (pod, existing) = (workload.pod, workload.existing)
        if moment.surely(pod, limit: wanted, isSteady: false) >= wanted { return .guaranteed }
        if mayStall(unavailable) { return .impossible }
        if moment.atMost(pod, limit: wanted, without: existing) < wanted { return .impossible }
        let gain = Gain(of: pod, in: moment.fullest)
        guard gain.isAdditive, let beside = gain.beside(moment, limit: wanted) else { return .possible }
        let freed = existing.map(gain.places).sorted()
        let isCertain = (0..<wanted).allSatisfy { ready in
            let leaving = existing.count - remaining(ready: ready, unavailable)
            return beside + freed.prefix(leaving).reduce(0, +) > ready
        }
        return isCertain ? .guaranteed : .possible
    }

    /// How many of the earlier pods are kept until so many of the new ones are ready.
    private func remaining(ready: Int, _ unavailable: Int) -> Int {
        min(workload.existing.count, max(0, wanted - unavailable - ready))
    }

    /// Whether no earlier pod may go before the first new one is ready, and that one finds no place beside them. Those that
    /// are not ready themselves go first (`cleanupUnhealthyReplicas` in pkg/controller/deployment/rolling.go).
    private func mayStall(_ unavailable: Int) -> Bool {
        wanted > 0 && workload.existing.allSatisfy(\.isReady)
            && remaining(ready: 0, unavailable) == workload.existing.count
            && moment.atMost(workload.pod, limit: 1) == 0
    }
}

// MARK: a StatefulSet
extension Rollout {
    /// Each pod comes once the earlier one of its ordinal is gone.
    private func ordered(partition: Int) -> PlacementVerdict.Certainty {
        var certainty = PlacementVerdict.Certainty.guaranteed
        let existing = workload.existingByOrdinal
        var leaving = workload.surplus
        var placed = 0
        for ordinal in workload.comingOrdinals(from: partition) {
            if let former = existing[ordinal] { leaving.append(former) }
            let pod = workload.pod(ordinal: ordinal)
            if moment.atMost(pod, limit: 1, without: leaving) == 0 { return .impossible }
            let isOwn = workload.claimTemplates.isEmpty
            if moment.surely(pod, limit: placed + 1, isSteady: leaving.isEmpty && isOwn, without: leaving) <= placed {
                certainty = .possible
            }
            placed += 1
        }
        if certainty == .guaranteed { return .guaranteed }
        let isCountable = workload.claimTemplates.isEmpty
        if isCountable, moment.atMost(workload.pod, limit: placed, without: leaving) < placed { return .impossible }
        return .possible
    }
}

/// What the leaving of an earlier pod is worth to one that comes.
struct Gain {
    private let pod: SchedulingPod
    private let state: PlacementState
    private let filter: PodFilter

    init(of pod: SchedulingPod, in state: PlacementState) {
        self.pod = pod
        self.state = state
        filter = PodFilter(pod, in: state)
    }

    /// Whether what each leaving pod is worth adds up.
    var isAdditive: Bool { pod.spread.allSatisfy { !$0.isRequired } && pod.affinity.isEmpty }

    /// How many of the pods find a place while all earlier ones are still there, less what others may take of all places,
    /// which may be more; nil where that can't be bounded.
    func beside(_ moment: Moment, limit: Int) -> Int? {
        moment.slots(filter, in: state, limit: limit).map { slots, loss in
            slots.range(isSteady: false).surely - loss
        }
    }

    /// 1 where the pod surely finds a place that the other one leaves, and that was none before; else 0.
    func places(after other: SchedulingPod) -> Int {
        guard let node = state.index(of: other), isEnough(other, on: node) else { return 0 }
        let later = state.removing([other])
        var filter = filter
        filter.note(other, on: node, count: -1, in: state)
        guard filter.room(on: node, in: later, limit: 1) > 0 else { return 0 }
        let isApart = pod.antiAffinity.contains(where: filter.repels)
        return !isApart || self.filter.repulsion(from: node) != nil ? 1 : 0
    }

    private func isEnough(_ other: SchedulingPod, on node: Int) -> Bool {
        let free = state.free(node)
        return pod.requests.names.allSatisfy { other.requests[$0] >= pod.requests[$0] && free[$0] >= 0 }
    }
}
