internal import Placement
internal import Planning
internal import Resources

/// What a plan says of its pods, a line a workload and what helps below.
enum PlacementText {
    /// Nodes that are named; of more, only how many there are.
    private static let namedNodes = 5

    static func lines(_ verdicts: [PlacementVerdict]) -> [String] {
        verdicts.flatMap { verdict in
            let line = "\(Printable.escaped(verdict.workload.description)): \(summary(verdict))"
            return [line] + details(verdict).map { "    " + Printable.escaped($0) }
        }
    }

    /// What is in the way, and what would help; not escaped.
    static func details(_ verdict: PlacementVerdict) -> [String] {
        let advice = [verdict.reason, verdict.hint].compactMap { $0 }.joined(separator: ": ")
        return [verdict.message, advice].compactMap { $0 }.filter { !$0.isEmpty }
    }

    /// `3 pods fit (guaranteed), node-a 2, node-b 1`.
    static func summary(_ verdict: PlacementVerdict) -> String {
        let pods = Count.of(verdict.pods, "pod")
        switch verdict.certainty {
        case .guaranteed: return "\(pods) \(verdict.pods == 1 ? "fits" : "fit") (guaranteed)" + nodes(verdict)
        case .possible:
            let trial =
                verdict.message == nil ? nodes(verdict) : ", a trial run places \(verdict.placed)" + nodes(verdict)
            return "\(pods) may fit (possible)" + trial
        case .impossible: return "\(pods) \(verdict.pods == 1 ? "doesn't" : "don't") fit (impossible)"
        }
    }

    private static func nodes(_ verdict: PlacementVerdict) -> String {
        if verdict.trial.isEmpty { return "" }
        let shares = verdict.trial.sorted { ($1.pods, $0.node) < ($0.pods, $1.node) }
        let named = shares.prefix(namedNodes).map { "\(Printable.escaped($0.node)) \($0.pods)" }
        let rest = shares.count - named.count
        return ", " + (named + (rest > 0 ? ["and \(Count.of(rest, "more node"))"] : [])).joined(separator: ", ")
    }
}
