package import FoundationEssentials
package import KubeClient
package import Planning
internal import Resources

/// Who runs, on which terms: what a transaction needs besides the plan.
package struct TransactionContext: Sendable {
    var client: KubeClient
    let application: ApplicationIdentity
    let settings: ReconcilerSettings
    /// The program's own version, which the records name.
    let version: String
    let holder: LockHolder
    let leaseTimes: LeaseTimes
    /// The lock's own: what a run waits for must not make the lock look old.
    let leaseClock: any Clock<Duration>
    let now: @Sendable () -> Date
    /// Asks a person whether to go on; nil where nobody can be asked.
    let confirm: (@Sendable (String) async throws -> Bool)?

    package init(
        client: KubeClient, application: ApplicationIdentity, settings: ReconcilerSettings, version: String,
        holder: LockHolder, leaseTimes: LeaseTimes = LeaseTimes(),
        leaseClock: any Clock<Duration> = ContinuousClock(), now: @escaping @Sendable () -> Date = { Date() },
        confirm: (@Sendable (String) async throws -> Bool)? = nil
    ) {
        self.client = client
        self.application = application
        self.settings = settings
        self.version = version
        self.holder = holder
        self.leaseTimes = leaseTimes
        self.leaseClock = leaseClock
        self.now = now
        self.confirm = confirm
    }

    package var store: RevisionStore { RevisionStore(client: client, application: application) }
    var who: String { "\(holder.user)@\(holder.host)" }
    var tool: String { "\(ApplySet.toolName)/v\(version)" }

    /// Does something with the application's lock; the client that it gets may write only while the lock is held.
    func locked<Output: Sendable>(
        _ listener: @escaping @Sendable (RunEvent) -> Void,
        _ body: @escaping @Sendable (TransactionContext, HeldLock) async throws -> Output
    ) async throws -> Output {
        let lock = LeaseLock(
            client: client, namespace: application.namespace, name: application.name, holder: holder,
            times: leaseTimes, clock: leaseClock, now: now)
        return try await lock.hold(
            waitingAtMost: settings.lockTimeout,
            onWait: { wait in
                let since = wait.since.map { ", since \($0)" } ?? ""
                listener(RunEvent(.locked, nil, "\(wait.holder) holds the lock\(since)", elapsed: .zero))
            }
        ) { held in
            var context = self
            let outer = client.writePermit
            context.client.writePermit = {
                try outer?()
                try held.check()
            }
            return try await body(context, held)
        }
    }
}

/// Executes plans so that each ends in one of two states: the one that it declares, or the one that was before.
///
/// A run takes the application's lock, records what it is about to do, does it, and closes the record. What a killed run
/// left is finished or undone first, whoever comes next.
package struct Transaction: Sendable {
    let context: TransactionContext
    /// Makes the plan, as often as the cluster has changed since the last one.
    let make: @Sendable () async throws -> PreparedPlan
    /// Shows a plan and returns if it may be executed.
    let approve: @Sendable (PreparedPlan) async throws -> Void
    let listener: @Sendable (RunEvent) -> Void

    package init(
        _ context: TransactionContext,
        make: @escaping @Sendable () async throws -> PreparedPlan,
        approve: @escaping @Sendable (PreparedPlan) async throws -> Void,
        listener: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.context = context
        self.make = make
        self.approve = approve
        self.listener = listener
    }

    /// Cancelling the task stops it: writes under way are finished, nothing new is started, and the record stays open for
    /// the next run to go on from.
    /// - Returns: What was done and what was not; a failed step is no thrown error.
    /// - Throws: What makes or refuses the plan, `LockError`, and what keeps the record from being written: no member was
    ///   written then.
    package func run() async throws -> RunResult {
        let first = try await make()
        var context = context
        context.client.serverVersion = first.serverVersion
        if !first.hasPendingRevision {
            try await approve(first)
            if first.isDone { return await look(at: first, context) }
        } else {
            // What a run left behind is looked after even where its half-done work would refuse the plan, but not on a
            // cluster that nobody meant.
            try first.plan.checkCluster()
        }
        let log = RunLog(clock: context.client.clock, listener: listener)
        let home = try await createHome(first, context, log)
        return try await context.locked(listener) { context, held in
            let run = LockedRun(context: context, make: make, approve: approve, log: log, held: held)
            let result = try await run.execute(first, home: home)
            if result.outcome == .succeeded, first.plan.intent == .deleteApplication { held.removeAtEnd() }
            return result
        }
    }

    /// A plan without changes needs neither lock nor record; whether all is healthy is still waited for.
    private func look(at prepared: PreparedPlan, _ context: TransactionContext) async -> RunResult {
        let log = RunLog(clock: context.client.clock, listener: listener)
        await log.tell(.started, nil, prepared.plan.summary.description)
        let run = ForwardRun(
            client: context.client, settings: context.settings, prepared: prepared, log: log, now: context.now)
        return await log.result(skipped: await run.execute())
    }

    /// The Lease and the records live in the application's namespace: where the plan itself creates that, it is first.
    private func createHome(
        _ prepared: PreparedPlan, _ context: TransactionContext, _ log: RunLog
    ) async throws -> WriteResult? {
        let home = ObjectIdentity(group: "", kind: "Namespace", name: context.application.namespace)
        let change = prepared.plan.changes.first { $0.identity == home && $0.action == .create }
        guard let namespace = change?.desired else { return nil }
        return try await log.noting { try await context.client.apply(namespace, as: .namespaces) }
    }
}

extension PreparedPlan {
    /// Whether a run has not been closed: it goes on, was interrupted, or was killed.
    package var hasPendingRevision: Bool { history.first?.revision.state == .pending }

    /// Whether executing the plan writes nothing, not even the application's record.
    package var isDone: Bool {
        !plan.summary.hasChanges && !hasPendingRevision && plan.applySet == state.recorded
            && plan.intent != .deleteApplication && history.count { $0.revision.state == .deployed } < 2
    }
}

extension RunLog {
    func result(
        skipped: [RunResult.Skipped], outcome: RunResult.Outcome? = nil, revision: Int? = nil,
        rollback: RollbackReport? = nil
    ) -> RunResult {
        let found: RunResult.Outcome = failures.isEmpty ? (skipped.isEmpty ? .succeeded : .interrupted) : .failed
        tell(.finished, nil, (outcome ?? found).rawValue)
        return RunResult(
            outcome: outcome ?? found, written: written, deleted: deleted, failures: failures, skipped: skipped,
            elapsed: elapsed, changedCluster: hasTouched, revision: revision, rollback: rollback)
    }
}
