package import Resources

/// Whether a plan keeps a policy.
package struct PolicyVerdict: Hashable, Sendable {
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// Whatever the scheduler chooses.
        case kept
        /// It is about nothing that the plan changes.
        case unconcerned
        /// A trial run keeps it, and nothing makes the scheduler do so as well.
        case open
        case broken
        /// The nodes could not be read.
        case unknown
    }

    package let policy: PlacementPolicy
    package let outcome: Outcome
    /// What breaks it, or might, a line each.
    package let findings: [String]
    /// The workloads that it is about.
    package let workloads: [ObjectIdentity]

    package init(
        _ policy: PlacementPolicy, _ outcome: Outcome, findings: [String] = [], workloads: [ObjectIdentity] = []
    ) {
        self.policy = policy
        self.outcome = outcome
        self.findings = findings
        self.workloads = workloads
    }
}

/// What speaks against a policy.
struct PolicyFindings {
    private(set) var broken: [String] = []
    private(set) var open: [String] = []
    var workloads: [ObjectIdentity] = []

    mutating func add(isBroken: Bool, _ finding: String) {
        if isBroken { broken.append(finding) } else { open.append(finding) }
    }

    func verdict(of policy: PlacementPolicy) -> PolicyVerdict {
        let good: PolicyVerdict.Outcome = workloads.isEmpty ? .unconcerned : .kept
        let outcome = broken.isEmpty ? (open.isEmpty ? good : .open) : .broken
        return PolicyVerdict(policy, outcome, findings: broken + open, workloads: workloads)
    }
}
