internal import Placement
internal import Resources

/// What a plan says of its way back, and of doing without nodes.
enum LossText {
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
        let dire = losses.filter { !$0.isSurvived }
        let line =
            dire.isEmpty
            ? "any of the \(losses.count) can be lost" : "\(losses.count - dire.count) of \(losses.count) can be lost"
        return [Paragraph(title: "one at a time", lines: [line])] + dire.map(paragraph)
    }

    private static func paragraph(_ loss: LossVerdict) -> Paragraph {
        var lines = PlacementText.lines(loss.verdicts)
        lines += loss.blocked.map(Printable.escaped)
        lines += loss.lost.map { "\(Printable.escaped($0.description)) is lost: nothing makes it anew" }
        let names = loss.nodes.prefix(10).map(Printable.escaped).joined(separator: ", ")
        let more = loss.nodes.count > 10 ? " and \(loss.nodes.count - 10) more" : ""
        return Paragraph(title: "without \(names)\(more)", lines: lines.isEmpty ? ["no pod has to move"] : lines)
    }
}
