internal import Resources

/// Asks whether the pods of a plan's end would find nodes if some of these were gone.
struct LossCheck {
    private let question: PlacementQuestion
    private let pods: [SchedulingPod]

    init(_ question: PlacementQuestion, after verdicts: [PlacementVerdict]) {
        self.question = question
        pods = PlannedPods(question, after: verdicts).all
    }

    func verdict(without nodes: [String]) -> LossVerdict {
        let gone = Set(nodes)
        let (evicted, staying) = pods.partitioned { pod in pod.nodeName.map(gone.contains) ?? false }
        // What each node has one of goes with it; what the kubelet itself runs as well.
        let moving = evicted.filter { !["DaemonSet", "Node"].contains($0.controller?.groupKind.kind ?? "") }
        let (owned, bare) = moving.partitioned { $0.controller != nil }
        var rest = question
        rest.nodes.removeAll { gone.contains($0.name) }
        rest.pods = staying
        rest.workloads = workloads(owned)
        (rest.former, rest.pruned, rest.policies, rest.predecessors) = ([:], [], [], [:])
        return LossVerdict(
            nodes: nodes.sorted(), verdicts: PlacementSimulator(rest).verdicts(), blocked: blocked(moving),
            lost: bare.map(\.identity).sorted())
    }

    /// Pods that are alike come anew as one; those of a StatefulSet with volumes one by one.
    private func workloads(_ pods: [SchedulingPod]) -> [Workload] {
        let alike = Dictionary(grouping: pods) { pod in
            var pod = pod
            (pod.name, pod.nodeName, pod.isReady) = ("", nil, false)
            return pod
        }
        let planned = Dictionary(
            question.workloads.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        var named: Set<ObjectIdentity> = []
        return alike.values.sorted { $0[0].identity < $1[0].identity }.map { group in
            var pod = group[0]
            pod.nodeName = nil
            let maker = pod.maker
            let identity = named.insert(maker).inserted ? maker : pod.identity
            var workload = Workload(identity: identity, pod: pod, replicas: group.count, strategy: .never)
            workload.additions = planned[maker]?.additions ?? []
            return workload
        }
    }

    private func blocked(_ evicted: [SchedulingPod]) -> [String] {
        var reasons: [String] = []
        for budget in question.budgets.sorted(by: { $0.identity < $1.identity }) {
            let there = evicted.count(where: budget.covers)
            if there == 0 { continue }
            let covered = pods.filter(budget.covers)
            let healthy = covered.count { $0.nodeName != nil }
            let allowed = budget.allowed(expected: covered.count, healthy: healthy)
            if allowed > 0 { continue }
            let pods = "\(there) pod\(there == 1 ? "" : "s")"
            reasons.append(
                "\(budget.identity) (\(budget.text)) lets none of its \(healthy) pods be evicted; \(pods) would have to be"
            )
        }
        let torn = evicted.filter { pod in question.budgets.count { $0.covers(pod) } > 1 }
        // The server evicts no pod of two budgets (pkg/registry/core/pod/storage/eviction.go).
        for maker in Set(torn.map(\.maker)).sorted() {
            reasons.append("the pods of \(maker) have more than one PodDisruptionBudget, and can't be evicted")
        }
        return reasons
    }
}

extension [SchedulingPod] {
    fileprivate func partitioned(_ isFirst: (SchedulingPod) -> Bool) -> ([SchedulingPod], [SchedulingPod]) {
        (filter(isFirst), filter { !isFirst($0) })
    }
}
