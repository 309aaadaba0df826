package import Resources

/// What is asked about a plan: will the pods of all that it changes find nodes?
package struct PlacementQuestion: Sendable {
    /// The cluster as it is, with the pods that are bound.
    package var nodes: [SchedulingNode]
    package var pods: [SchedulingPod]
    package var namespaces: [String: [String: String]] = [:]
    package var volumes = VolumeFacts()
    /// In the order of the plan.
    package var workloads: [Workload]
    /// The pods of what is deleted once all workloads are rolled out.
    package var pruned: [SchedulingPod] = []
    /// The workloads as they are now, as far as they exist.
    package var former: [ObjectIdentity: Workload] = [:]
    package var budgets: [DisruptionBudget] = []
    /// Sets of nodes to do without, each by itself.
    package var losses: [NodeLoss] = []
    /// What is wanted of their places.
    package var policies: [PlacementPolicy] = []
    /// For each workload, the workloads that are finished before it starts.
    package var predecessors: [ObjectIdentity: Set<ObjectIdentity>] = [:]

    package init(nodes: [SchedulingNode], pods: [SchedulingPod], workloads: [Workload]) {
        self.nodes = nodes
        self.pods = pods
        self.workloads = workloads
    }
}

/// Answers whether the pods of a plan find nodes: by proof where there is one, and never by more than is known.
///
/// Pods that a plan prunes keep their place, because deletions come last. What a workload finds when its turn comes lies
/// between two pictures: one in which everything that may still be there is, and one in which everything that may be gone
/// is. Workloads without an order between them come at the same time, and where their pods will be is for the scheduler to
/// choose.
package struct PlacementSimulator {
    private let question: PlacementQuestion
    private let live: PlacementState
    private let rivals: [ObjectIdentity: Rival]
    private let waiting: [Rival]

    package init(_ question: PlacementQuestion) {
        self.question = question
        live = PlacementState(
            nodes: question.nodes, pods: question.pods, namespaces: question.namespaces, volumes: question.volumes)
        rivals = Dictionary(
            question.workloads.compactMap { workload in
                Self.rival(workload, in: question.nodes).map { rival in
                    var rival = rival
                    rival.workload = workload.identity
                    rival.additions = workload.additions
                    return (workload.identity, rival)
                }
            }, uniquingKeysWith: { first, _ in first })
        waiting = Self.waiting(question.pods, nodes: question.nodes)
    }

    /// One verdict for each workload that has pods to place, in the order of the plan.
    package func verdicts() -> [PlacementVerdict] {
        var nominal = live
        var earlier: [Workload] = []
        var verdicts: [PlacementVerdict] = []
        for workload in question.workloads {
            let certain = Set(verdicts.filter { $0.certainty == .guaranteed }.map(\.workload))
            let moment = moment(of: workload, earlier: earlier, certain: certain)
            let check = WorkloadCheck(workload: workload, moment: moment, existing: question.pods)
            if let verdict = check.verdict(trialIn: &nominal) { verdicts.append(verdict) }
            earlier.append(workload)
        }
        return verdicts
    }

    private func moment(of workload: Workload, earlier: [Workload], certain: Set<ObjectIdentity>) -> Moment {
        let before = question.predecessors[workload.identity] ?? []
        var (fullest, emptiest) = (live, live)
        // Pods of Jobs end by themselves.
        for pod in question.pods where pod.isBeingDeleted || pod.controller?.groupKind.kind == "Job" {
            emptiest.remove(pod)
        }
        var others: [Rival] = waiting
        for other in question.workloads where other.identity != workload.identity {
            let isBefore = before.contains(other.identity)
            let isAfter = question.predecessors[other.identity]?.contains(workload.identity) ?? false
            if isAfter { continue }
            for pod in other.leaving where !pod.isBeingDeleted && pod.controller?.groupKind.kind != "Job" {
                emptiest.remove(pod)
                // A DaemonSet's pods are replaced where they are.
                if isBefore, !other.isDaemonSet { fullest.remove(pod) }
            }
            if var rival = rivals[other.identity] {
                rival.comesFirst = isBefore
                others.append(rival)
            }
        }
        let companions = earlier.filter { $0.strategy != .run && $0.isPlacedByScheduler }.compactMap { other in
            var rival = rivals[other.identity]
            rival?.isCertain = before.contains(other.identity) && certain.contains(other.identity)
            return rival
        }
        return Moment(fullest: fullest, emptiest: emptiest, rivals: others, companions: companions)
    }

    private static func rival(_ pod: SchedulingPod, count: Int, in nodes: [SchedulingNode]) -> Rival {
        let filter = PodFilter(pod, in: PlacementState(nodes: nodes))
        return Rival(pod: pod, count: count, nodes: nodes.indices.map(filter.isMeant))
    }

    /// Nil where no pods come of the workload.
    private static func rival(_ workload: Workload, in nodes: [SchedulingNode]) -> Rival? {
        if workload.isDaemonSet {
            var rival = rival(DaemonRollout.pod(of: workload), count: 0, in: nodes)
            rival.count = rival.nodes.count { $0 }
            return rival.count > 0 ? rival : nil
        }
        return workload.arriving > 0 ? rival(workload.pod, count: workload.arriving, in: nodes) : nil
    }

    /// Pods that wait for a node already: whatever is freed may be theirs.
    private static func waiting(_ pods: [SchedulingPod], nodes: [SchedulingNode]) -> [Rival] {
        let open = pods.filter { $0.nodeName == nil && !$0.hasEnded && !$0.isBeingDeleted }
        let alike = Dictionary(grouping: open) { pod in
            var pod = pod
            pod.name = ""
            return pod
        }
        return alike.map { rival($0.key, count: $0.value.count, in: nodes) }
    }
}
