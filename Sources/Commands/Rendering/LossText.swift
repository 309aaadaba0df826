internal import Placement
internal import Resources

/// What a plan says of its way back, and of doing without nodes.
enum LossText {
    /// What refuses a plan because of nodes that are to be done without; nil where all may be.
    static func refusal(_ losses: [LossVerdict]) -> Diagnostic? {
        let dire = losses.filter { !$0.isSurvived }
        guard let first = dire.first else { return nil }
        let names = named(first.nodes) + (dire.count > 1 ? ", and \(Count.of(dire.count - 1, "more case"))" : "")
        return Diagnostic(
            code: "not-survived", "not all pods would find places without \(names)",
            hint: "see above what is in the way")
    }

    private static func named(_ nodes: [String]) -> String {
        nodes.prefix(10).joined(separator: ", ") + (nodes.count > 10 ? " and \(nodes.count - 10) more" : "")
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
        return Paragraph(
            title: "without \(Printable.escaped(named(loss.nodes)))",
            lines: lines.isEmpty ? ["no pod has to move"] : lines)
    }
}
