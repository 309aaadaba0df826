import FoundationEssentials
import KubeClient
import Manifests
import Planning
import Reconciler
import Rehearsal
import Resources
import SandboxCluster
import TestSupport
import Testing

/// A cluster in this process that an application is applied to and rehearsed on, by a clock that jumps from event to event.
struct LiveCluster: Sendable {
    static let namespace = "shop"
    let time = SteppedSandboxClock(Date())
    let cluster: SandboxCluster
    private let application: ApplicationIdentity
    private let holder = LockHolder(user: "ann", host: "desk", pid: 1)

    /// - Parameters:
    ///   - objects: What there is besides the application's namespace.
    ///   - minor: The cluster's version: 1.`minor`.
    init(_ objects: [KubernetesObject] = [], minor: Int = 32) throws {
        application = try ApplicationIdentity(name: "app", namespace: Self.namespace)
        var settings = SandboxSettings()
        settings.version = KubernetesVersion(minor: minor)
        settings.checksServiceRanges = false
        cluster = SandboxCluster(settings: settings, clock: time)
        cluster.load([Samples.namespace(Self.namespace)] + objects)
        cluster.settle(time, until: time.now.addingTimeInterval(5))
    }

    /// Brings the cluster to what the files declare.
    func apply(_ files: [String: String]) async throws {
        let set = try Self.set(files)
        let clock = AcceleratedClock(time)
        let client = KubeClient(transport: SandboxTransport(cluster), clock: clock)
        let maker = maker(client)
        let context = TransactionContext(
            client: client, application: application, settings: ReconcilerSettings(), version: "0.0.0", holder: holder,
            leaseClock: clock, now: { [time] in time.now })
        let transaction = Transaction(
            context, make: { try await maker.plan(set, source: PlanSource(path: "app")) },
            approve: { try $0.plan.checkGuardrails() }, listener: { _ in })
        let result = try await AcceleratedRun.run(on: cluster, time: time) { try await transaction.run() }
        try #require(result.outcome == .succeeded, "\(result.failures)")
    }

    /// Changes an object as its controller does, without a request.
    func change(_ identity: ObjectIdentity, _ edit: (inout Value) -> Void) throws {
        var object = try #require(cluster.contents.objects.first { $0.identity == identity })
        edit(&object.value)
        cluster.load([object])
    }

    /// - Parameters:
    ///   - isAllowed: Whether the account may send requests of that path.
    ///   - onTwin: Called before a plan is made on the twin.
    func rehearse(
        _ files: [String: String], isAllowed: @escaping @Sendable (String) -> Bool = { _ in true },
        onTwin: @escaping @Sendable () -> Void = {}
    ) async throws -> RehearsalReport {
        let transport = SandboxTransport(cluster)
        let client = KubeClient(
            transport: FakeTransport { request, _ in
                guard isAllowed(request.path) else { return .status(403, "Forbidden", "it is not allowed") }
                return try await transport.send(request)
            })
        let set = try Self.set(files)
        let prepared = try await maker(client).plan(set, source: PlanSource(path: "app"))
        try prepared.plan.checkGuardrails()
        let terms = Rehearsal.Terms(
            application: application, settings: ReconcilerSettings(), guardrails: GuardrailSettings(),
            version: "0.0.0", holder: holder)
        let rehearsal = Rehearsal(client: client, terms: terms) { maker in
            onTwin()
            return try await maker.plan(set, source: PlanSource(path: "app"))
        }
        return try await rehearsal.run(prepared)
    }

    private func maker(_ client: KubeClient) -> PlanMaker {
        PlanMaker(
            client: client, application: application, settings: ReconcilerSettings(), guardrails: GuardrailSettings())
    }

    private static func set(_ files: [String: String]) throws -> ManifestSet {
        let files = files.sorted { $0.key < $1.key }.map { ManifestFile(path: $0.key, bytes: Array($0.value.utf8)) }
        return try ManifestReader.read(files, defaultNamespace: namespace).set
    }
}
