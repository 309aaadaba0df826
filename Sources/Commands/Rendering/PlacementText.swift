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
        return [verdict.message, advice, scaling(verdict)].compactMap { $0 }.filter { !$0.isEmpty }
    }

    private static func scaling(_ verdict: PlacementVerdict) -> String? {
        if verdict.scaling.isEmpty { return nil }
        let numbers = verdict.scaling.map { phrase($0.pods, $0.certainty) }.joined(separator: ", ")
        return "of its HorizontalPodAutoscaler's range: \(numbers)"
    }

    /// `3 pods fit (guaranteed)`.
    private static func phrase(_ count: Int, _ certainty: PlacementVerdict.Certainty) -> String {
        let pods = Count.of(count, "pod")
        switch certainty {
        case .guaranteed: return "\(pods) \(count == 1 ? "fits" : "fit") (guaranteed)"
        case .possible: return "\(pods) may fit (possible)"
        case .impossible: return "\(pods) \(count == 1 ? "doesn't" : "don't") fit (impossible)"
        }
    }

    /// `3 pods fit (guaranteed), node-a 2, node-b 1`.
    static func summary(_ verdict: PlacementVerdict) -> String {
        let phrase = phrase(verdict.pods, verdict.certainty)
        if verdict.certainty == .impossible { return phrase }
        let isPartial = verdict.certainty == .possible && verdict.message != nil
        return phrase + (isPartial ? ", a trial run places \(verdict.placed)" : "") + nodes(verdict)
    }

    private static func nodes(_ verdict: PlacementVerdict) -> String {
        if verdict.trial.isEmpty { return "" }
        let shares = verdict.trial.sorted { ($1.pods, $0.node) < ($0.pods, $1.node) }
        let named = shares.prefix(namedNodes).map { "\(Printable.escaped($0.node)) \($0.pods)" }
        let rest = shares.count - named.count
        return ", " + (named + (rest > 0 ? ["and \(Count.of(rest, "more node"))"] : [])).joined(separator: ", ")
    }
}
