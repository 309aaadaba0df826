internal import Resources

/// How much a pod would like each of the nodes that can take it: much as the scheduler scores them, so that a plan can name
/// where the pods are likely to go. Nothing is concluded from it: among equals the scheduler draws lots.
struct NodePreference {
    private let pod: SchedulingPod
    private let preferred: [Int]
    private let unwanted: [Int]
    /// Pods of its own kind by node and by zone, which the scheduler spreads even where nobody asks for it.
    private var alike: [DomainCounts]
    private var near: [(weight: Int, term: PodAffinityTerm, counts: DomainCounts)]
    private let namespaceLabels: [String: [String: String]]

    init(_ pod: SchedulingPod, in state: PlacementState) {
        self.pod = pod
        namespaceLabels = state.namespaces
        preferred = state.nodes.map { node in
            pod.preferredNodes.reduce(0) { $0 + ($1.term.matches(node) ? $1.weight : 0) }
        }
        unwanted = state.nodes.map { node in
            node.taints.count { $0.effect == "PreferNoSchedule" && !pod.tolerates($0) }
        }
        let soft = pod.spread.filter { !$0.isRequired }.map(\.topologyKey)
        let keys = soft.isEmpty ? ["kubernetes.io/hostname", "topology.kubernetes.io/zone"] : soft
        alike = keys.map { DomainCounts(state.domains(of: $0)) }
        let terms =
            pod.preferredAffinity.map { ($0.weight, $0.term) }
            + pod.preferredAntiAffinity.map { (-$0.weight, $0.term) }
        near = terms.map { ($0.0, $0.1, DomainCounts(state.domains(of: $0.1.topologyKey))) }
        for (group, nodes) in state.groups { note(group, nodes) }
    }

    mutating func note(_ other: SchedulingPod, on node: Int, count: Int = 1) {
        note(PlacementState.PodGroup(other), [node: count])
    }

    private mutating func note(_ group: PlacementState.PodGroup, _ nodes: [Int: Int]) {
        if group.namespace == pod.namespace, group.labels == pod.labels {
            for index in alike.indices {
                for (node, count) in nodes { alike[index].add(count, on: node) }
            }
        }
        for index in near.indices {
            let term = near[index].term
            guard
                term.matches(namespace: group.namespace, labels: group.labels, namespaceLabels: namespaceLabels)
            else { continue }
            for (node, count) in nodes { near[index].counts.add(count, on: node) }
        }
    }

    /// The best of the nodes, the first of equals; nil where there are none.
    func best(of nodes: [Int], in state: PlacementState) -> Int? {
        if nodes.count < 2 { return nodes.first }
        var scores = nodes.map { room(on: $0, in: state) }
        add(nodes.map { Double(preferred[$0]) }, weight: 2, to: &scores)
        add(nodes.map { -Double(unwanted[$0]) }, weight: 3, to: &scores)
        add(nodes.map { node in -Double(alike.reduce(0) { $0 + ($1[node] ?? 0) }) }, weight: 2, to: &scores)
        if !near.isEmpty {
            add(
                nodes.map { node in Double(near.reduce(0) { $0 + $1.weight * ($1.counts[node] ?? 0) }) }, weight: 2,
                to: &scores)
        }
        let best = scores.indices.max { scores[$0] < scores[$1] }
        return best.flatMap { best in scores.firstIndex { $0 >= scores[best] } }.map { nodes[$0] }
    }

    /// Scales values to 0 to 100, as the scheduler's plugins do, and adds them.
    private func add(_ values: [Double], weight: Double, to scores: inout [Double]) {
        guard let low = values.min(), let high = values.max(), low < high else { return }
        for (index, value) in values.enumerated() { scores[index] += weight * 100 * (value - low) / (high - low) }
    }

    /// `NodeResourcesFit` (LeastAllocated) and `NodeResourcesBalancedAllocation`.
    private func room(on node: Int, in state: PlacementState) -> Double {
        let (all, used) = (state.nodes[node].allocatable, state.usage[node].requested)
        let cpu = Self.share(used.milliCPU, max(pod.requests.milliCPU, 100), of: all.milliCPU)
        let memory = Self.share(used.memory, max(pod.requests.memory, 200 << 20), of: all.memory)
        return 100 * (2 - cpu - memory) / 2 + 100 * (1 - abs(cpu - memory) / 2)
    }

    private static func share(_ used: Int64, _ more: Int64, of all: Int64) -> Double {
        all <= 0 ? 1 : min(1, (Double(used) + Double(more)) / Double(all))
    }
}
