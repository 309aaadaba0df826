internal import FoundationEssentials
package import KubeClient
package import Planning
package import Reconciler
internal import Resources
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

    /// - Parameter plan: What the plan on the live cluster is.
    /// - Throws: What can't be read; `GuardrailError` and the like where the plan would be refused.
    package func run(_ plan: PreparedPlan) async throws -> RehearsalReport {
        let client = try await versioned()
        let contents = try await TwinReader(
            client: client, discovery: try await client.discover(), kinds: kinds(of: plan),
            namespaces: namespaces(of: plan)
        ).read()
        let twin = Twin(contents, like: client.serverVersion)
        let terms = terms
        let make = make
        let events = Mutex<[RunEvent]>([])
        let result = try await AcceleratedRun.run(on: twin.cluster, time: twin.time) {
            let client = twin.client
            let maker = PlanMaker(
                client: client, application: terms.application, settings: terms.settings,
                guardrails: terms.guardrails)
            let transaction = Transaction(
                TransactionContext(
                    client: client, application: terms.application, settings: terms.settings, version: terms.version,
                    holder: terms.holder, leaseTimes: Self.leaseTimes, leaseClock: AcceleratedClock(twin.time),
                    now: { twin.time.now },
                    confirm: { _ in true }),
                make: { try await make(maker) },
                approve: { prepared in try prepared.plan.checkGuardrails() },
                listener: { event in events.withLock { $0.append(event) } })
            return try await transaction.run()
        }
        return RehearsalReport(
            plan: plan.plan, events: events.withLock { $0 }, result: result,
            landings: PodLanding.all(in: twin.objects, of: plan.plan, before: contents.objects),
            doubts: contents.doubts)
    }

    /// On a twin nobody else wants the lock, and renewing it would only take time.
    private static let leaseTimes = LeaseTimes(
        leaseDuration: .seconds(30 * 86_400), renewDeadline: .seconds(29 * 86_400), retryPeriod: .seconds(86_400))

    private func versioned() async throws -> KubeClient {
        var client = client
        if client.serverVersion == nil { client.serverVersion = try await client.version() }
        return client
    }

    private func kinds(of plan: PreparedPlan) -> Set<GroupKind> {
        Set(plan.plan.steps.compactMap { $0.change?.identity.groupKind }).union(plan.state.resources.keys)
    }

    private func namespaces(of plan: PreparedPlan) -> Set<String> {
        let objects =
            plan.plan.steps.compactMap { $0.change?.identity.namespace } + plan.state.members.keys.map(\.namespace)
        return Set(objects + [terms.application.namespace]).subtracting([""])
    }
}
