internal import Resources

/// Judges one workload of a plan.
struct WorkloadCheck {
    let workload: Workload
    let moment: Moment
    /// All pods of the cluster.
    let existing: [SchedulingPod]

    /// Nil where no pods come.
    /// - Parameter nominal: The cluster as the plan's earlier trial runs left it; this one's is added.
    func verdict(trialIn nominal: inout PlacementState) -> PlacementVerdict? {
        var verdict = undoubted(&nominal)
        if let doubt = workload.doubt, verdict?.certainty == .guaranteed {
            verdict?.certainty = .possible
            verdict?.reason = doubt
        }
        return verdict
    }

    private func undoubted(_ nominal: inout PlacementState) -> PlacementVerdict? {
        guard workload.isPlacedByScheduler else { return foreign(&nominal) }
        if workload.isDaemonSet { return daemonVerdict(&nominal) }
        guard workload.arriving > 0 else { return nil }
        let trial = Trial(of: workload, in: nominal)
        nominal = trial.state
        var verdict = PlacementVerdict(
            workload: workload.identity, certainty: Rollout(workload: workload, moment: moment).certainty,
            pods: workload.arriving, trial: trial.shares)
        // A trial that succeeds is a way: nothing is impossible then.
        if verdict.certainty == .impossible, trial.failures == nil { verdict.certainty = .possible }
        // And one that fails shows that it can.
        if verdict.certainty == .guaranteed, trial.failures != nil { verdict.certainty = .possible }
        if verdict.certainty == .guaranteed, let doubt = volumeDoubt {
            verdict.certainty = .possible
            verdict.reason = doubt
        }
        if verdict.certainty == .impossible { explain(&verdict) }
        if verdict.certainty == .possible, let failures = trial.failures {
            verdict.message = FilterFailure.message(failures)
        }
        if verdict.certainty == .possible, verdict.reason == nil { nameStarving(&verdict, trial.failures) }
        if verdict.certainty == .possible, verdict.reason == nil {
            verdict.reason =
                moment.rivals.isEmpty
                ? "it depends on pods that are about to go, or on what the scheduler chooses"
                : "others come at the same time, or wait already, and may take its places"
        }
        verdict.scaling = scaling
        return verdict
    }

    /// What would become of the numbers that a HorizontalPodAutoscaler may ask for.
    private var scaling: [PlacementVerdict.Scale] {
        guard let range = workload.scaling else { return [] }
        let isDoubtful = workload.doubt != nil || volumeDoubt != nil
        return Set([range.lowerBound, range.upperBound]).sorted().map { count in
            let isSteady = workload.existing.isEmpty
            let isSure =
                moment.surely(workload.pod, limit: count, isSteady: isSteady, without: workload.existing) >= count
            let isPossible =
                isSure || moment.atMost(workload.pod, limit: count, without: workload.existing) >= count
                || moment.atMostByPreemption(
                    workload.pod, limit: count, existing: existing, without: workload.existing) >= count
            return PlacementVerdict.Scale(
                pods: count,
                certainty: isSure && !isDoubtful ? .guaranteed : isPossible ? .possible : .impossible)
        }
    }

    /// Names workloads of the plan that can't be near these pods, where without that they would surely find nodes, or
    /// where that is what stopped the trial run.
    private func nameStarving(_ verdict: inout PlacementVerdict, _ failures: [FilterFailure]?) {
        let namespaces = moment.fullest.namespaces
        let repels = { (term: PodAffinityTerm) in term.matches(workload.pod, namespaces) }
        let isRepelled = { (rival: Rival, pod: SchedulingPod) in
            rival.pod.antiAffinity.contains(where: repels)
                || pod.antiAffinity.contains { $0.matches(rival.pod, namespaces) }
        }
        let starving = moment.rivals.filter { $0.workload != nil && isRepelled($0, workload.pod) }
        if starving.isEmpty { return }
        var (milder, tolerant) = (moment, workload)
        for index in milder.rivals.indices { milder.rivals[index].pod.antiAffinity.removeAll(where: repels) }
        tolerant.pod.antiAffinity.removeAll { term in starving.contains { term.matches($0.pod, namespaces) } }
        let isCause = Rollout(workload: tolerant, moment: milder).certainty == .guaranteed
        let isSeen = failures?.contains { $0 == .existingAntiAffinity || $0 == .antiAffinity } ?? false
        guard isCause || isSeen else { return }
        let names = starving.compactMap(\.workload).map(\.description).sorted().abbreviated()
        let policies = Set((workload.additions + starving.flatMap(\.additions)).map(\.policy)).filter { name in
            starving.allSatisfy { rival in
                var other = rival
                other.pod = rival.additions.filter { $0.policy == name }.reduce(rival.pod) { $1.removed(from: $0) }
                let own = workload.additions.filter { $0.policy == name }.reduce(workload.pod) { $1.removed(from: $0) }
                return !isRepelled(other, own)
            }
        }
        let because = policies.min().map { ", by the policy \($0)" } ?? ""
        verdict.reason = "it can't be near \(names), which may leave no node for it\(because)"
        // Only one of them can be the first.
        if isSeen, !starving.contains(where: \.comesFirst) {
            verdict.hint = "let it start before: annotate \(names) with config.kubernetes.io/depends-on"
        }
    }

    /// Where a claim's volume is not known yet, it may come to be where the pod can't go.
    private var volumeDoubt: String? {
        let pods = workload.claimTemplates.isEmpty ? [workload.pod] : workload.ordinals.prefix(1000).map(workload.pod)
        let names = pods.flatMap(\.claims)
        let facts = moment.fullest.volumes
        if names.isEmpty { return nil }
        if !facts.isComplete { return "its volumes could not be read" }
        let areFixed = names.allSatisfy { name in
            let claim = facts.claim(name, in: workload.pod.namespace)
            return claim?.volume != nil && claim?.isExclusive != true
        }
        return areFixed ? nil : "it depends on where its volumes come to be"
    }

    private func foreign(_ nominal: inout PlacementState) -> PlacementVerdict? {
        guard workload.arriving > 0 else { return nil }
        if let node = workload.pod.nodeName { return pinned(to: node, &nominal) }
        let reason =
            workload.pod.isGated
            ? "its pods wait for scheduling gates" : "its pods are for the scheduler \(workload.pod.scheduler)"
        return PlacementVerdict(
            workload: workload.identity, certainty: .possible, pods: workload.arriving, reason: reason)
    }

    /// No scheduler is asked where a manifest names the node; its kubelet may still refuse the pods.
    private func pinned(to name: String, _ nominal: inout PlacementState) -> PlacementVerdict {
        var verdict = PlacementVerdict(
            workload: workload.identity, certainty: .possible, pods: workload.arriving,
            reason: "its manifest names the node \(name)")
        guard let node = nominal.indices[name], !nominal.nodes[node].isLost else {
            verdict.certainty = .impossible
            verdict.hint = "leave nodeName to the scheduler"
            return verdict
        }
        if let refusal = refusal(on: node) {
            verdict.certainty = .impossible
            verdict.message = "the kubelet of \(name) refuses them: \(refusal.reasons.joined(separator: ", "))"
            return verdict
        }
        verdict.trial = [.init(node: name, pods: workload.arriving)]
        nominal.place(workload.pod, on: node, count: workload.arriving)
        return verdict
    }

    /// Why a kubelet takes no pod that names its node: it looks at ports, resources and the node's labels
    /// (`generalFilter` in pkg/kubelet/lifecycle/predicate.go), and not at taints or cordons.
    private func refusal(on node: Int) -> FilterFailure? {
        var tolerant = workload.pod
        tolerant.tolerations = [Toleration(key: "")]
        switch PodFilter(tolerant, in: moment.emptiest).failure(on: node, in: moment.emptiest) {
        case .nodeAffinity: return .nodeAffinity
        case .ports: return .ports
        case .insufficient(let names): return .insufficient(names)
        default: return nil
        }
    }

    private func explain(_ verdict: inout PlacementVerdict) {
        let count = workload.strategy == .run ? 1 : workload.arriving
        let leaving = workload.replacesExisting ? workload.existing : []
        if moment.atMostByPreemption(workload.pod, limit: count, existing: existing, without: leaving) >= count {
            verdict.certainty = .possible
            verdict.reason = "only if pods of a lower priority are evicted"
            return
        }
        if moment.needsHealing(workload.pod, count: count, without: leaving)
            || moment.needsHealing(workload.pod, count: 1, without: [])
        {
            verdict.certainty = .possible
            verdict.reason = "only once nodes are back that are cordoned or not ready"
            return
        }
        WayOut(workload: workload, moment: moment).explain(&verdict)
    }
}
