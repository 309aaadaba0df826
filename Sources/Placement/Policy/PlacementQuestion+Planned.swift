internal import Resources

extension PlacementQuestion {
    /// The pods once the plan is done: those that come are where a trial run put them, or wait for a node.
    func pods(after verdicts: [PlacementVerdict]) -> [SchedulingPod] {
        let gone = Set((workloads.flatMap(\.departing) + pruned).map(PodKey.init))
        let staying = pods.filter { !$0.hasEnded && !$0.isBeingDeleted && !gone.contains(PodKey($0)) }
        let byWorkload = Dictionary(verdicts.map { ($0.workload, $0) }, uniquingKeysWith: { first, _ in first })
        return staying + workloads.flatMap { workload in byWorkload[workload.identity].map(workload.pods) ?? [] }
    }

    private struct PodKey: Hashable {
        let namespace: String
        let name: String

        init(_ pod: SchedulingPod) {
            namespace = pod.namespace
            name = pod.name
        }
    }
}

extension Workload {
    /// Of pods that find no node, no more are of interest.
    private static let mostWaiting = 1000

    /// The pods that it has now and not once it is rolled out.
    var departing: [SchedulingPod] {
        if replacesExisting { return leaving }
        switch strategy {
        case .ordered: return existingByOrdinal.filter { !ordinals.contains($0.key) }.map(\.value)
        case _ where identity.groupKind.kind == "DaemonSet": return []
        default: return Array(existing.dropFirst(replicas))
        }
    }

    /// The pods that come, on the nodes of a trial run; the rest waits.
    fileprivate func pods(_ verdict: PlacementVerdict) -> [SchedulingPod] {
        let nodes = verdict.trial.flatMap { Array(repeating: Optional($0.node), count: $0.pods) }
        let waiting = min(max(0, verdict.pods - nodes.count), Self.mostWaiting)
        return zip(names, nodes + Array(repeating: nil, count: waiting)).map { name, node in
            var pod = pod(named: name)
            pod.nodeName = node
            pod.controller = OwnerReference(controller: identity)
            return pod
        }
    }

    /// The names of the pods that come, without end.
    private var names: AnySequence<String> {
        if case .ordered(let partition) = strategy {
            return AnySequence(comingOrdinals(from: partition).lazy.map { "\(identity.name)-\($0)" })
        }
        return AnySequence((0...).lazy.map { "\(identity.name)-new-\($0)" })
    }
}
