package import Planning
package import Reconciler

/// What happened to a plan on the twin of its cluster.
package struct RehearsalReport: Sendable {
    package let plan: Plan
    /// In their order; the times are the twin's.
    package let events: [RunEvent]
    /// Never interrupted: what was stopped has no report.
    package let result: RunResult
    /// Where the pods of the plan's workloads were in the end.
    package let landings: [PodLanding]
    /// What the twin could not know of the cluster, one sentence each.
    package let doubts: [String]

    package var isSuccess: Bool { result.outcome == .succeeded }
}
