internal import Resources

/// One run of a rollout as it is likely to go: it shows a way, and proves nothing about others.
struct Trial {
    private(set) var state: PlacementState
    private(set) var nodes: [Int] = []
    /// What each node said about the first pod that found none; nil where all found one.
    private(set) var failures: [FilterFailure]?

    private let workload: Workload
    private var filter: PodFilter
    private var preference: NodePreference

    init(of workload: Workload, in state: PlacementState) {
        self.workload = workload
        self.state = state
        filter = PodFilter(workload.pod, in: state)
        preference = NodePreference(workload.pod, in: state)
        switch workload.strategy {
        case .rolling(let surge, let unavailable) where workload.replacesExisting: roll(surge, unavailable)
        case .ordered(let partition): placeOrdinals(partition)
        default:
            for pod in workload.leaving { leave(pod) }
            placeAll()
        }
    }

    private mutating func placeAll() {
        for _ in 0..<workload.arriving { if !place() { return } }
    }

    /// Puts one more pod on the node that it likes best.
    private mutating func place() -> Bool {
        let found = filter.failures(in: state)
        let open = found.indices.filter { found[$0] == nil }
        guard let node = preference.best(of: open, in: state) else {
            failures = found.compactMap(\.self)
            return false
        }
        state.place(filter.pod, on: node)
        filter.note(filter.pod, on: node, in: state)
        preference.note(filter.pod, on: node)
        nodes.append(node)
        return true
    }

    private mutating func leave(_ pod: SchedulingPod) {
        guard let node = state.index(of: pod) else { return }
        state.remove(pod, from: node)
        filter.note(pod, on: node, count: -1, in: state)
        preference.note(pod, on: node, count: -1)
    }

    private mutating func roll(_ surge: Int, _ unavailable: Int) {
        var former = workload.existing
        let wanted = workload.replicas
        while nodes.count < wanted {
            let spare = former.count - max(0, wanted - unavailable - nodes.count)
            if spare > 0 {
                for pod in former.suffix(spare) { leave(pod) }
                former.removeLast(spare)
            }
            let isAllowed = former.count + nodes.count < wanted + surge || former.isEmpty
            if !isAllowed || !place() { break }
        }
        if nodes.count == wanted { for pod in former { leave(pod) } }
    }

    private mutating func placeOrdinals(_ partition: Int) {
        let existing = workload.existingByOrdinal
        for pod in workload.surplus { leave(pod) }
        for ordinal in workload.comingOrdinals(from: partition) {
            if let former = existing[ordinal] { leave(former) }
            if !workload.claimTemplates.isEmpty { filter = PodFilter(workload.pod(ordinal: ordinal), in: state) }
            if !place() { return }
        }
    }

    /// How many pods came to each node, in the order of the nodes' names.
    var shares: [PlacementVerdict.NodeShare] {
        Dictionary(grouping: nodes) { $0 }.map { node, pods in
            PlacementVerdict.NodeShare(node: state.nodes[node].name, pods: pods.count)
        }.sorted { $0.node < $1.node }
    }
}
