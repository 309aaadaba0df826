import KubeClient
import Manifests
import Planning
import Reconciler
import Resources
import Synchronization
import TestSupport

/// The application `shop` in namespace `default`, planned and executed on a played cluster.
struct Application {
    let cluster: PlayedCluster
    var settings = ReconcilerSettings()
    var guardrails = GuardrailSettings()
    var clock: any Clock<Duration> = ShortClock()
    var confirm: (@Sendable (String) async throws -> Bool)?

    /// - Parameter rollsBack: Whether a failed run is undone, which most of what fails is not about.
    init(_ cluster: PlayedCluster = PlayedCluster(), rollsBack: Bool = false) {
        self.cluster = cluster
        settings.rollsBack = rollsBack
    }

    var client: KubeClient { KubeClient(transport: cluster.transport, clock: clock, random: { 0 }) }

    private func planMaker() throws -> PlanMaker {
        PlanMaker(
            client: client,
            application: try ApplicationIdentity(name: "shop", namespace: "default"),
            settings: settings,
            guardrails: guardrails
        )
    }

    func plan(_ yaml: String) async throws -> PreparedPlan {
        let file = ManifestFile(path: "shop.yaml", bytes: Array(yaml.utf8))
        let set = try ManifestReader.read([file], defaultNamespace: "default").set
        return try await planMaker().plan(set, source: PlanSource(path: "shop"))
    }

    func deletionPlan() async throws -> PreparedPlan {
        try await planMaker().deletionPlan(source: PlanSource(path: "the cluster"))
    }

    /// Executes a plan, whatever the cluster has become since it was made.
    /// - Returns: what came of it, and the events as `kind object: message`.
    func execute(_ plan: PreparedPlan) async throws -> (result: RunResult, events: [String]) {
        try await transact { plan }
    }

    func apply(_ yaml: String) async throws -> (result: RunResult, events: [String]) {
        try await transact { try await self.plan(yaml) }
    }

    func transact(
        _ make: @escaping @Sendable () async throws -> PreparedPlan
    ) async throws -> (result: RunResult, events: [String]) {
        let events = Mutex<[String]>([])
        let transaction = Transaction(
            try context(), make: make, approve: { try $0.plan.checkGuardrails() },
            listener: { event in events.withLock { $0.append(Self.text(event)) } })
        let result = try await transaction.run()
        return (result, events.withLock { $0 })
    }

    func context() throws -> TransactionContext {
        TransactionContext(
            client: client, application: try ApplicationIdentity(name: "shop", namespace: "default"),
            settings: settings, version: "0.0.0", holder: LockHolder(user: "alice", host: "ci", pid: 1),
            leaseClock: StillClock(), confirm: confirm)
    }

    static func text(_ event: RunEvent) -> String {
        let name = event.object.map { " \($0)" } ?? ""
        return "\(event.kind.rawValue)\(name): \(event.message)"
    }

    /// ConfigMaps, each waiting for the one before it.
    static func chain(_ names: String...) -> String {
        zip(names, [nil] + names.map(Optional.some)).map { name, former in
            configMap(name, dependsOn: former.map { "/namespaces/default/ConfigMap/\($0)" })
        }
        .joined(separator: "---\n")
    }

    static func configMap(_ name: String, dependsOn: String? = nil, colour: String = "green") -> String {
        let annotation = dependsOn.map { "  annotations: {config.kubernetes.io/depends-on: \($0)}\n" } ?? ""
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\n\(annotation)data: {colour: \(colour)}\n"
    }

    static func path(_ name: String) -> String { "/api/v1/namespaces/default/configmaps/\(name)" }

    static let parent = "/api/v1/namespaces/default/secrets/endstate.shop"
}
