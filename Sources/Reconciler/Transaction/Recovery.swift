internal import KubeClient
internal import Planning
internal import Resources

/// Ends revisions otherwise than by success: undoes them, or closes what a killed run had all but finished.
struct Recovery: Sendable {
    let context: TransactionContext
    let log: RunLog

    private var application: ApplicationIdentity { context.application }

    /// Undoes a revision that was left open, or that failed and was not undone.
    /// - Returns: What came of it; nil where it was interrupted, or could not be tried.
    func undo(_ recorded: RecordedRevision) async throws -> RollbackReport? {
        let contents = try await context.store.contents(of: recorded)
        let deployed = try await context.store.list().filter { $0.number < recorded.number }.deployed
        var previous: RevisionContents?
        do {
            if let deployed { previous = try await context.store.contents(of: deployed) }
        } catch is Diagnostic {
            // It is damaged; what the record itself says of earlier states may be enough.
        }
        await log.touch()
        return await rollBack(
            OpenRevision(recorded, in: context.store), reason: recorded.revision.failure, contents: contents,
            previous: previous, memory: nil)
    }

    /// The result of a run that did nothing but undo an earlier one.
    func result(of recorded: RecordedRevision, _ report: RollbackReport?) async -> RunResult {
        if let failure = recorded.revision.failure {
            let message = "revision \(recorded.number) failed: \(failure)"
            await log.fail(
                application.parent, at: nil, StepFailure(phase: .write, message: message, details: [], hint: nil))
        }
        return await log.result(
            skipped: [], outcome: outcome(of: report, success: .rolledBack), revision: recorded.number,
            rollback: report)
    }

    /// How a run ends that did nothing but undo.
    func outcome(of report: RollbackReport?, success: RunResult.Outcome) -> RunResult.Outcome {
        if let report { return report.isComplete ? success : .failed }
        return Task.isCancelled ? .interrupted : .failed
    }

    /// Closes a revision whose declared objects were all healthy; what it had not deleted yet is still a member.
    func finish(_ pending: RecordedRevision) async throws {
        let record = OpenRevision(pending, in: context.store)
        try await record.close(.deployed, at: context.now())
        try await supersede(
            try await context.store.list(), by: pending.number, isRollback: pending.revision.restores != nil)
    }

    /// Ends what a run left that was killed when all but its last words was written.
    /// - Returns: Whether there was anything.
    func tidy(_ history: [RecordedRevision]) async throws -> Bool {
        let inForce = history.filter { $0.revision.state == .deployed }
        guard let newest = inForce.first, inForce.count > 1 else { return false }
        try await supersede(history, by: newest.number, isRollback: newest.revision.restores != nil)
        return true
    }

    /// Does what the next run will do as well if it fails now, and deletes the oldest revisions: a failure is no more than
    /// a warning.
    func clean(_ work: @escaping @Sendable () async throws -> Void) async {
        let store = context.store
        let limit = context.settings.keptRevisions
        do {
            try await Shield.task {
                try await work()
                try await store.prune(keeping: limit)
            }.value
        } catch {
            let reason = StepFailure(error).message
            await log.tell(.warning, application.parent, "the records could not all be put in order: \(reason)")
        }
    }

    /// Notes that earlier revisions are no longer the one in force.
    /// - Parameter isRollback: Whether a person went back from them, so that they must not be applied again by themselves.
    func supersede(_ history: [RecordedRevision], by number: Int, isRollback: Bool) async throws {
        for earlier in history where earlier.revision.state == .deployed && earlier.number < number {
            var revision = earlier.revision
            revision.state = isRollback ? .rolledBack : .superseded
            if isRollback { revision.failure = "\(context.who) went back from it, with revision \(number)" }
            _ = try await context.store.update(earlier, to: revision)
        }
    }

    /// Undoes a revision and closes its record, which stays open where that could not be tried to the end.
    /// - Parameters:
    ///   - reason: What failed; nil where nothing did, but its run was killed.
    ///   - memory: What is known of the run besides its record.
    /// - Returns: What came of it; nil where it was interrupted.
    func rollBack(
        _ record: OpenRevision, reason: String?, contents: RevisionContents, previous: RevisionContents?,
        memory: UndoRun.Memory?
    ) async -> RollbackReport? {
        let number = await record.number
        await log.tell(.rollingBack, nil, "revision \(number): \(reason ?? "its run was not ended")")
        await log.attempt(application.parent) {
            try await record.update { revision in
                revision.phase = .rollingBack
                revision.failure = reason ?? revision.failure
            }
        }
        // The server knows better than this run, of which an answer was lost: all that is declared was healthy already.
        if await record.revision.phase == .pruning { return nil }
        do {
            let report = try await undo(number, contents, previous, memory)
            if Task.isCancelled {
                await log.attempt(application.parent) { try await record.update { $0.isInterrupted = true } }
                return report.isComplete ? nil : report
            }
            await log.attempt(application.parent) { [context] in
                try await record.close(report.isComplete ? .rolledBack : .failed, at: context.now())
            }
            await clean { try await narrow() }
            return report
        } catch {
            await log.fail(application.parent, at: nil, StepFailure(error))
            return nil
        }
    }

    private func undo(
        _ number: Int, _ contents: RevisionContents, _ previous: RevisionContents?, _ memory: UndoRun.Memory?
    ) async throws -> RollbackReport {
        let plan = try UndoPlan(undoing: contents, previous: previous, application: application)
        let kinds = Set(contents.objects.map(\.identity.groupKind))
        let discovery = try await context.client.discover(groups: Set(kinds.map(\.group)).union([""]))
        let namespaces = Set(contents.objects.map(\.namespace)).subtracting([""])
        var health = await HealthFacts(client: context.client, now: context.now)
            .context(for: kinds, namespaces: namespaces)
        health.learn(declared: contents.objects)
        let undoLog = RunLog(after: log)
        let run = UndoRun(
            client: context.client, settings: context.settings, application: application, undo: plan,
            unhealthyBefore: contents.unhealthyBefore, discovery: discovery, context: health, log: undoLog,
            now: context.now, memory: memory)
        let (skipped, isTimedOut) = await limited(to: context.settings.rollbackTimeout, context.client.clock) {
            await run.execute()
        }
        let why = isTimedOut ? "the time for rolling back was over" : "the run was stopped"
        let failures = await undoLog.failures.map { (object: $0.object, reason: $0.failure.message) }
        let failed = Set(failures.map(\.object))
        let unfinished = (skipped ?? []).map(\.object).filter { !failed.contains($0) }.map { (object: $0, reason: why) }
        return RollbackReport(
            revision: number,
            restored: await undoLog.written,
            deleted: await undoLog.deleted,
            staying: plan.staying(attempted: memory?.attempted),
            left: (failures + unfinished).map { .init(object: $0.object, reason: $0.reason) }
        )
    }

    /// The record names where members are, which after a rollback is for them to tell.
    private func narrow() async throws {
        let state = try await ClusterReader(client: context.client, application: application)
            .read(kinds: [], namespaces: [])
        guard let recorded = state.recorded else { return }
        let unread = ApplySet(
            application, groupKinds: Set(state.unreadKinds.keys),
            namespaces: state.unreadKinds.isEmpty ? [] : Set(recorded.namespaces))
        let actual = ApplySet(application, members: state.members.keys).union(unread)
        if actual != recorded { try await SetRecord.write(actual, context, log) }
    }
}

extension UndoPlan {
    fileprivate func staying(attempted: Set<ObjectIdentity>?) -> [RollbackReport.Remainder] {
        steps.values.sorted { $0.identity < $1.identity }.compactMap { step in
            guard case .leave(let reason) = step.undo, attempted?.contains(step.identity) ?? true else { return nil }
            return .init(object: step.identity, reason: reason)
        }
    }
}
