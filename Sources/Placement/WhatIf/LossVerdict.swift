package import Resources

/// What would become of the pods of nodes that are gone.
package struct LossVerdict: Hashable, Sendable {
    /// The names of the nodes.
    package let nodes: [String]
    /// Of the workloads whose pods were there.
    package let verdicts: [PlacementVerdict]
    /// Why the nodes could not be drained, a line for each PodDisruptionBudget.
    package let blocked: [String]
    /// The pods that nobody makes anew.
    package let lost: [ObjectIdentity]

    package init(
        nodes: [String], verdicts: [PlacementVerdict], blocked: [String] = [], lost: [ObjectIdentity] = []
    ) {
        self.nodes = nodes
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
