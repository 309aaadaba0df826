internal import Resources

/// The pods of the cluster once a plan is done, as far as a trial run tells.
struct PlannedPods {
    /// Those that are there now, and stay.
    let staying: [SchedulingPod]
    /// Those that come, or wait for a node in vain, by workload.
    let coming: [ObjectIdentity: [SchedulingPod]]

    var all: [SchedulingPod] { staying + coming.sorted { $0.key < $1.key }.flatMap(\.value) }

    /// - Parameter prunes: Whether what is no longer declared is gone.
    init(_ question: PlacementQuestion, after verdicts: [PlacementVerdict], prunes: Bool = true) {
        let leaving = question.workloads.flatMap(\.departing) + (prunes ? question.pruned : [])
        let gone = Set(leaving.map(PodName.init))
        staying = question.pods.filter { !$0.hasEnded && !$0.isBeingDeleted && !gone.contains(PodName($0)) }
        let byWorkload = Dictionary(verdicts.map { ($0.workload, $0) }, uniquingKeysWith: { first, _ in first })
        coming = Dictionary(
            question.workloads.compactMap { workload in
                byWorkload[workload.identity].map { (workload.identity, workload.pods($0)) }
            }, uniquingKeysWith: { first, _ in first })
    }
}

/// What tells a pod from all others.
struct PodName: Hashable {
    let namespace: String
    let name: String

    init(_ pod: SchedulingPod) {
        namespace = pod.namespace
        name = pod.name
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
        case _ where isDaemonSet: return []
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
            pod.controller = isPod ? nil : OwnerReference(controller: identity)
            pod.isReady = node != nil
            return pod
        }
    }

    private var isPod: Bool { identity.groupKind == GroupKind(group: "", kind: "Pod") }

    /// The names of the pods that come, without end.
    private var names: AnySequence<String> {
        if isPod { return AnySequence([identity.name]) }
        if case .ordered(let partition) = strategy {
            return AnySequence(comingOrdinals(from: partition).lazy.map { "\(identity.name)-\($0)" })
        }
        return AnySequence((0...).lazy.map { "\(identity.name)-new-\($0)" })
    }
}
