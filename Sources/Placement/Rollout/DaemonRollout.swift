internal import Resources

/// Whether a DaemonSet's pods fit on the nodes that they are meant for, each on its own.
struct DaemonRollout {
    let workload: Workload
    let moment: Moment

    /// By node, the pods that may be evicted for one of these.
    private let evictable: [Int: [SchedulingPod]]

    init(workload: Workload, moment: Moment, existing: [SchedulingPod]) {
        self.workload = workload
        self.moment = moment
        let own = Set(workload.existing)
        let victims = existing.filter { pod in
            workload.pod.preempts && pod.priority < workload.pod.priority && !pod.isBeingDeleted && !own.contains(pod)
        }
        evictable = Dictionary(grouping: victims) { moment.emptiest.index(of: $0) ?? -1 }
    }

    /// Every node that gets a pod, and whether it can have it.
    struct NodeOutcome {
        let node: Int
        let certainty: PlacementVerdict.Certainty
        let failure: FilterFailure?
    }

    /// What the controller lets its pods bear (`AddOrUpdateDaemonPodTolerations` in pkg/controller/daemon/util).
    private static func tolerations(of pod: SchedulingPod) -> [Toleration] {
        var keys = [
            ("not-ready", "NoExecute"), ("unreachable", "NoExecute"), ("disk-pressure", "NoSchedule"),
            ("memory-pressure", "NoSchedule"), ("pid-pressure", "NoSchedule"), ("unschedulable", "NoSchedule"),
        ]
        if pod.usesHostNetwork { keys.append(("network-unavailable", "NoSchedule")) }
        return keys.map { Toleration(key: "node.kubernetes.io/\($0)", effect: $1) }
    }

    /// A pod as the controller makes it.
    static func pod(of workload: Workload) -> SchedulingPod {
        var pod = workload.pod
        pod.tolerations += tolerations(of: pod)
        return pod
    }

    var outcomes: [NodeOutcome] {
        let pod = Self.pod(of: workload)
        let existing = Dictionary(
            workload.existing.compactMap { pod in moment.fullest.index(of: pod).map { ($0, pod) } },
            uniquingKeysWith: { first, _ in first })
        let replaces = workload.replacesExisting && workload.strategy != .never
        let full = PodFilter(pod, in: moment.fullest)
        let empty = PodFilter(pod, in: moment.emptiest)
        return moment.fullest.nodes.indices.compactMap { node in
            guard full.isMeant(for: node), existing[node] == nil || replaces else { return nil }
            return outcome(full, empty, on: node, after: existing[node])
        }
    }

    private func outcome(
        _ full: PodFilter, _ empty: PodFilter, on node: Int, after former: SchedulingPod?
    ) -> NodeOutcome {
        var (fullest, full) = (moment.fullest, full)
        var (emptiest, empty) = (moment.emptiest, empty)
        if let former, workload.strategy != .perNode(surges: true) {
            fullest.remove(former)
            full.note(former, on: node, count: -1, in: fullest)
            emptiest.remove(former)
            empty.note(former, on: node, count: -1, in: emptiest)
        }
        if let failure = empty.failure(on: node, in: emptiest) {
            for victim in evictable[node] ?? [] { emptiest.remove(victim) }
            let isPreempting = PodFilter(empty.pod, in: emptiest).failure(on: node, in: emptiest) == nil
            return NodeOutcome(node: node, certainty: isPreempting ? .possible : .impossible, failure: failure)
        }
        for rival in moment.rivals where rival.nodes[node] {
            fullest.place(rival.pod, on: node, count: rival.count)
            full.note(rival.pod, on: node, count: rival.count, in: fullest)
        }
        let failure = full.failure(on: node, in: fullest)
        return NodeOutcome(node: node, certainty: failure == nil ? .guaranteed : .possible, failure: failure)
    }
}
