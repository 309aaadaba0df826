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

    /// - Parameter first: The plan that was made before the lock was taken; made anew if the cluster has changed since.
    func execute(_ first: PreparedPlan, home: WriteResult?) async throws -> RunResult {
        var prepared = first
        var isCurrent = !first.hasPendingRevision
        let history = try await context.store.list()
        try await Recovery(context: context, log: log).tidy(history)
        let newest = history.first
        if let newest, newest.revision.state == .pending, !Self.canResume(newest, first.plan) {
            if let result = try await settle(newest, for: first.plan) { return result }
            isCurrent = false
        }
        if !isCurrent || newest != first.history.first {
            prepared = try await make()
            try await approve(prepared)
        }
        await log.tell(.started, nil, prepared.plan.summary.description)
        if prepared.plan.intent == .deleteApplication { return await delete(prepared) }
        let resumed = prepared.history.first.flatMap { $0.revision.state == .pending ? $0 : nil }
        if resumed == nil, !prepared.plan.summary.hasChanges { return await narrow(prepared) }
        return try await RecordedRun(context: context, prepared: prepared, home: home, log: log).execute(
            resuming: resumed)
    }

    /// Whether a run that was not closed is gone on with; what has begun to delete or to undo is ended first.
    private static func canResume(_ pending: RecordedRevision, _ plan: Plan) -> Bool {
        pending.revision.manifestDigest == plan.manifestDigest && plan.intent == .apply
            && pending.revision.phase == .applying
    }

    /// Ends what another run has left open. Returns the result of this run where that is all that it can do.
    private func settle(_ pending: RecordedRevision, for plan: Plan) async throws -> RunResult? {
        try check(pending, against: plan)
        if plan.intent == .deleteApplication {
            try await OpenRevision(pending, in: context.store).close(.failed, at: context.now())
            return nil
        }
        let recovery = Recovery(context: context, log: log)
        if pending.revision.phase == .pruning {
            try await recovery.finish(pending)
            return nil
        }
        // A set that failed is not tried again at once: then the end of its undoing is all there is to tell.
        let isFinal =
            pending.revision.manifestDigest == plan.manifestDigest && pending.revision.failure != nil
            && !context.settings.retriesFailed
        let report = try await recovery.undo(pending)
        if report?.isComplete ?? false, !isFinal { return nil }
        return await recovery.result(of: pending, report)
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
    private func narrow(_ prepared: PreparedPlan) async -> RunResult {
        let record = setRecord(prepared)
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
    private func delete(_ prepared: PreparedPlan) async -> RunResult {
        let run = ForwardRun(
            client: context.client, settings: context.settings, prepared: prepared, log: log, now: context.now)
        let skipped = await run.execute()
        if await log.failures.isEmpty, skipped.isEmpty {
            let store = context.store
            await log.attempt(prepared.plan.application.parent) { try await store.deleteAll() }
        }
        if await log.failures.isEmpty, skipped.isEmpty {
            let record = setRecord(prepared)
            await log.attempt(prepared.plan.application.parent) { try await record.close() }
        }
        return await log.result(skipped: skipped)
    }

    private func setRecord(_ prepared: PreparedPlan) -> SetRecord {
        SetRecord(
            client: context.client, version: context.version, plan: prepared.plan, recorded: prepared.state.recorded,
            log: log)
    }
}

extension RunLog {
    /// Does something about the application's records, also where the run has just been asked to stop; a failure of it
    /// is one of the run.
    nonisolated func attempt(_ object: ObjectIdentity, _ work: @escaping @Sendable () async throws -> Void) async {
        do {
            try await Task { try await work() }.value
        } catch {
            await fail(object, at: nil, StepFailure(error))
        }
    }
}
