internal import Placement
internal import Resources

/// What a plan says of its way back, and of doing without nodes.
enum LossText {
    /// What refuses a plan because of nodes that are to be done without; nil where all may be.
    static func refusal(_ losses: [LossVerdict]) -> Diagnostic? {
        let dire = losses.filter { !$0.isSurvived }
        guard let first = dire.first else { return nil }
        let stuck = first.verdicts.count { $0.certainty == .impossible }
        let parts = [
            stuck > 0 ? "\(Count.of(stuck, "workload")) would find no place" : nil,
            first.blocked.isEmpty ? nil : "PodDisruptionBudgets let pods not be evicted",
            first.lost.isEmpty ? nil : "\(Count.of(first.lost.count, "pod")) would be lost",
        ]
        let others = dire.count > 1 ? "; so it is in \(Count.of(dire.count - 1, "more case"))" : ""
        return Diagnostic(
            code: "not-survived",
            "without \(named(first.loss)) \(parts.compactMap { $0 }.joined(separator: ", "))\(others)",
            hint: "what is in the way stands under \"without …\"")
    }

    private static func named(_ loss: NodeLoss) -> String {
        let all = loss.nodes.abbreviated(to: 10)
        return loss.zones.isEmpty ? all : "zone \(loss.zones.joined(separator: ", ")) (\(all))"
    }

    struct Paragraph {
        let title: String
        /// Details of a line are indented below it.
        let lines: [String]
    }

    static func paragraphs(_ report: PlacementReport) -> [Paragraph] {
        wayBack(report.wayBack) + losses(report.losses)
    }

    /// Those of whose places nothing is certain; that all is well is said in one line.
    private static func wayBack(_ verdicts: [PlacementVerdict]) -> [Paragraph] {
        if verdicts.isEmpty { return [] }
        let uncertain = verdicts.filter { $0.certainty != .guaranteed }
        let lines = uncertain.isEmpty ? ["all pods fit (guaranteed)"] : PlacementText.lines(uncertain)
        return [Paragraph(title: "the way back, if it fails", lines: lines)]
    }

    private static func losses(_ losses: [LossVerdict]) -> [Paragraph] {
        if losses.count < 2 { return losses.map(paragraph) }
        let uncertain = losses.filter { !$0.isCertain }
        let dire = losses.count { !$0.isSurvived }
        let line = "\(losses.count - uncertain.count) of \(losses.count) can be lost (guaranteed)"
        let rest = [(uncertain.count - dire, "may be"), (dire, "can't")].filter { $0.0 > 0 }.map { ", \($0) \($1)" }
        return [Paragraph(title: "one at a time", lines: [line + rest.joined()])] + uncertain.map(paragraph)
    }

    private static func paragraph(_ loss: LossVerdict) -> Paragraph {
        var lines = PlacementText.lines(loss.verdicts)
        lines += loss.blocked.map(Printable.escaped)
        lines += loss.lost.map { "\(Printable.escaped($0.description)) is lost: nothing makes it anew" }
        let trial = loss.isOfTrial ? ", with new pods where a trial run put them" : ""
        return Paragraph(
            title: "without \(Printable.escaped(named(loss.loss)))\(trial)",
            lines: lines.isEmpty ? ["no pod has to move"] : lines)
    }
}
