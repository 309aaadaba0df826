package import Resources

/// Nodes to do without.
package struct NodeLoss: Hashable, Sendable {
    /// The names of the nodes.
    package let nodes: [String]
    /// The zones that they make up; empty where they were named one by one.
    package let zones: [String]

    package init(nodes: [String], zones: [String] = []) {
        self.nodes = nodes
        self.zones = zones
    }
}

/// What would become of the pods of nodes that are gone.
package struct LossVerdict: Hashable, Sendable {
    package let loss: NodeLoss
    /// Whether a plan brings pods, which are where a trial run put them.
    package let isOfTrial: Bool
    /// Of the workloads whose pods were there.
    package let verdicts: [PlacementVerdict]
    /// Why the nodes could not be drained, a line for each PodDisruptionBudget.
    package let blocked: [String]
    /// The pods that nobody makes anew.
    package let lost: [ObjectIdentity]

    package init(
        _ loss: NodeLoss, verdicts: [PlacementVerdict], blocked: [String] = [], lost: [ObjectIdentity] = [],
        isOfTrial: Bool = false
    ) {
        self.loss = loss
        self.isOfTrial = isOfTrial
        self.verdicts = verdicts
        self.blocked = blocked
        self.lost = lost
    }

    /// Whether all pods surely find other nodes, and all may be evicted.
    package var isCertain: Bool { isSurvived && verdicts.allSatisfy { $0.certainty == .guaranteed } }

    /// Whether all pods may find other nodes, and all may be evicted.
    package var isSurvived: Bool {
        blocked.isEmpty && lost.isEmpty && verdicts.allSatisfy { $0.certainty != .impossible }
    }
}
