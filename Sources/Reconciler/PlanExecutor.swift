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
    /// - Throws: `GuardrailError` where the plan may not be executed, and what keeps the record from being written; nothing
    ///   else was written then, but the namespace that holds the record.
    package func execute(
        _ prepared: PreparedPlan, listener: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> RunResult {
        try prepared.plan.checkGuardrails()
        let log = RunLog(clock: client.clock, listener: listener)
        await log.tell(.started, nil, prepared.plan.summary.description)
        let record = SetRecord(client: client, version: version, plan: prepared.plan, recorded: prepared.state.recorded)
        try await record.open()
        let run = PlanRun(
            client: client,
            settings: settings,
            prepared: prepared,
            context: await context(of: prepared),
            log: log,
            watch: MemberWatch(client: client, label: (ApplySet.memberLabel, prepared.plan.application.applySetID)),
            now: now
        )
        let (skipped, isTimedOut) = await limited { await run.execute() }
        if isTimedOut, let object = skipped.first?.object {
            let message = "the run was not finished after \(settings.runTimeout.brief)"
            await log.fail(
                object, at: nil,
                StepFailure(phase: .timeout, message: message, details: [], hint: "give it longer with --timeout"))
        }
        let failures = await log.failures
        if failures.isEmpty, skipped.isEmpty { try await record.close() }
        let outcome: RunResult.Outcome = failures.isEmpty ? (skipped.isEmpty ? .succeeded : .interrupted) : .failed
        await log.tell(.finished, nil, outcome.rawValue)
        return RunResult(
            outcome: outcome,
            written: await log.written,
            deleted: await log.deleted,
            failures: failures,
            skipped: skipped,
            elapsed: await log.elapsed
        )
    }

    private func context(of prepared: PreparedPlan) async -> HealthContext {
        let identities = prepared.plan.steps.compactMap(\.change?.identity)
        return await HealthFacts(client: client, now: now)
            .context(for: Set(identities.map(\.groupKind)), namespaces: Set(identities.map(\.namespace)))
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
