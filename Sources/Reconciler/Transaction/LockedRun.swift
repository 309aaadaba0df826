internal import KubeClient
internal import Planning
internal import Resources

/// What a transaction does while it holds the application's lock.
struct LockedRun: Sendable {
    /// Its client may write only while the lock is held.
    let context: TransactionContext
    let make: @Sendable () async throws -> PreparedPlan
    let approve: @Sendable (PreparedPlan) async throws -> Void
    let log: RunLog
    let held: HeldLock

    /// - Parameter first: The plan that was made before the lock was taken; made anew if the cluster has changed since.
    func execute(_ first: PreparedPlan, home: WriteResult?) async throws -> RunResult {
        var prepared = first
        var history = try await context.store.list()
        var settled: Settled?
        if try await Recovery(context: context, log: log).tidy(history) { history = try await context.store.list() }
        if let newest = history.first, newest.revision.state == .pending {
            try check(newest, against: first.plan)
            if !Self.canResume(newest, first.plan), first.plan.intent == .apply {
                settled = try await settle(newest, for: first.plan)
                if let result = settled?.result { return result }
            }
        }
        if first.hasPendingRevision || settled != nil || history.first != first.history.first {
            do {
                prepared = try await make()
                try await approve(prepared)
            } catch {
                return try await refused(error, history.first, first.plan, settled)
            }
        }
        await log.tell(.started, nil, prepared.plan.summary.description)
        if prepared.plan.intent == .deleteApplication { return try await delete(prepared) }
        let resumed = prepared.history.first.flatMap { Self.canResume($0, prepared.plan) ? $0 : nil }
        if resumed == nil, !prepared.plan.summary.hasChanges { return try await narrow(prepared) }
        return try await RecordedRun(context: context, prepared: prepared, home: home, log: log).execute(
            resuming: resumed)
    }

    /// What became of a run that another one had left open.
    private struct Settled {
        /// Where there is nothing more to do.
        var result: RunResult?
        var recorded: RecordedRevision?
        var report: RollbackReport?
    }

    /// What a refusal means where something has been written already: a run that may not be gone on with is undone, and one
    /// that was undone before is told of, because "refused" says that nothing was written.
    private func refused(
        _ error: any Error, _ pending: RecordedRevision?, _ plan: Plan, _ settled: Settled?
    ) async throws -> RunResult {
        let recovery = Recovery(context: context, log: log)
        var (recorded, report) = (settled?.recorded, settled?.report)
        if error is GuardrailError, settled == nil, let pending, Self.canResume(pending, plan) {
            (recorded, report) = (pending, try await recovery.undo(pending))
        }
        guard let recorded, let report, !Task.isCancelled else { throw error }
        await log.fail(context.application.parent, at: nil, StepFailure(error))
        return await log.result(
            skipped: [], outcome: report.isComplete ? .rolledBack : .failed, revision: recorded.number, rollback: report
        )
    }

    /// Whether a run that was not closed is gone on with; what has begun to delete or to undo is ended first.
    private static func canResume(_ pending: RecordedRevision, _ plan: Plan) -> Bool {
        pending.revision.state == .pending && pending.revision.manifestDigest == plan.manifestDigest
            && plan.intent == .apply && pending.revision.phase == .applying
    }

    /// Ends what another run has left open.
    private func settle(_ pending: RecordedRevision, for plan: Plan) async throws -> Settled {
        let recovery = Recovery(context: context, log: log)
        if pending.revision.phase == .pruning {
            try await recovery.finish(pending)
            return Settled()
        }
        // A set that failed is not tried again at once: then the end of its undoing is all there is to tell.
        let isFinal =
            pending.revision.manifestDigest == plan.manifestDigest && pending.revision.failure != nil
            && !context.settings.retriesFailed
        let report = try await recovery.undo(pending)
        // Where the record could not be closed, nothing may be built upon it.
        if report?.isComplete ?? false, !isFinal, await log.failures.isEmpty {
            return Settled(recorded: pending, report: report)
        }
        return Settled(result: await recovery.result(of: pending, report))
    }

    /// A record that came with a copy of another cluster's objects says nothing about this one's.
    private func check(_ pending: RecordedRevision, against plan: Plan) throws {
        guard let recorded = pending.revision.cluster, let cluster = plan.cluster?.uid, recorded != cluster else {
            return
        }
        throw Diagnostic(
            code: "foreign-revision",
            "\(pending.secret) records a run that was not ended, on another cluster (\(recorded))",
            hint: "if this cluster is a copy of that one, remove the record: "
                + "kubectl delete secret \(pending.secret.name) -n \(pending.secret.namespace)"
        )
    }

    /// Nothing changes but where members may be looked for.
    private func narrow(_ prepared: PreparedPlan) async throws -> RunResult {
        let record = try await SetRecord(context, prepared.plan, log)
        let run = ForwardRun(
            client: context.client, settings: context.settings, prepared: prepared, log: log, now: context.now)
        await log.attempt(prepared.plan.application.parent) { try await record.open() }
        let skipped = await run.execute()
        if await log.failures.isEmpty, skipped.isEmpty {
            await log.attempt(prepared.plan.application.parent) { try await record.close() }
        }
        return await log.result(skipped: skipped)
    }

    /// A deletion is no transaction: what is deleted does not come back, and deleting again goes on.
    private func delete(_ prepared: PreparedPlan) async throws -> RunResult {
        if let open = prepared.history.first, open.revision.state == .pending {
            try await OpenRevision(open, in: context.store).close(.failed, at: context.now())
        }
        let home = ObjectIdentity(group: "", kind: "Namespace", name: context.application.namespace)
        if prepared.plan.deletions.contains(where: { $0.change?.identity == home }) { held.expectRemoval() }
        let record = try await SetRecord(context, prepared.plan, log)
        let run = ForwardRun(
            client: context.client, settings: context.settings, prepared: prepared, log: log, now: context.now)
        let skipped = await run.execute()
        let parent = prepared.plan.application.parent
        let store = context.store
        if await log.failures.isEmpty, skipped.isEmpty { await log.attempt(parent) { try await store.deleteAll() } }
        if await log.failures.isEmpty, skipped.isEmpty { await log.attempt(parent) { try await record.close() } }
        return await log.result(skipped: skipped)
    }
}

extension RunLog {
    /// Does something about the application's records, also where the run has just been asked to stop; a failure of it
    /// is one of the run.
    nonisolated func attempt(_ object: ObjectIdentity, _ work: @escaping @Sendable () async throws -> Void) async {
        do {
            try await Shield.task { try await work() }.value
        } catch {
            await fail(object, at: nil, StepFailure(error))
        }
    }
}
