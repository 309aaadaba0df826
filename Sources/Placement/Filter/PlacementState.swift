internal import Resources

/// Nodes and the pods on them, as they would be at some moment of a plan: a value, so that every what-if is a copy.
package struct PlacementState: Sendable {
    /// What the scheduler sees of a pod when it looks at others' affinity: pods that are alike in it count together.
    struct PodGroup: Hashable, Sendable {
        let namespace: String
        let labels: [String: String]
        let isBeingDeleted: Bool
        let antiAffinity: [PodAffinityTerm]

        init(_ group: PodGroup, antiAffinity: [PodAffinityTerm]) {
            namespace = group.namespace
            labels = group.labels
            isBeingDeleted = group.isBeingDeleted
            self.antiAffinity = antiAffinity
        }

        init(_ pod: SchedulingPod) {
            namespace = pod.namespace
            labels = pod.labels
            isBeingDeleted = pod.isBeingDeleted
            antiAffinity = pod.antiAffinity
        }
    }

    /// What pods take up of a node.
    struct Usage: Sendable {
        var requested = ResourceAmounts()
        var pods = 0
        var ports: [HostPort] = []
    }

    package private(set) var nodes: [SchedulingNode]
    let indices: [String: Int]
    /// The labels of each namespace.
    package let namespaces: [String: [String: String]]
    package var volumes: VolumeFacts
    private(set) var usage: [Usage]
    /// By node, how many pods of a group are there.
    private(set) var groups: [PodGroup: [Int: Int]] = [:]

    /// - Parameter pods: Those that are not bound to one of the nodes count as nothing.
    package init(
        nodes: [SchedulingNode], pods: [SchedulingPod] = [], namespaces: [String: [String: String]] = [:],
        volumes: VolumeFacts = VolumeFacts()
    ) {
        self.nodes = nodes
        self.namespaces = namespaces
        self.volumes = volumes
        indices = Dictionary(
            nodes.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        usage = Array(repeating: Usage(), count: nodes.count)
        for pod in pods {
            if let node = index(of: pod) { place(pod, on: node) }
        }
    }

    /// Takes up a pod's place on a node, whether or not it fits.
    mutating func place(_ pod: SchedulingPod, on node: Int, count: Int = 1) {
        usage[node].requested += pod.requests.times(count)
        usage[node].pods += count
        usage[node].ports += pod.hostPorts
        groups[PodGroup(pod), default: [:]][node, default: 0] += count
    }

    /// Gives up the place of a pod that is on the node.
    mutating func remove(_ pod: SchedulingPod, from node: Int) {
        usage[node].requested -= pod.requests
        usage[node].pods -= 1
        for port in pod.hostPorts {
            if let index = usage[node].ports.firstIndex(of: port) { usage[node].ports.remove(at: index) }
        }
        let group = PodGroup(pod)
        groups[group]?[node, default: 0] -= 1
        if groups[group]?[node] == 0 { groups[group]?[node] = nil }
        if groups[group]?.isEmpty ?? false { groups[group] = nil }
    }

    /// Gives up the place of a pod that exists, where it is bound to one of the nodes.
    mutating func remove(_ pod: SchedulingPod) {
        if let node = index(of: pod) { remove(pod, from: node) }
    }

    /// The same once all nodes are well again: without cordons, and without the taints by which Kubernetes itself marks
    /// nodes that are not.
    func healed() -> PlacementState {
        var state = self
        for index in nodes.indices {
            state.nodes[index].isUnschedulable = false
            state.nodes[index].taints.removeAll { $0.key.hasPrefix("node.kubernetes.io/") }
        }
        return state
    }

    /// The same if no pod kept those with other values of a label away, as a policy would have it.
    func withoutIsolation(by label: String, over topologyKey: String) -> PlacementState {
        var state = self
        state.groups = [:]
        for (group, nodes) in groups {
            let isolation = group.labels[label].map { PolicyConstraint.isolation(of: $0, by: label) }
            let terms = group.antiAffinity.filter { $0.topologyKey != topologyKey || $0.selector != isolation }
            state.groups[PodGroup(group, antiAffinity: terms), default: [:]].merge(nodes, uniquingKeysWith: +)
        }
        return state
    }

    func index(of pod: SchedulingPod) -> Int? {
        pod.isBound ? pod.nodeName.flatMap { indices[$0] } : nil
    }

    /// What pods may still ask for on a node; negative where more is promised than there is.
    func free(_ node: Int) -> ResourceAmounts { nodes[node].allocatable - usage[node].requested }

    /// The domain of each node in a topology, as a number; -1 for a node without the label.
    func domains(of key: String) -> (ids: [Int], count: Int) {
        var numbers: [String: Int] = [:]
        let ids = nodes.map { node in
            guard let value = node.labels[key] else { return -1 }
            if let number = numbers[value] { return number }
            numbers[value] = numbers.count
            return numbers.count - 1
        }
        return (ids, numbers.count)
    }
}

extension PlacementState {
    /// What each node says to a pod: the first of the scheduler's filters that fails, nil where the pod may go.
    package func failures(of pod: SchedulingPod) -> [FilterFailure?] {
        PodFilter(pod, in: self).failures(in: self)
    }
}
