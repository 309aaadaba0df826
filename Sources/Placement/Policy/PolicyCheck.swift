internal import Resources

/// Holds the end of a plan against the policies of its source.
///
/// Only what the plan's own pods do counts: what was there before, and stays as it was, is no reason to refuse anything.
package struct PolicyCheck {
    let question: PlacementQuestion
    let live: PlacementState
    /// As a trial run leaves it.
    let planned: PlacementState
    let subjects: [PolicySubject]
    /// Pods that wait for a node, and are none of the plan's.
    let waiting: [SchedulingPod]

    /// - Parameter verdicts: On the question's workloads.
    package init(_ question: PlacementQuestion, verdicts: [PlacementVerdict]) {
        self.question = question
        let state = { (pods: [SchedulingPod]) in
            PlacementState(nodes: question.nodes, pods: pods, namespaces: question.namespaces)
        }
        live = state(question.pods)
        let pods = PlannedPods(question, after: verdicts)
        planned = state(pods.all)
        waiting = pods.staying.filter { $0.nodeName == nil }
        let byWorkload = Dictionary(verdicts.map { ($0.workload, $0) }, uniquingKeysWith: { first, _ in first })
        subjects = question.workloads.compactMap { [planned] workload in
            byWorkload[workload.identity].map { PolicySubject(workload, $0, in: planned) }
        }
    }

    package func verdicts() -> [PolicyVerdict] {
        question.policies.map { policy in findings(of: policy.rule).verdict(of: policy) }
    }

    private func findings(of rule: PlacementPolicy.Rule) -> PolicyFindings {
        switch rule {
        case .isolate(let label, let topologyKey): isolation(by: label, over: topologyKey)
        case .exclusive(let pool): exclusion(of: pool)
        case .headroom(let percent, let poolLabel, let resources):
            headroom(of: percent, in: poolLabel, resources)
        case .spread(let pods, let topologyKey, let maxSkew): spreading(of: pods, over: topologyKey, maxSkew)
        case .together(let pods, let others, let topologyKey): nearness(of: pods, to: others, over: topologyKey)
        }
    }
}

/// A workload of which pods come, as policies look at it.
struct PolicySubject {
    let workload: Workload
    /// A pod as the workload makes it.
    let pod: SchedulingPod
    /// The nodes that nothing of their own keeps the pods from, and those that they are on.
    let reach: Set<Int>
    /// By node, the pods that come in a trial run.
    let coming: [Int: Int]
    /// Those for which the trial run found no node.
    let unplaced: Int
    /// By node, all of its pods once the plan is done.
    let pods: [Int: Int]

    init(_ workload: Workload, _ verdict: PlacementVerdict, in state: PlacementState) {
        self.workload = workload
        pod = workload.isDaemonSet ? DaemonRollout.pod(of: workload) : workload.pod
        let shares = verdict.trial.compactMap { share in state.indices[share.node].map { ($0, share.pods) } }
        coming = Dictionary(shares, uniquingKeysWith: +)
        let gone = Set(workload.departing.map(PodName.init))
        let staying = workload.existing.filter { !gone.contains(PodName($0)) }.compactMap(state.index)
        pods = coming.merging(staying.map { ($0, 1) }, uniquingKeysWith: +)
        unplaced = max(0, verdict.pods - verdict.placed)
        reach = PolicyCheck.reach(of: pod, in: state).union(pods.keys)
    }

    var title: String { workload.identity.description }
}

extension PolicyCheck {
    /// Where a pod may be once nodes are well again that are not; a pod that names its node is nowhere else.
    static func reach(of pod: SchedulingPod, in state: PlacementState) -> Set<Int> {
        if let name = pod.nodeName { return Set([state.indices[name]].compactMap(\.self)) }
        let filter = PodFilter(pod, in: PlacementState(nodes: state.healed().nodes))
        return Set(state.nodes.indices.filter(filter.isMeant))
    }

    func names(_ nodes: some Sequence<Int>) -> String {
        nodes.map { planned.nodes[$0].name }.sorted().abbreviated()
    }
}
