internal import Resources

// MARK: a DaemonSet
extension WorkloadCheck {
    /// Nil where no node gets a pod.
    func daemonVerdict(_ nominal: inout PlacementState) -> PlacementVerdict? {
        let outcomes = outcomes(of: workload)
        if outcomes.isEmpty { return nil }
        let lacking = outcomes.filter { $0.certainty == .impossible }
        let placed = outcomes.filter { $0.certainty != .impossible }
        for pod in workload.leaving { nominal.remove(pod) }
        for outcome in placed { nominal.place(workload.pod, on: outcome.node) }
        var verdict = PlacementVerdict(
            workload: workload.identity,
            certainty: lacking.isEmpty
                ? (placed.allSatisfy { $0.certainty == .guaranteed } ? .guaranteed : .possible) : .impossible,
            pods: outcomes.count,
            trial: placed.map { .init(node: nominal.nodes[$0.node].name, pods: 1) }.sorted { $0.node < $1.node })
        if !lacking.isEmpty { explain(&verdict, lacking, of: outcomes.count) }
        return verdict
    }

    private func outcomes(of workload: Workload) -> [DaemonRollout.NodeOutcome] {
        DaemonRollout(workload: workload, moment: moment, existing: existing).outcomes
    }

    private func explain(_ verdict: inout PlacementVerdict, _ lacking: [DaemonRollout.NodeOutcome], of count: Int) {
        let names = lacking.map { moment.emptiest.nodes[$0.node].name }.sorted().abbreviated()
        let policy = workload.additions.first { addition in
            var milder = workload
            milder.pod = addition.removed(from: workload.pod)
            return outcomes(of: milder).allSatisfy { $0.certainty != .impossible }
        }
        let reasons = Set(lacking.compactMap(\.failure).flatMap(\.reasons)).sorted().joined(separator: ", ")
        verdict.message = "\(lacking.count) of \(count) nodes can't take it: \(names): \(reasons)"
        if let policy {
            verdict.reason = "the policy \(policy.policy)"
            verdict.hint = "it keeps them off these nodes; set its mode to check"
            return
        }
        verdict.reason = reasons
        verdict.hint = "make room there, give it a higher priority, or keep it off these nodes"
    }
}
