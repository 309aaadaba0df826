internal import Planning
internal import Reconciler
internal import Resources

/// What came of a run.
struct ResultText {
    let style: Style

    /// The last line of a run that did everything.
    func summary(_ result: RunResult) -> String {
        if let rollback = result.rollback { return undoSummary(rollback, result.elapsed) }
        let counts = "\(result.written.count) written, \(result.deleted.count) deleted"
        let revision = result.revision.map { " Revision \($0)." } ?? ""
        return style.bold(style.green("Done")) + ": \(counts), in \(result.elapsed.brief).\(revision)"
    }

    /// The last lines of a run that undid another one.
    private func undoSummary(_ rollback: RollbackReport, _ elapsed: Duration) -> String {
        let staying =
            rollback.staying.isEmpty ? "" : "stays, as the plan has told:\n" + reasons(rollback.staying) + "\n"
        let counts = "\(rollback.restored.count) restored, \(rollback.deleted.count) deleted"
        let done = style.bold(style.green("Done"))
        return "\(staying)\(done): revision \(rollback.revision) is rolled back, \(counts), in \(elapsed.brief)."
    }

    /// Why a run did not do everything, what it did, and what is left.
    func render(_ result: RunResult) -> String {
        var parts = result.failures.map { ErrorReport.shown($0.diagnostic, style) + "\n" }
        if let rollback = result.rollback { parts += undone(rollback) } else { parts.append(written(result)) }
        let failed = Set(result.failures.map(\.object))
        let left = result.skipped.filter { $0.isWrite && !failed.contains($0.object) }
        if !left.isEmpty, result.rollback == nil { parts.append("not done:\n" + left.map(line).joined()) }
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

    private func undone(_ rollback: RollbackReport) -> [String] {
        let lines =
            rollback.restored.map { "    \(Printable.escaped($0.description)) (restored)\n" }
            + rollback.deleted.map { "    \(Printable.escaped($0.description)) (deleted again)\n" }
        var parts = lines.isEmpty ? [] : ["undone:\n" + lines.joined()]
        if !rollback.staying.isEmpty { parts.append("stays, as the plan has told:\n" + reasons(rollback.staying)) }
        if !rollback.left.isEmpty { parts.append("not brought back:\n" + reasons(rollback.left)) }
        return parts
    }

    private func reasons(_ remainders: [RollbackReport.Remainder]) -> String {
        remainders.map { "    \(Printable.escaped("\($0.object): \($0.reason)"))\n" }.joined()
    }

    private func line(_ skipped: RunResult.Skipped) -> String {
        let reason = skipped.waitedFor.map { ", which waits for \($0)" } ?? ""
        return "    \(Printable.escaped(skipped.object.description + reason))\n"
    }

    private func headline(_ result: RunResult) -> String {
        let time = result.elapsed.brief
        let revision = result.revision.map { "Revision \($0)" } ?? "It"
        return switch result.outcome {
        case .succeeded: summary(result)
        case .rolledBack:
            "\(revision) failed and was rolled back, in \(time). Change the manifests, or try once more with --retry."
        case .failed where result.rollback != nil:
            "\(revision) failed, and not all of it could be rolled back, in \(time). endstate rollback tries again."
        case .failed where result.changedCluster:
            "Failed after \(time). Mend the cause and apply again, or go back with endstate rollback."
        case .failed: "Failed after \(time); nothing was written."
        case .interrupted where result.revision != nil:
            "Interrupted after \(time). Run it again to go on, or go back with endstate rollback."
        case .interrupted: "Interrupted after \(time). Run it again to go on."
        }
    }
}
