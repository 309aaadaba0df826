internal import Planning
internal import Resources

/// The revision that `rollback` brings back, and what it leaves for it.
struct RollbackTarget: Hashable, Sendable {
    let target: Revision
    /// The newest revision that there was, whatever became of it: another one since means that others are at work.
    let newest: Int
    /// What a person should know who did not name a revision; nil where it goes without saying.
    let remark: String?

    /// The revision of the given number.
    /// - Parameter retries: Whether one that failed may be brought back.
    /// - Throws: A refusal of one that failed.
    static func named(
        _ number: Int, in history: [Revision], of application: ApplicationIdentity, retries: Bool
    ) throws -> RollbackTarget {
        guard let newest = history.first, let target = history.first(where: { $0.number == number }) else {
            throw missing(number, history, application)
        }
        switch target.state {
        case .deployed, .superseded: break
        case .pending:
            throw Diagnostic(
                code: "revision-pending", "revision \(number) of application \(application.name) has not ended",
                hint: "undo it with endstate rollback alone, or apply again to go on with it")
        case .failed, .rolledBack:
            if retries { break }
            let reason = target.failure.map { [$0] } ?? []
            let end = target.state == .failed ? "failed" : "was rolled back"
            throw Refusal(
                Diagnostic(
                    code: "revision-not-good", "revision \(number) of application \(application.name) \(end)",
                    causes: reason,
                    hint: "choose one that was deployed (endstate history), or bring it back all the same with --retry")
            )
        }
        return RollbackTarget(target: target, newest: newest.number, remark: nil)
    }

    /// The last good revision before the one in force.
    /// - Parameter history: The newest first, of which none is left to undo.
    static func last(in history: [Revision], of application: ApplicationIdentity) throws -> RollbackTarget {
        guard let newest = history.first, let current = history.first(where: \.isInForce) else {
            throw nothingBefore("no revision of application \(application.name) is deployed", history)
        }
        var remark: String?
        if newest.number != current.number {
            remark = "revision \(newest.number) was rolled back already: the cluster is at revision \(current.number)"
        }
        // What a rollback brought back stands where it stood first: going back once more goes on from there.
        let place = current.restores ?? current.number
        let target = history.first { earlier in
            earlier.number < place && earlier.isGood
                && earlier.manifestDigest != current.manifestDigest
        }
        guard let target else {
            throw nothingBefore(
                "application \(application.name) is at revision \(current.number), and no other set was deployed before it",
                history)
        }
        return RollbackTarget(target: target, newest: newest.number, remark: remark)
    }

    /// - Throws: A refusal where another run has begun since the target was chosen.
    func check(_ history: [Revision]) throws {
        guard let now = history.first, now.number != newest else { return }
        throw Refusal(
            Diagnostic(
                code: "rollback-overtaken",
                "\(now.who) has begun revision \(now.number) meanwhile, so that it is not clear any more what to go "
                    + "back from",
                hint: "look at the revisions (endstate history), and name the one to go back to with --to"))
    }

    static func missing(
        _ number: Int, _ history: [Revision], _ application: ApplicationIdentity
    ) -> Diagnostic {
        let recorded = Count.ranges(history.map(\.number))
        return Diagnostic(
            code: "revision-unknown", "there is no revision \(number) of application \(application.name)",
            hint: recorded.isEmpty ? "none is recorded" : "recorded are \(recorded): see endstate history")
    }

    private static func nothingBefore(_ message: String, _ history: [Revision]) -> Diagnostic {
        let recorded = Count.ranges(history.map(\.number))
        return Diagnostic(
            code: "nothing-to-go-back-to", message,
            hint: recorded.isEmpty
                ? "apply first" : "recorded are \(recorded): name one with --to, or apply other manifests")
    }
}

extension Revision {
    /// Whether the cluster is at it, once what failed or was stopped since is undone.
    fileprivate var isInForce: Bool { state == .deployed || state == .pending && phase == .pruning }

    fileprivate var isGood: Bool { state == .deployed || state == .superseded }
}
