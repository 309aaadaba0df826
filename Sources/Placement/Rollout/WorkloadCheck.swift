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
        guard workload.isPlacedByScheduler else { return foreign() }
        if workload.identity.groupKind.kind == "DaemonSet" { return daemonVerdict(&nominal) }
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
        verdict.scaling = scaling
        return verdict
    }

    /// What would become of the numbers that a HorizontalPodAutoscaler may ask for.
    private var scaling: [PlacementVerdict.Scale] {
        guard let range = workload.scaling else { return [] }
        return [range.lowerBound, range.upperBound].map { count in
            let isSteady = workload.existing.isEmpty
            let isSure =
                moment.surely(workload.pod, limit: count, isSteady: isSteady, without: workload.existing) >= count
            let isPossible =
                isSure || moment.atMost(workload.pod, limit: count, without: workload.existing) >= count
                || moment.atMostByPreemption(
                    workload.pod, limit: count, existing: existing, without: workload.existing) >= count
            return PlacementVerdict.Scale(
                pods: count, certainty: isSure ? .guaranteed : isPossible ? .possible : .impossible)
        }
    }

    /// Names workloads of the plan that don't want these pods near, where without that they would surely find nodes, or
    /// where that is what stopped the trial run.
    private func nameStarving(_ verdict: inout PlacementVerdict, _ failures: [FilterFailure]?) {
        let namespaces = moment.fullest.namespaces
        let repels = { (term: PodAffinityTerm) in term.matches(workload.pod, namespaces) }
        let starving = moment.rivals.filter { $0.workload != nil && $0.pod.antiAffinity.contains(where: repels) }
        if starving.isEmpty { return }
        var milder = moment
        for index in milder.rivals.indices { milder.rivals[index].pod.antiAffinity.removeAll(where: repels) }
        let isCause = Rollout(workload: workload, moment: milder).certainty == .guaranteed
        guard isCause || failures?.contains(.existingAntiAffinity) ?? false else { return }
        let names = starving.compactMap(\.workload).map(\.description).sorted().abbreviated
        let policies = starving.flatMap(\.additions).filter { addition in
            starving.contains { !addition.removed(from: $0.pod).antiAffinity.contains(where: repels) }
        }.map { "the policy \($0.policy)" }
        verdict.reason =
            policies.isEmpty
            ? "the anti-affinity of \(names) may leave no node for it"
            : "\(names) may leave no node for it, by \(Set(policies).sorted().joined(separator: " and "))"
        verdict.hint = "let it start before, by the annotation config.kubernetes.io/depends-on"
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

    private func foreign() -> PlacementVerdict? {
        guard workload.arriving > 0, workload.pod.nodeName == nil else { return nil }
        let reason =
            workload.pod.isGated
            ? "its pods wait for scheduling gates" : "its pods are for the scheduler \(workload.pod.scheduler)"
        return PlacementVerdict(
            workload: workload.identity, certainty: .possible, pods: workload.arriving, reason: reason)
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

extension [String] {
    /// The first few, and how many more there are.
    var abbreviated: String {
        count <= 3 ? joined(separator: ", ") : prefix(3).joined(separator: ", ") + " and \(count - 3) more"
    }
}
