package import FoundationEssentials
internal import Health
package import KubeClient
internal import Planning
internal import Resources

/// Executes plans: the only writer to a cluster.
package struct PlanExecutor: Sendable {
    let client: KubeClient
    let settings: ReconcilerSettings
    /// The program's own version, which the application's record names.
    let version: String
    let now: @Sendable () -> Date

    package init(
        client: KubeClient, settings: ReconcilerSettings, version: String,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.client = client
        self.settings = settings
        self.version = version
        self.now = now
    }

    /// Applies and waits in the plan's order, deletes last, and keeps the application's record ahead of both.
    ///
    /// Cancelling the task stops it: writes under way are finished, nothing new is started.
    /// - Parameter listener: Told of everything as it happens; must return at once.
    /// - Returns: What was done and what was not; a failed step is no thrown error.
    /// - Throws: `GuardrailError` where the plan may not be executed, and what keeps the record from being written; no
    ///   member was written then.
    package func execute(
        _ prepared: PreparedPlan, listener: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> RunResult {
        try prepared.plan.checkGuardrails()
        var client = client
        client.serverVersion = prepared.serverVersion
        let log = RunLog(clock: client.clock, listener: listener)
        await log.tell(.started, nil, prepared.plan.summary.description)
        let record = SetRecord(
            client: client, version: version, plan: prepared.plan, recorded: prepared.state.recorded, log: log)
        let home: WriteResult?
        do {
            home = try await record.open()
        } catch {
            guard await log.hasTouched else { throw error }
            await log.fail(prepared.plan.application.parent, at: nil, StepFailure(error))
            return await result(log, prepared.plan.changes.map { .init(object: $0.identity, waitedFor: nil) })
        }
        let run = PlanRun(
            client: client,
            settings: settings,
            prepared: prepared,
            home: home,
            context: await context(of: prepared, client),
            log: log,
            watch: MemberWatch(client: client, label: (ApplySet.memberLabel, prepared.plan.application.applySetID)),
            now: now
        )
        let (skipped, isTimedOut) = await limited { await run.execute() }
        if isTimedOut { await blame(skipped, log) }
        if await log.failures.isEmpty, skipped.isEmpty { await close(record, prepared.plan, log) }
        return await result(log, skipped)
    }

    private func result(_ log: RunLog, _ skipped: [RunResult.Skipped]) async -> RunResult {
        let failures = await log.failures
        let outcome: RunResult.Outcome = failures.isEmpty ? (skipped.isEmpty ? .succeeded : .interrupted) : .failed
        await log.tell(.finished, nil, outcome.rawValue)
        return RunResult(
            outcome: outcome,
            written: await log.written,
            deleted: await log.deleted,
            failures: failures,
            skipped: skipped,
            elapsed: await log.elapsed,
            changedCluster: await log.hasTouched
        )
    }

    /// A run that everything was done in is finished even where somebody has just asked to stop it.
    private func close(_ record: SetRecord, _ plan: Plan, _ log: RunLog) async {
        do {
            try await Task { try await record.close() }.value
        } catch {
            await log.fail(plan.application.parent, at: nil, StepFailure(error))
        }
    }

    /// Tells what the run was waiting for when its time was over.
    private func blame(_ skipped: [RunResult.Skipped], _ log: RunLog) async {
        let waiting = await log.waiting
        let culprit = skipped.map(\.object).first { waiting[$0] != nil } ?? skipped.first?.object
        guard let culprit else { return }
        let last = waiting[culprit].map { ": \($0)" } ?? ""
        let message = "the run was not finished after \(settings.runTimeout.brief)\(last)"
        await log.fail(
            culprit, at: nil,
            StepFailure(phase: .timeout, message: message, details: [], hint: "give it longer with --timeout"))
    }

    private func context(of prepared: PreparedPlan, _ client: KubeClient) async -> HealthContext {
        let changes = prepared.plan.steps.compactMap(\.change)
        let namespaces = Set(changes.map(\.identity.namespace)).subtracting([""])
        return await HealthFacts(client: client, now: now)
            .context(
                for: Set(changes.map(\.identity.groupKind)), namespaces: namespaces,
                declared: changes.compactMap(\.desired))
    }

    /// Runs the work for as long as a run may take.
    private func limited(
        _ work: @escaping @Sendable () async -> [RunResult.Skipped]
    ) async -> (skipped: [RunResult.Skipped], isTimedOut: Bool) {
        await withTaskGroup(of: [RunResult.Skipped]?.self) { group in
            group.addTask { await work() }
            group.addTask {
                try? await client.clock.sleep(for: settings.runTimeout)
                return nil
            }
            var isTimedOut = false
            var skipped: [RunResult.Skipped] = []
            for await finished in group {
                if let finished { skipped = finished } else { isTimedOut = !Task.isCancelled }
                if finished != nil { break }
                group.cancelAll()
            }
            group.cancelAll()
            return (skipped, isTimedOut)
        }
    }
}
