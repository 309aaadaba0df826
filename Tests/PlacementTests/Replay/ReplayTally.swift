@testable import Placement

/// What came of a replay.
struct ReplayTally: Sendable {
    private(set) var clusters = 0
    private(set) var bound = 0
    private(set) var pending = 0
    private(set) var disagreements: [String] = []
    /// How many pending pods had a node that gave the reason.
    private(set) var reasons: [String: Int] = [:]

    var pods: Int { bound + pending }

    var summary: String {
        "replay: \(clusters) clusters, \(pods) pods, \(bound) bound, \(pending) pending, "
            + "\(disagreements.count) disagreements"
    }

    mutating func count(_ decision: Decision, disagreement: String?, _ failures: [FilterFailure]) {
        if decision.isBound {
            bound += 1
        } else {
            pending += 1
            for reason in Set(failures.flatMap(\.rules)) { reasons[reason, default: 0] += 1 }
        }
        if let disagreement { disagreements.append(disagreement) }
    }

    mutating func countCluster() { clusters += 1 }

    static func += (left: inout ReplayTally, right: ReplayTally) {
        left.clusters += right.clusters
        left.bound += right.bound
        left.pending += right.pending
        left.disagreements += right.disagreements
        left.reasons.merge(right.reasons, uniquingKeysWith: +)
    }
}

extension FilterFailure {
    /// The rules behind it, whatever the taint.
    fileprivate var rules: [String] {
        if case .taint = self { ["taint"] } else { reasons }
    }
}
