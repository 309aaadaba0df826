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

    init(_ cluster: PlayedCluster = PlayedCluster()) {
        self.cluster = cluster
    }

    private var client: KubeClient { KubeClient(transport: cluster.transport, clock: clock, random: { 0 }) }

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

    /// - Returns: what came of it, and the events as `kind object: message`.
    func execute(_ plan: PreparedPlan) async throws -> (result: RunResult, events: [String]) {
        let events = Mutex<[String]>([])
        let executor = PlanExecutor(client: client, settings: settings, version: "0.0.0")
        let result = try await executor.execute(plan) { event in
            let name = event.object.map { " \($0)" } ?? ""
            events.withLock { $0.append("\(event.kind.rawValue)\(name): \(event.message)") }
        }
        return (result, events.withLock { $0 })
    }

    func apply(_ yaml: String) async throws -> (result: RunResult, events: [String]) {
        try await execute(try await plan(yaml))
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
