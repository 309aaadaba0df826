internal import Planning
internal import Reconciler
internal import Resources

/// What came of a run.
struct ResultText {
    let style: Style

    /// The last line of a run that did everything.
    func summary(_ result: RunResult) -> String {
        let counts = "\(result.written.count) written, \(result.deleted.count) deleted"
        return style.bold(style.green("Done")) + ": \(counts), in \(result.elapsed.brief)."
    }

    /// Why a run did not do everything, what it did, and what is left.
    func render(_ result: RunResult) -> String {
        var parts = result.failures.map { ErrorReport.shown($0.diagnostic, style) + "\n" }
        parts.append(written(result))
        let failed = Set(result.failures.map(\.object))
        let left = result.skipped.filter { !failed.contains($0.object) }
        if !left.isEmpty { parts.append("not done:\n" + left.map(line).joined()) }
        parts.append(style.bold(headline(result)) + "\n")
        return "\n" + parts.joined(separator: "\n")
    }

    private func written(_ result: RunResult) -> String {
        guard result.changedCluster else { return "nothing was written\n" }
        let lines =
            result.written.map { "    \(Printable.escaped($0.description))\n" }
            + result.deleted.map { "    \(Printable.escaped($0.description)) (deleted)\n" }
        if lines.isEmpty { return "no member is known to be written; the application's record may be\n" }
        return "written, and left as it is:\n" + lines.joined()
    }

    private func line(_ skipped: RunResult.Skipped) -> String {
        let reason = skipped.waitedFor.map { ", which waits for \($0)" } ?? ""
        return "    \(Printable.escaped(skipped.object.description + reason))\n"
    }

    private func headline(_ result: RunResult) -> String {
        switch result.outcome {
        case .succeeded: summary(result)
        case .failed where result.changedCluster:
            "Failed after \(result.elapsed.brief). Mend the cause and apply again: what is done already costs nothing."
        case .failed: "Failed after \(result.elapsed.brief); nothing was written."
        case .interrupted: "Interrupted after \(result.elapsed.brief). Apply again to go on."
        }
    }
}
