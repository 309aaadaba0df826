internal import Resources

/// Asks whether the pods of a plan's end would find nodes if some of these were gone.
struct LossCheck {
    private let question: PlacementQuestion
    private let pods: [SchedulingPod]
    private let planned: [ObjectIdentity: Workload]
    /// The pods of each PodDisruptionBudget.
    private let budgets: [(budget: DisruptionBudget, pods: [SchedulingPod])]

    init(_ question: PlacementQuestion, after verdicts: [PlacementVerdict]) {
        self.question = question
        let pods = PlannedPods(question, after: verdicts).all
        self.pods = pods
        let byNamespace = Dictionary(grouping: pods, by: \.namespace)
        budgets = question.budgets.sorted { $0.identity < $1.identity }.map { budget in
            (budget, (byNamespace[budget.identity.namespace] ?? []).filter(budget.covers))
        }
        planned = Dictionary(question.workloads.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func verdict(without loss: NodeLoss) -> LossVerdict {
        let gone = Set(loss.nodes)
        let isThere = { (pod: SchedulingPod) in pod.nodeName.map(gone.contains) ?? false }
        // What each node has one of goes with it; what the kubelet itself runs as well.
        let moving = pods.filter { pod in
            isThere(pod) && !["DaemonSet", "Node"].contains(pod.controller?.groupKind.kind ?? "")
        }
        var rest = question
        rest.pods = pods.filter { !isThere($0) }
        rest.workloads = workloads(moving.filter { $0.controller != nil })
        (rest.former, rest.pruned, rest.policies, rest.predecessors) = ([:], [], [], [:])
        // A node that is drained is one of its zone until it is deleted: both must do.
        var drained = rest
        drained.nodes = question.nodes.map { gone.contains($0.name) ? $0.lost : $0 }
        rest.nodes.removeAll { gone.contains($0.name) }
        return LossVerdict(
            loss, verdicts: Self.worse(PlacementSimulator(drained).verdicts(), PlacementSimulator(rest).verdicts()),
            blocked: blocked(moving), lost: moving.filter { $0.controller == nil }.map(\.identity).sorted(),
            isOfTrial: !question.workloads.isEmpty)
    }

    /// Of each workload the less certain verdict, the first of equals.
    private static func worse(_ first: [PlacementVerdict], _ second: [PlacementVerdict]) -> [PlacementVerdict] {
        let others = Dictionary(second.map { ($0.workload, $0) }, uniquingKeysWith: { first, _ in first })
        let order: [PlacementVerdict.Certainty] = [.guaranteed, .possible, .impossible]
        return first.map { verdict in
            guard let other = others[verdict.workload],
                order.firstIndex(of: other.certainty) ?? 0 > order.firstIndex(of: verdict.certainty) ?? 0
            else { return verdict }
            return other
        }
    }

    /// What a StatefulSet tells its pods apart by.
    private static let ordinalLabels = ["statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index"]

    /// Pods that are alike come anew as one; those of a StatefulSet with volumes one by one.
    private func workloads(_ pods: [SchedulingPod]) -> [Workload] {
        let alike = Dictionary(grouping: pods) { pod in
            var pod = pod
            (pod.name, pod.isReady) = ("", false)
            // Nobody but the manifest's author moves a pod that names its node.
            pod.nodeName = planned[pod.maker]?.pod.nodeName
            for label in Self.ordinalLabels { pod.labels[label] = nil }
            return pod
        }
        var named: Set<ObjectIdentity> = []
        return alike.sorted { $0.value[0].identity < $1.value[0].identity }.map { pod, group in
            let maker = group[0].maker
            let identity = named.insert(maker).inserted ? maker : group[0].identity
            var workload = Workload(identity: identity, pod: pod, replicas: group.count, strategy: .never)
            workload.additions = planned[maker]?.additions ?? []
            workload.doubt = planned[maker]?.doubt
            return workload
        }
    }

    private func blocked(_ evicted: [SchedulingPod]) -> [String] {
        var reasons: [String] = []
        for (budget, covered) in budgets {
            let held = evicted.count { budget.covers($0) && budget.blocks($0, of: covered) }
            if held == 0 { continue }
            let ready = covered.count(where: \.isReady)
            reasons.append(
                "\(budget.identity) (\(budget.text)) lets no pod be evicted: \(ready) of \(covered.count) ready, "
                    + "\(held) would have to go")
        }
        let torn = evicted.filter { pod in question.budgets.count { $0.covers(pod) } > 1 }
        // The server evicts no pod of two budgets (pkg/registry/core/pod/storage/eviction.go).
        for maker in Set(torn.map(\.maker)).sorted() {
            reasons.append("the pods of \(maker) have more than one PodDisruptionBudget, and can't be evicted")
        }
        return reasons
    }
}
