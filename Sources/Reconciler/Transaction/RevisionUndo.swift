internal import KubeClient
internal import Planning

/// Undoes the newest revision where that was left open or failed without having been undone: the cluster is then as the
/// last good one left it.
package struct RevisionUndo: Sendable {
    let context: TransactionContext
    let listener: @Sendable (RunEvent) -> Void

    package init(_ context: TransactionContext, listener: @escaping @Sendable (RunEvent) -> Void) {
        self.context = context
        self.listener = listener
    }

    /// Whether there is anything to undo.
    package static func applies(to history: [RecordedRevision]) -> Bool {
        guard let newest = history.first?.revision else { return false }
        return newest.state == .failed || newest.state == .pending && newest.phase != .pruning
    }

    /// - Returns: What was done; nil where another run has ended the revision meanwhile.
    /// - Throws: `LockError`, and what keeps the records from being read.
    package func run() async throws -> RunResult? {
        let log = RunLog(clock: context.client.clock, listener: listener)
        var context = context
        context.client.serverVersion = try await context.client.version()
        return try await context.locked(listener) { context, _ in
            let history = try await context.store.list()
            guard Self.applies(to: history), let newest = history.first else { return nil }
            let recovery = Recovery(context: context, log: log)
            let report = try await recovery.undo(newest)
            let outcome: RunResult.Outcome = report.map { $0.isComplete ? .succeeded : .failed } ?? .interrupted
            return await log.result(skipped: [], outcome: outcome, revision: newest.number, rollback: report)
        }
    }
}
