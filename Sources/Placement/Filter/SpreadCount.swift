internal import Resources

/// A required spread constraint of a pod, and where it stands (pkg/scheduler/framework/plugins/podtopologyspread).
struct SpreadCount: Sendable {
    let constraint: SpreadConstraint
    /// Whether the pod itself counts.
    let matchesSelf: Bool
    /// The nodes whose pods count, and whose domains the minimum is taken of.
    let eligibleNodes: [Bool]
    private let eligibleDomains: [Int]
    var matching: DomainCounts

    /// All required constraints of a pod, with the pods that count now.
    static func all(of pod: SchedulingPod, in state: PlacementState) -> [SpreadCount] {
        let required = pod.spread.filter(\.isRequired)
        let keys = required.map(\.topologyKey)
        let hasAllKeys = state.nodes.map { node in keys.allSatisfy { node.labels[$0] != nil } }
        return required.map { constraint in
            let eligible = zip(state.nodes, hasAllKeys).map { node, hasKeys in
                hasKeys && constraint.counts(node, for: pod)
            }
            return SpreadCount(constraint, pod, eligible, state)
        }
    }

    private init(_ constraint: SpreadConstraint, _ pod: SchedulingPod, _ eligible: [Bool], _ state: PlacementState) {
        self.constraint = constraint
        matchesSelf = constraint.selector?.matches(pod.labels) ?? false
        eligibleNodes = eligible
        matching = DomainCounts(state.domains(of: constraint.topologyKey))
        eligibleDomains = Set(zip(matching.ids, eligible).filter(\.1).map(\.0)).sorted()
        for (group, nodes) in state.groups where matches(group, in: pod.namespace) {
            for (node, count) in nodes where eligible[node] { matching.add(count, on: node) }
        }
    }

    /// Whether pods of a group count: those that are about to go don't.
    func matches(_ group: PlacementState.PodGroup, in namespace: String) -> Bool {
        group.namespace == namespace && !group.isBeingDeleted && constraint.selector?.matches(group.labels) ?? false
    }

    /// The smallest number of matching pods in an eligible domain.
    var minimum: Int {
        if eligibleDomains.count < constraint.minDomains { return 0 }
        return eligibleDomains.map { matching.counts[$0] }.min() ?? 0
    }

    /// By domain, how many matching pods there are; only those that the minimum is taken of.
    var eligibleCounts: [Int: Int] {
        Dictionary(uniqueKeysWithValues: eligibleDomains.map { ($0, matching.counts[$0]) })
    }

    func failure(on node: Int, minimum: Int) -> FilterFailure? {
        guard let count = matching[node] else { return .spread(isLabelMissing: true) }
        let skew = count + (matchesSelf ? 1 : 0) - minimum
        return skew > constraint.maxSkew ? .spread(isLabelMissing: false) : nil
    }
}

extension SpreadConstraint {
    /// Whether a node's pods count for a pod with this constraint.
    fileprivate func counts(_ node: SchedulingNode, for pod: SchedulingPod) -> Bool {
        if honorsAffinity, !pod.nodes.matches(node) { return false }
        return !honorsTaints
            || node.taints.allSatisfy { !$0.repels || pod.tolerates($0) }
    }
}
