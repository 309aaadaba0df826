internal import FoundationEssentials
package import KubeClient
package import Planning
package import Reconciler
internal import SandboxCluster
internal import Synchronization

/// Runs a plan on a twin of its cluster: an embedded cluster with the same objects, whose time passes as fast as it can.
///
/// The live cluster is only read.
package struct Rehearsal: Sendable {
    /// What a run on the twin needs, as the real run would have it.
    package struct Terms: Sendable {
        package var application: ApplicationIdentity
        package var settings: ReconcilerSettings
        package var guardrails: GuardrailSettings
        package var version: String
        package var holder: LockHolder

        package init(
            application: ApplicationIdentity, settings: ReconcilerSettings, guardrails: GuardrailSettings,
            version: String, holder: LockHolder
        ) {
            self.application = application
            self.settings = settings
            self.guardrails = guardrails
            self.version = version
            self.holder = holder
        }
    }

    /// The live cluster.
    let client: KubeClient
    let terms: Terms
    /// Makes the plan, on whatever cluster it is asked to.
    let make: @Sendable (PlanMaker) async throws -> PreparedPlan

    package init(
        client: KubeClient, terms: Terms, make: @escaping @Sendable (PlanMaker) async throws -> PreparedPlan
    ) {
        self.client = client
        self.terms = terms
        self.make = make
    }

    /// - Parameter prepared: What the plan on the live cluster is.
    /// - Throws: What can't be read; `Diagnostic` where a twin that may be read says nothing about the plan;
    ///   `GuardrailError` and the like where the plan would be refused; `CancellationError`.
    package func run(_ prepared: PreparedPlan) async throws -> RehearsalReport {
        let plan = prepared.plan
        let client = try await versioned()
        let scope = TwinScope(prepared, home: terms.application.namespace)
        var contents = try await TwinReader(
            client: client, discovery: try await client.discover(), scope: scope
        ).read()
        contents.adapt(to: plan)
        let twin = Twin(contents, new: plan.changes.compactMap(\.desired), like: client.serverVersion)
        let likeness = PlanLikeness(plan: plan, doubts: contents.doubts)
        let events = Mutex<[RunEvent]>([])
        let result = try await AcceleratedRun.run(on: twin.cluster, time: twin.time) {
            try await transaction(on: twin, likeness) { event in events.withLock { $0.append(event) } }.run()
        }
        // What was stopped has shown nothing.
        try Task.checkCancellation()
        return RehearsalReport(
            plan: plan, events: events.withLock { $0 }, result: result,
            landings: PodLanding.all(in: twin.objects, of: plan, before: contents.objects), doubts: contents.doubts)
    }

    private func transaction(
        on twin: Twin, _ likeness: PlanLikeness, _ listener: @escaping @Sendable (RunEvent) -> Void
    ) -> Transaction {
        let client = twin.client
        let make = make
        let maker = PlanMaker(
            client: client, application: terms.application, settings: terms.settings, guardrails: terms.guardrails)
        let isFirst = Mutex(true)
        return Transaction(
            TransactionContext(
                client: client, application: terms.application, settings: terms.settings, version: terms.version,
                holder: terms.holder, leaseTimes: Self.leaseTimes, leaseClock: AcceleratedClock(twin.time),
                now: { twin.time.now }, confirm: { _ in true }),
            make: {
                // A later plan follows what the run itself has put right on the twin.
                let isAsLoaded = isFirst.withLock { isFirst in
                    defer { isFirst = false }
                    return isFirst
                }
                guard isAsLoaded else { return try await make(maker) }
                return try await likeness.checked { try await make(maker) }
            },
            approve: { prepared in try prepared.plan.checkGuardrails() },
            listener: listener)
    }

    /// On a twin nobody else wants the lock, and renewing it would only take time.
    private static let leaseTimes = LeaseTimes(
        leaseDuration: .seconds(30 * 86_400), renewDeadline: .seconds(29 * 86_400), retryPeriod: .seconds(86_400))

    private func versioned() async throws -> KubeClient {
        var client = client
        if client.serverVersion == nil { client.serverVersion = try await client.version() }
        return client
    }
}
