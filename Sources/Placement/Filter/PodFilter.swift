/// The scheduler's filters for one pod, or for many that are alike: everything that does not depend on how full the nodes
/// are is worked out once.
///
/// The order is the scheduler's, so that each node gives the reason that the scheduler would give
/// (pkg/scheduler/apis/config/v1/default_plugins.go).
struct PodFilter: Sendable {
    let pod: SchedulingPod
    /// By node, what no other pod can change.
    private let fixed: [FilterFailure?]
    private let volumeFailures: [FilterFailure?]
    private let podFailure: FilterFailure?
    private(set) var spread: [SpreadCount]
    private var minimums: [Int]
    /// For each term of the pod's affinity, the pods that match all terms.
    private(set) var affinity: [DomainCounts]
    let satisfiesItself: Bool
    private(set) var antiAffinity: [DomainCounts]
    /// For each topology, the pods there that don't want this one near.
    private(set) var repelling: [String: DomainCounts]
    private let namespaceLabels: [String: [String: String]]

    init(_ pod: SchedulingPod, in state: PlacementState) {
        self.pod = pod
        namespaceLabels = state.namespaces
        fixed = state.nodes.map { Self.fixedFailure(of: pod, on: $0) }
        let volumes = VolumeFilter(pod, state.volumes)
        podFailure = volumes.podFailure
        volumeFailures = pod.claims.isEmpty ? [] : state.nodes.map(volumes.failure)
        spread = SpreadCount.all(of: pod, in: state)
        minimums = spread.map(\.minimum)
        affinity = pod.affinity.map { DomainCounts(state.domains(of: $0.topologyKey)) }
        antiAffinity = pod.antiAffinity.map { DomainCounts(state.domains(of: $0.topologyKey)) }
        repelling = [:]
        satisfiesItself = pod.affinity.allSatisfy {
            $0.matches(namespace: pod.namespace, labels: pod.labels, namespaceLabels: state.namespaces)
        }
        countNeighbours(in: state)
    }

    /// The first filter that fails on the node; nil where the pod may go there.
    func failure(on node: Int, in state: PlacementState) -> FilterFailure? {
        if let podFailure { return podFailure }
        if let failure = fixed[node] { return failure }
        let usage = state.usage[node]
        if blocksPorts(on: node, in: state) { return .ports }
        if let failure = Self.fitFailure(of: pod, on: state.nodes[node], usage) { return failure }
        if !volumeFailures.isEmpty, let failure = volumeFailures[node] { return failure }
        for (count, minimum) in zip(spread, minimums) {
            if let failure = count.failure(on: node, minimum: minimum) { return failure }
        }
        return neighbourFailure(on: node)
    }

    /// What every node says; nil for those that the pod may go to.
    func failures(in state: PlacementState) -> [FilterFailure?] {
        state.nodes.indices.map { failure(on: $0, in: state) }
    }

    /// Whether a DaemonSet with such pods means to have one on the node
    /// (`NodeShouldRunDaemonPod` in pkg/controller/daemon/daemon_controller.go).
    func isMeant(for node: Int) -> Bool { fixed[node] == nil }

    /// Whether a node can take the pod once others leave: nothing of the node itself speaks against it.
    func isEligible(_ node: Int) -> Bool {
        podFailure == nil && fixed[node] == nil && (volumeFailures.isEmpty || volumeFailures[node] == nil)
    }

    /// Takes note of a pod that came to a node, or with a negative number of one that left it.
    mutating func note(_ other: SchedulingPod, on node: Int, count: Int = 1, in state: PlacementState) {
        let group = PlacementState.PodGroup(other)
        noteRepelling(group, [node: count], in: state)
        noteAffinity(group, [node: count])
        for index in spread.indices where spread[index].matches(group, in: pod.namespace) {
            if spread[index].eligibleNodes[node] { spread[index].matching.add(count, on: node) }
        }
        for index in spread.indices { minimums[index] = spread[index].minimum }
    }
}

// MARK: what depends on the node alone
extension PodFilter {
    private static func fixedFailure(of pod: SchedulingPod, on node: SchedulingNode) -> FilterFailure? {
        let cordon = Taint(key: "node.kubernetes.io/unschedulable", effect: "NoSchedule")
        if node.isUnschedulable, !pod.tolerates(cordon) { return .unschedulable }
        if let wanted = pod.nodeName, wanted != node.name { return .nodeName }
        if let taint = node.taints.first(where: { $0.repels && !pod.tolerates($0) }) { return .taint(taint) }
        return pod.nodes.matches(node) ? nil : .nodeAffinity
    }

    /// `NodeResourcesFit` (pkg/scheduler/framework/plugins/noderesources/fit.go): a request of zero is no request.
    private static func fitFailure(
        of pod: SchedulingPod, on node: SchedulingNode, _ usage: PlacementState.Usage
    ) -> FilterFailure? {
        let (wanted, free) = (pod.requests, node.allocatable - usage.requested)
        let hasRoom =
            usage.pods < node.maximumPods
            && (wanted.milliCPU == 0 || wanted.milliCPU <= free.milliCPU)
            && (wanted.memory == 0 || wanted.memory <= free.memory)
            && (wanted.ephemeralStorage == 0 || wanted.ephemeralStorage <= free.ephemeralStorage)
        if hasRoom, wanted.others.isEmpty { return nil }
        var short = usage.pods < node.maximumPods ? [] : ["pods"]
        short += wanted.names.filter { wanted[$0] > free[$0] }
        return short.isEmpty ? nil : .insufficient(short)
    }
}

// MARK: what depends on other pods
extension PodFilter {
    private mutating func countNeighbours(in state: PlacementState) {
        for (group, nodes) in state.groups where !group.antiAffinity.isEmpty {
            noteRepelling(group, nodes, in: state)
        }
        if affinity.isEmpty, antiAffinity.isEmpty { return }
        for (group, nodes) in state.groups { noteAffinity(group, nodes) }
    }

    /// Whether a pod with that term doesn't want this one near.
    func repels(_ term: PodAffinityTerm) -> Bool {
        term.matches(namespace: pod.namespace, labels: pod.labels, namespaceLabels: namespaceLabels)
    }

    private func matches(_ term: PodAffinityTerm, _ group: PlacementState.PodGroup) -> Bool {
        term.matches(namespace: group.namespace, labels: group.labels, namespaceLabels: namespaceLabels)
    }

    private mutating func noteRepelling(
        _ group: PlacementState.PodGroup, _ nodes: [Int: Int], in state: PlacementState
    ) {
        for term in group.antiAffinity where repels(term) {
            let key = term.topologyKey
            if repelling[key] == nil { repelling[key] = DomainCounts(state.domains(of: key)) }
            for (node, count) in nodes { repelling[key]?.add(count, on: node) }
        }
    }

    private mutating func noteAffinity(_ group: PlacementState.PodGroup, _ nodes: [Int: Int]) {
        if !pod.affinity.isEmpty, pod.affinity.allSatisfy({ matches($0, group) }) {
            for index in affinity.indices {
                for (node, count) in nodes { affinity[index].add(count, on: node) }
            }
        }
        for (index, term) in pod.antiAffinity.enumerated() where matches(term, group) {
            for (node, count) in nodes { antiAffinity[index].add(count, on: node) }
        }
    }

    /// `InterPodAffinity.Filter` in pkg/scheduler/framework/plugins/interpodaffinity/filtering.go.
    private func neighbourFailure(on node: Int) -> FilterFailure? {
        satisfiesAffinity(on: node) ? repulsion(from: node) : .affinity
    }

    /// What pods on the node, or around it, and this one have against each other; nil where they can be together.
    func repulsion(from node: Int) -> FilterFailure? {
        if antiAffinity.contains(where: { $0[node] ?? 0 > 0 }) { return .antiAffinity }
        return repelling.values.contains { $0[node] ?? 0 > 0 } ? .existingAntiAffinity : nil
    }

    func blocksPorts(on node: Int, in state: PlacementState) -> Bool {
        pod.hostPorts.contains { port in state.usage[node].ports.contains { $0.conflicts(with: port) } }
    }

    private func satisfiesAffinity(on node: Int) -> Bool {
        if affinity.isEmpty { return true }
        var isNear = true
        for term in affinity {
            guard let count = term[node] else { return false }
            if count <= 0 { isNear = false }
        }
        // The first of pods that want to be together may go anywhere.
        return isNear || (satisfiesItself && affinity.allSatisfy(\.isEmpty))
    }
}
