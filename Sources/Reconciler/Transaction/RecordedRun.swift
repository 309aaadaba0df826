internal import Health
internal import KubeClient
internal import Planning
internal import Resources

/// One plan with its record: opened before the first write, closed after the last.
struct RecordedRun: Sendable {
    let context: TransactionContext
    let prepared: PreparedPlan
    let home: WriteResult?
    let log: RunLog

    private var plan: Plan { prepared.plan }
    private var settings: ReconcilerSettings { context.settings }

    /// - Parameter resuming: The record of the same set's run that was not ended.
    /// - Throws: What keeps the record from being written; no member was written then.
    func execute(resuming pending: RecordedRevision?) async throws -> RunResult {
        let set = try await SetRecord(context, plan, log)
        let previous = try await previousContents(isResumed: pending != nil)
        let health = await HealthFacts(client: context.client, now: context.now).context(before: plan)
        var contents = RevisionDraft(
            plan, previous: previous, usesHints: settings.usesHints, health: health, client: context.client
        ).contents
        var recorded: RecordedRevision
        var writtenBefore: Set<ObjectIdentity> = []
        if let pending {
            let former = try await context.store.contents(of: pending)
            writtenBefore = Set(former.actions.keys)
            contents = former.resumed(by: contents)
            recorded = try await reopen(pending, former, contents)
        } else {
            recorded = try await context.store.create(draft(), contents)
        }
        await log.touch()
        await log.tell(.recorded, nil, "revision \(recorded.number)")
        let record = OpenRevision(recorded, in: context.store)
        let skipped = await forward(record, set, writtenBefore, health)
        return await end(
            record, set, skipped, Undoable(contents: contents, previous: previous, isResumed: pending != nil))
    }

    struct Undoable: Sendable {
        let contents: RevisionContents
        let previous: RevisionContents?
        let isResumed: Bool
    }

    private func draft() -> Revision {
        Revision(
            number: (prepared.history.first?.number ?? 0) + 1,
            manifestDigest: plan.manifestDigest,
            planDigest: plan.digest,
            source: plan.source,
            cluster: plan.cluster?.uid,
            who: context.who,
            tool: context.tool,
            startedAt: context.now(),
            summary: plan.summary.writes,
            restores: prepared.restores
        )
    }

    private func reopen(
        _ pending: RecordedRevision, _ former: RevisionContents, _ contents: RevisionContents
    ) async throws -> RecordedRevision {
        var revision = pending.revision
        revision.isInterrupted = false
        // Whoever goes on with what was stopped wants it.
        revision.failure = nil
        revision.planDigest = plan.digest
        if contents == former { return try await context.store.update(pending, to: revision) }
        return try await context.store.replace(pending, revision: revision, contents: contents)
    }

    /// What was declared before, where the cluster is known to be as it says; else objects go back to what they were.
    private func previousContents(isResumed: Bool) async throws -> RevisionContents? {
        // What a run has updated already is no change any more for the one that resumes it.
        let needsIt = isResumed || plan.changes.contains { $0.action == .update || $0.action == .replace }
        let last = prepared.history.first { $0.revision.state != .pending }
        guard needsIt, last?.revision.state != .failed,
            let deployed = prepared.history.deployed
        else { return nil }
        do {
            return try await context.store.contents(of: deployed)
        } catch {
            // Of a run that begins, the record then says what each object was; one that goes on has to leave its as it is.
            if isResumed, !(error is Diagnostic) { throw error }
            return nil
        }
    }

    private func forward(
        _ record: OpenRevision, _ set: SetRecord, _ writtenBefore: Set<ObjectIdentity>, _ health: HealthContext
    ) async -> [RunResult.Skipped] {
        await log.attempt(plan.application.parent) { try await set.open() }
        guard await log.failures.isEmpty else {
            return plan.changes.map { .init(object: $0.identity, waitedFor: nil, isWrite: $0.action.isWrite) }
        }
        let run = ForwardRun(
            client: context.client, settings: settings, prepared: prepared, log: log, now: context.now,
            confirm: context.confirm, health: health, home: home, writtenBefore: writtenBefore,
            beforeDeletions: { try await record.update { $0.phase = .pruning } })
        return await run.execute()
    }
}

// MARK: ending
extension RecordedRun {
    private func end(
        _ record: OpenRevision, _ set: SetRecord, _ skipped: [RunResult.Skipped], _ undoable: Undoable
    ) async -> RunResult {
        let number = await record.number
        guard let failure = await log.failures.first else {
            if skipped.isEmpty {
                await succeed(record, set)
            } else {
                await log.attempt(plan.application.parent) { try await record.update { $0.isInterrupted = true } }
            }
            return await log.result(skipped: skipped, revision: number)
        }
        let reason = failure.summary
        if await record.revision.phase == .pruning {
            // Everything declared is applied and healthy: there is nothing to go back from.
            await close(record, .deployed, failure: "not all could be deleted: \(reason)")
            return await log.result(skipped: skipped, revision: number)
        }
        if Task.isCancelled {
            await log.attempt(plan.application.parent) { try await record.update { $0.isInterrupted = true } }
            return await log.result(skipped: skipped, revision: number)
        }
        guard settings.rollsBack else {
            await log.attempt(plan.application.parent) { [context] in
                try await record.close(.failed, failure: reason, at: context.now())
            }
            await Recovery(context: context, log: log).clean {}
            return await log.result(skipped: skipped, revision: number)
        }
        return await rollBack(record, reason, skipped, undoable)
    }

    private func succeed(_ record: OpenRevision, _ set: SetRecord) async {
        await log.attempt(plan.application.parent) { try await set.close() }
        if await log.failures.isEmpty { await close(record, .deployed, failure: nil) }
    }

    /// Closes the record as the one in force, and the former one as no longer that.
    private func close(_ record: OpenRevision, _ state: Revision.State, failure: String?) async {
        let recovery = Recovery(context: context, log: log)
        let restores = prepared.restores
        await log.attempt(plan.application.parent) { [context] in
            try await record.close(state, failure: failure, at: context.now())
        }
        guard await record.revision.state == state else { return }
        await recovery.clean { [prepared] in
            try await recovery.supersede(prepared.history, by: await record.number, isRollback: restores != nil)
        }
    }

    private func rollBack(
        _ record: OpenRevision, _ reason: String, _ skipped: [RunResult.Skipped], _ undoable: Undoable
    ) async -> RunResult {
        // What a run before this one did is only known from its record.
        var memory: UndoRun.Memory?
        if !undoable.isResumed {
            memory = UndoRun.Memory(
                attempted: await log.attempted, created: await log.created, foreign: await log.foreign)
        }
        let recovery = Recovery(context: context, log: log)
        let report = await recovery.rollBack(
            record, reason: reason, contents: undoable.contents, previous: undoable.previous, memory: memory)
        let outcome: RunResult.Outcome = report?.isComplete ?? false ? .rolledBack : .failed
        return await log.result(skipped: skipped, outcome: outcome, revision: await record.number, rollback: report)
    }
}

extension RunResult.Failure {
    /// One line.
    var summary: String { "\(object): \(failure.message)" }
}
