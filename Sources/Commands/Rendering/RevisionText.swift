internal import FoundationEssentials
internal import Planning
internal import Resources

/// Revisions in words, the same in `history`, `status` and `rollback`.
struct RevisionText {
    let style: Style
    let now: Date

    /// `deployed`, `rolled back`; of one under way what it does, or that it was interrupted.
    static func state(_ revision: Revision) -> String {
        switch revision.state {
        case .pending:
            if revision.isInterrupted { return "interrupted" }
            return switch revision.phase {
            case .applying: "applying"
            case .pruning: "pruning"
            case .rollingBack: "rolling back"
            }
        case .rolledBack: return "rolled back"
        case .deployed, .failed, .superseded: return revision.state.rawValue
        }
    }

    func paint(_ state: Revision.State, _ text: String) -> String {
        switch state {
        case .deployed: style.green(text)
        case .failed, .rolledBack: style.red(text)
        case .pending: style.yellow(text)
        case .superseded: style.dim(text)
        }
    }

    /// The commit's first digits; `dirty` for files that no commit has, `-` where no git is known of.
    static func commit(_ source: PlanSource) -> String {
        source.isDirty ? "dirty" : source.commit.map { String($0.prefix(12)) } ?? "-"
    }

    /// `3 created, 1 updated`; for one that brings another back, which that is.
    static func changes(_ revision: Revision) -> String {
        let words: [(Action, String)] = [
            (.create, "created"), (.update, "updated"), (.replace, "replaced"), (.adopt, "adopted"),
            (.delete, "deleted"),
        ]
        let counts = words.compactMap { action, word in
            revision.summary[action].flatMap { $0 > 0 ? "\($0) \(word)" : nil }
        }
        let text = counts.joined(separator: ", ")
        guard let restored = revision.restores else { return text.isEmpty ? "none" : text }
        return "back to \(restored)" + (text.isEmpty ? "" : ": \(text)")
    }

    /// `revision 7, commit 1a2b3c4d5e6f "subject"`, with what it brings back.
    static func name(_ revision: Revision) -> String {
        var text = "revision \(revision.number)"
        if let restored = revision.restores { text += " (back to \(restored))" }
        let source = revision.source
        if let commit = source.commit {
            text += ", commit \(commit.prefix(12))" + (source.isDirty ? " and uncommitted files" : "")
            if let subject = source.subject, !subject.isEmpty { text += " \"\(Printable.escaped(subject))\"" }
        }
        return text
    }

    /// What became of a revision that is not the one in force, or not for certain.
    func fate(_ revision: Revision) -> String {
        let time = (revision.endedAt ?? revision.startedAt).ago(now)
        let reason = revision.failure.map { ": \(Printable.escaped($0))" } ?? ""
        let who = Printable.escaped(revision.who)
        return switch revision.state {
        case .deployed, .superseded: "\(time), by \(who)"
        case .failed: "failed \(time)\(reason)"
        case .rolledBack: "was rolled back \(time)\(reason)"
        case .pending where revision.isInterrupted: "was interrupted; begun \(time) by \(who)"
        case .pending: "is \(Self.state(revision)); begun \(time) by \(who)\(reason)"
        }
    }
}

extension Revision {
    /// The record as `-o json` shows it: what goes without saying is left out.
    var output: Value {
        var value = json
        value["apiVersion"] = nil
        value["kind"] = nil
        if state != .pending { value["phase"] = nil }
        return value
    }
}
