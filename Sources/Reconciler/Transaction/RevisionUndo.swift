internal import KubeClient
internal import Planning

/// Undoes what was left open, or failed without having been undone: the cluster is then as the last good revision left it.
package struct RevisionUndo: Sendable {
    let context: TransactionContext
    /// The revision that a person has seen and wants undone.
    let number: Int
    let listener: @Sendable (RunEvent) -> Void

    package init(_ context: TransactionContext, number: Int, listener: @escaping @Sendable (RunEvent) -> Void) {
        self.context = context
        self.number = number
        self.listener = listener
    }

    /// The newest revision that is to be undone; nil where there is none. What has been rolled back since is passed over.
    package static func target(in history: [RecordedRevision]) -> RecordedRevision? {
        guard let newest = history.first(where: { $0.revision.state != .rolledBack }) else { return nil }
        let isOpen = newest.revision.state == .pending && newest.revision.phase != .pruning
        return isOpen || newest.revision.state == .failed ? newest : nil
    }

    /// - Returns: What was done; nil where another run has ended the revision meanwhile.
    /// - Throws: `GuardrailError` where there is another one to undo by now; `LockError`, and what keeps the records from
    ///   being read.
    package func run() async throws -> RunResult? {
        let log = RunLog(clock: context.client.clock, listener: listener)
        var context = context
        context.client.serverVersion = try await context.client.version()
        return try await context.locked(listener) { context, _ in
            guard var target = Self.target(in: try await context.store.list()) else { return nil }
            try requireSame(target)
            let recovery = Recovery(context: context, log: log)
            while true {
                let report = try await recovery.undo(target)
                let isGood = await log.failures.isEmpty && report?.isComplete ?? false
                // One that had failed before it and was left as it was is what it has gone back to.
                if isGood, let next = Self.target(in: try await context.store.list()), next.number < target.number {
                    target = next
                    continue
                }
                let outcome = isGood ? .succeeded : recovery.outcome(of: nil, success: .succeeded)
                return await log.result(skipped: [], outcome: outcome, revision: target.number, rollback: report)
            }
        }
    }

    private func requireSame(_ target: RecordedRevision) throws(GuardrailError) {
        if target.number == number { return }
        let message =
            "\(target.revision.who) has begun revision \(target.number) meanwhile, which would be undone instead"
        throw GuardrailError(violations: [
            GuardrailViolation(
                .stalePlan, [], message, remedy: "look at the revisions (endstate history), and run again")
        ])
    }
}
