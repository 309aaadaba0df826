internal import Placement
internal import Resources

/// What a plan says of the policies of its source, a line each and what speaks against it below.
enum PolicyText {
    /// Findings that are shown; of more, only how many there are.
    private static let shown = 10

    static func lines(_ verdicts: [PolicyVerdict]) -> [String] {
        verdicts.flatMap { verdict in
            [summary(verdict)] + findings(verdict).map { "    " + Printable.escaped($0) }
        }
    }

    /// `departments (isolate, enforced): kept`.
    static func summary(_ verdict: PolicyVerdict) -> String {
        let mode = verdict.policy.mode == .enforce ? ", enforced" : ""
        let outcome =
            switch verdict.outcome {
            case .kept: "kept"
            case .unconcerned: "about none of the workloads that change"
            case .open: "kept in a trial run, but nothing assures it"
            case .broken: "broken in a trial run"
            case .unknown: "unknown"
            }
        return "\(Printable.escaped(verdict.policy.name)) (\(verdict.policy.rule.name)\(mode)): \(outcome)"
    }

    /// Not escaped.
    static func findings(_ verdict: PolicyVerdict) -> [String] {
        let rest = verdict.findings.count - shown
        return verdict.findings.prefix(shown) + (rest > 0 ? ["and \(rest) more"] : [])
    }
}
