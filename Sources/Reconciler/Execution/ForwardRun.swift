internal import FoundationEssentials
internal import Health
internal import KubeClient
internal import Planning
internal import Resources

/// The way forward: does what a plan says, until all of it is done, something fails, or the time is over.
struct ForwardRun: Sendable {
    let client: KubeClient
    let settings: ReconcilerSettings
    let prepared: PreparedPlan
    let log: RunLog
    let now: @Sendable () -> Date
    /// Asks a person whether to go on; nil where nobody can be asked.
    var confirm: (@Sendable (String) async throws -> Bool)?
    /// What the rules of health know of the cluster before the run; nil to read it now.
    var health: HealthContext?
    /// The application's namespace, where it was created to hold its records.
    var home: WriteResult?
    /// What an earlier run of the same revision wrote.
    var writtenBefore: Set<ObjectIdentity> = []
    /// Called once everything declared is healthy, before the first deletion.
    var beforeDeletions: @Sendable () async throws -> Void = {}

    /// Returns what was not done; why is in the log.
    func execute() async -> [RunResult.Skipped] {
        let run = PlanRun(
            client: client,
            settings: settings,
            prepared: prepared,
            home: home,
            context: await context(),
            log: log,
            watch: MemberWatch(client: client, label: (ApplySet.memberLabel, prepared.plan.application.applySetID)),
            now: now,
            writtenBefore: writtenBefore,
            confirm: confirm,
            beforeDeletions: beforeDeletions
        )
        let (skipped, isTimedOut) = await limited(to: settings.runTimeout, client.clock) { await run.execute() }
        if isTimedOut { await blame(skipped ?? []) }
        return skipped ?? []
    }

    /// Tells what the run was waiting for when its time was over.
    private func blame(_ skipped: [RunResult.Skipped]) async {
        let waiting = await log.waiting
        let culprit = skipped.map(\.object).first { waiting[$0] != nil } ?? skipped.first?.object
        guard let culprit else { return }
        let last = waiting[culprit].map { ": \($0)" } ?? ""
        let message = "the run was not finished after \(settings.runTimeout.brief)\(last)"
        await log.fail(
            culprit, at: nil,
            StepFailure(phase: .timeout, message: message, details: [], hint: "give it longer with --timeout"))
    }

    private func context() async -> HealthContext {
        var context: HealthContext
        if let health {
            context = health
        } else {
            context = await HealthFacts(client: client, now: now).context(before: prepared.plan)
        }
        context.learn(declared: prepared.plan.steps.compactMap(\.change?.desired))
        return context
    }
}

/// Runs the work, and cancels it when the time is over; it still ends by itself then, and its result counts.
func limited<Result: Sendable>(
    to timeout: Duration, _ clock: any Clock<Duration>, _ work: @escaping @Sendable () async -> Result
) async -> (result: Result?, isTimedOut: Bool) {
    await withTaskGroup(of: Result?.self) { group in
        group.addTask { await work() }
        group.addTask {
            try? await clock.sleep(for: timeout)
            return nil
        }
        var isTimedOut = false
        var result: Result?
        for await finished in group {
            if let finished {
                result = finished
                break
            }
            isTimedOut = !Task.isCancelled
            group.cancelAll()
        }
        group.cancelAll()
        return (result, isTimedOut)
    }
}
