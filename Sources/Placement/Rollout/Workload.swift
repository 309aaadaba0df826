package import Resources

/// A workload that a plan changes: which pods it will have, and how it gets from those that it has to them.
package struct Workload: Sendable {
    /// How pods of an earlier template are replaced.
    package enum Strategy: Hashable, Sendable {
        /// A Deployment: so many more than wanted at once, so many fewer ready than wanted.
        case rolling(surge: Int, unavailable: Int)
        /// All go before the first comes.
        case recreate
        /// A StatefulSet: one by one from the highest ordinal down to the partition.
        case ordered(partition: Int)
        /// A DaemonSet: in place, node by node; beside the earlier pod where it may surge.
        case perNode(surges: Bool)
        /// Only when somebody deletes them.
        case never
        /// The pods of one run.
        case run
    }

    package let identity: ObjectIdentity
    /// A pod as the workload will make it. A StatefulSet's claims name the ordinal; a DaemonSet's node is not in it.
    package var pod: SchedulingPod
    package var replicas: Int
    package var strategy: Strategy
    /// The pods that it has.
    package var existing: [SchedulingPod]
    /// Whether the pods that it has are of another template than those that it will make.
    package var replacesExisting: Bool
    /// A StatefulSet's `volumeClaimTemplates`.
    package var claimTemplates: [KubernetesObject] = []
    /// What a HorizontalPodAutoscaler may make of the number of replicas.
    package var scaling: ClosedRange<Int>?
    /// A StatefulSet's lowest ordinal.
    package var firstOrdinal = 0
    /// Why it is not known for sure what its pods will be like; nil where it is.
    package var doubt: String?
    /// What policies added to its pods.
    package var additions: [PolicyAddition] = []

    package init(
        identity: ObjectIdentity, pod: SchedulingPod, replicas: Int,
        strategy: Strategy = .rolling(surge: 1, unavailable: 0),
        existing: [SchedulingPod] = [], replacesExisting: Bool = false
    ) {
        self.identity = identity
        self.pod = pod
        self.replicas = replicas
        self.strategy = strategy
        self.existing = existing
        self.replacesExisting = replacesExisting
    }

    /// How many pods come that are not there now.
    package var arriving: Int {
        if case .ordered(let partition) = strategy {
            let staying = existingByOrdinal.keys.filter { ordinals.contains($0) }
            return ordinals.count - staying.count + (replacesExisting ? staying.count { $0 >= partition } : 0)
        }
        return replacesExisting && strategy != .never ? replicas : max(0, replicas - existing.count)
    }

    /// The pods that are gone once it is rolled out.
    var leaving: [SchedulingPod] {
        switch strategy {
        case .never: []
        case .ordered(let partition) where replacesExisting:
            existing.filter { ordinal(of: $0).map { $0 >= partition || !ordinals.contains($0) } ?? false }
        default: replacesExisting ? existing : []
        }
    }

    var isDaemonSet: Bool { identity.groupKind.kind == "DaemonSet" }

    /// Whether it has a number of pods that are alike.
    var isReplicated: Bool { Self.replicated.contains(identity.groupKind.kind) }

    static let replicated = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"]

    /// Whether its pods are the business of the scheduler that is simulated, and none of them names its node itself.
    var isPlacedByScheduler: Bool { pod.scheduler == "default-scheduler" && pod.nodeName == nil && !pod.isGated }
}

// MARK: a StatefulSet
extension Workload {
    /// The ordinals that it will have.
    package var ordinals: Range<Int> { firstOrdinal..<firstOrdinal + max(0, replicas) }

    /// Nil where the pod's name doesn't say it.
    private func ordinal(of pod: SchedulingPod) -> Int? {
        pod.name.hasPrefix("\(identity.name)-") ? Int(pod.name.dropFirst(identity.name.count + 1)) : nil
    }

    var existingByOrdinal: [Int: SchedulingPod] {
        Dictionary(
            existing.compactMap { pod in ordinal(of: pod).map { ($0, pod) } }, uniquingKeysWith: { first, _ in first })
    }

    /// The pods beyond the wanted number: they go before others are replaced.
    var surplus: [SchedulingPod] {
        replacesExisting ? existingByOrdinal.filter { !ordinals.contains($0.key) }.map(\.value) : []
    }

    /// The ordinals of the pods that come, in their order: missing ones first, then those that are replaced from the
    /// highest down to the partition.
    func comingOrdinals(from partition: Int) -> some Sequence<Int> {
        let existing = existingByOrdinal
        // One by one: a manifest can ask for two thousand million.
        let missing = ordinals.lazy.filter { existing[$0] == nil }
        let replaced = existing.keys.filter { ordinals.contains($0) && $0 >= partition }.sorted(by: >)
        return [AnySequence(missing), AnySequence(replacesExisting ? replaced : [])].joined()
    }

    /// The pod of an ordinal, as a StatefulSet makes it; the same for all others.
    func pod(ordinal: Int) -> SchedulingPod {
        claimTemplates.isEmpty ? pod : pod(named: "\(identity.name)-\(ordinal)")
    }

    /// The pod of a name, with the claims that a StatefulSet makes for it.
    func pod(named name: String) -> SchedulingPod {
        var pod = pod
        pod.name = name
        pod.claims += claimTemplates.map { "\($0.name)-\(name)" }
        return pod
    }
}
