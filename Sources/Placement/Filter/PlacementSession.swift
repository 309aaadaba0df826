internal import Resources

/// A cluster in which one pod after another is placed, as the scheduler does it: what pods take up is counted along, so
/// that each pod costs little.
package struct PlacementSession: Sendable {
    package var nodes: [SchedulingNode] = [] {
        didSet { isStale = true }
    }
    /// The labels of each namespace.
    package var namespaces: [String: [String: String]] = [:] {
        didSet { isStale = true }
    }
    package var volumes = VolumeFacts() {
        didSet {
            state.volumes = volumes
            recent = nil
        }
    }
    private var state = PlacementState(nodes: [])
    private var isStale = true
    private var placed: [Key: SchedulingPod] = [:]
    private var recent: Recent?

    private struct Key: Hashable {
        let namespace: String
        let name: String
    }

    /// What was worked out for the last pod, which the next one is often like.
    private struct Recent {
        let pod: SchedulingPod
        var filter: PodFilter
        var preference: NodePreference
    }

    package init() {}

    /// What the scheduler makes of a pod.
    package enum Choice: Sendable {
        case node(String)
        /// What each of the nodes says.
        case none([FilterFailure])
    }

    /// Counts a pod where it is bound, instead of what was known of it.
    /// - Returns: Whether that changes anything for others.
    @discardableResult
    package mutating func place(_ pod: SchedulingPod) -> Bool {
        var pod = pod
        pod.isReady = false
        let key = Key(namespace: pod.namespace, name: pod.name)
        let former = placed[key]
        let present = pod.isBound ? pod : nil
        if former == present { return false }
        placed[key] = present
        if isStale { return true }
        if let former { count(former, -1) }
        if let present { count(present, 1) }
        return true
    }

    /// - Returns: Whether the pod was counted.
    @discardableResult
    package mutating func remove(namespace: String, name: String) -> Bool {
        guard let former = placed.removeValue(forKey: Key(namespace: namespace, name: name)) else { return false }
        if !isStale { count(former, -1) }
        return true
    }

    private mutating func count(_ pod: SchedulingPod, _ change: Int) {
        guard let node = state.index(of: pod) else { return }
        if change > 0 { state.place(pod, on: node) } else { state.remove(pod, from: node) }
        recent?.filter.note(pod, on: node, count: change, in: state)
        recent?.preference.note(pod, on: node, count: change)
    }

    private mutating func refresh() {
        guard isStale else { return }
        state = PlacementState(
            nodes: nodes, pods: Array(placed.values), namespaces: namespaces, volumes: volumes)
        recent = nil
        isStale = false
    }

    /// Chooses a node by the scheduler's filters and scores; the pod is counted when it is placed.
    /// - Parameter only: The name of the only node that is asked about; nil for all.
    package mutating func choose(for pod: SchedulingPod, only: String? = nil) -> Choice {
        refresh()
        prepare(for: pod)
        guard let recent else { return .none([]) }
        let failures = recent.filter.failures(in: state)
        let open = failures.indices.filter { failures[$0] == nil && (only == nil || state.nodes[$0].name == only) }
        guard let node = recent.preference.best(of: open, in: state) else { return .none(failures.compactMap { $0 }) }
        return .node(state.nodes[node].name)
    }

    private mutating func prepare(for pod: SchedulingPod) {
        var model = pod
        model.name = ""
        if recent?.pod == model { return }
        recent = Recent(pod: model, filter: PodFilter(pod, in: state), preference: NodePreference(pod, in: state))
    }

    /// The claims of a pod that get a volume only when its node is chosen.
    package func lateClaims(of pod: SchedulingPod) -> [String] {
        pod.claims.filter { name in
            guard let claim = volumes.claim(name, in: pod.namespace), claim.volume == nil else { return false }
            return volumes.storageClass(of: claim)?.bindsLate ?? false
        }
    }

    /// The pods of a lower priority that make room on a node when they are evicted: where that hurts least
    /// (`DefaultPreemption`); nil where no eviction helps, or where one is under way already.
    /// - Parameter nominated: The node that pods were evicted from for this one.
    package mutating func preemption(
        for pod: SchedulingPod, nominated: String?
    ) -> (node: String, victims: [SchedulingPod])? {
        guard pod.preempts else { return nil }
        refresh()
        prepare(for: pod)
        let lower = Dictionary(
            grouping: placed.values.filter { $0.priority < pod.priority }, by: { $0.nodeName ?? "" })
        if let nominated, lower[nominated]?.contains(where: \.isBeingDeleted) ?? false { return nil }
        var best: (node: String, victims: [SchedulingPod], cost: (Int, Int, Int))?
        for (index, node) in state.nodes.enumerated() where recent?.filter.isEligible(index) ?? false {
            let candidates = (lower[node.name] ?? []).sorted {
                ($0.priority, $1.namespace, $1.name) > ($1.priority, $0.namespace, $0.name)
            }
            guard let victims = victims(for: pod, on: index, among: candidates) else { continue }
            let priorities = victims.map(\.priority)
            let cost = (priorities.max() ?? 0, priorities.reduce(0, +), victims.count)
            if best.map({ cost < $0.cost }) ?? true { best = (node.name, victims, cost) }
        }
        return best.map { ($0.node, $0.victims) }
    }

    /// - Parameter candidates: The most important first, which are spared where that is possible.
    private func victims(
        for pod: SchedulingPod, on node: Int, among candidates: [SchedulingPod]
    ) -> [SchedulingPod]? {
        if candidates.isEmpty { return nil }
        var trial = state
        for candidate in candidates { trial.remove(candidate, from: node) }
        func fits(_ state: PlacementState) -> Bool { PodFilter(pod, in: state).failure(on: node, in: state) == nil }
        guard fits(trial) else { return nil }
        var victims: [SchedulingPod] = []
        for candidate in candidates {
            var spared = trial
            spared.place(candidate, on: node)
            if fits(spared) { trial = spared } else { victims.append(candidate) }
        }
        return victims.filter { !$0.isBeingDeleted }
    }
}

/// Where a DaemonSet has pods (`NodeShouldRunDaemonPod` in pkg/controller/daemon/daemon_controller.go).
package enum DaemonPlacement: Sendable {
    package enum Verdict: Hashable, Sendable {
        case meant
        /// No pod is made there, and one that is there stays.
        case tolerated
        case refused
    }

    /// - Parameter pod: As the controller makes it, with its tolerations.
    package static func verdict(on node: SchedulingNode, for pod: SchedulingPod) -> Verdict {
        var volumes = VolumeFacts()
        volumes.isComplete = false
        let state = PlacementState(nodes: [node], volumes: volumes)
        let filter = PodFilter(pod, in: state)
        if filter.isMeant(for: 0) { return .meant }
        guard case .taint(let taint)? = filter.failure(on: 0, in: state) else { return .refused }
        return taint.effect == "NoExecute" ? .refused : .tolerated
    }
}
