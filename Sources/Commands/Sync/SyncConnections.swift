internal import FoundationEssentials
internal import KubeClient
internal import Rehearsal
internal import Resources
internal import SyncService
internal import Synchronization

/// The ways to the clusters of a service: one for each context of its kubeconfig.
final class SyncConnections: Sendable {
    private let options: ClusterOptions
    private let environment: CommandEnvironment
    private let metrics: SyncMetrics
    private let sandbox: LocalSandbox?
    private let open = Mutex<[String?: Connection]>([:])

    private struct Connection: Sendable {
        let transport: any Transport
        let configuration: ClusterConfiguration
    }

    init(
        _ options: ClusterOptions, _ environment: CommandEnvironment, metrics: SyncMetrics, sandbox: LocalSandbox?
    ) {
        self.options = options
        self.environment = environment
        self.metrics = metrics
        self.sandbox = sandbox
    }

    /// - Parameter permit: Asked before each write.
    func cluster(_ context: String?, permit: (@Sendable () throws -> Void)?) throws -> SyncCluster {
        let connection = try connection(context ?? options.context)
        var client = KubeClient(transport: connection.transport, clock: environment.clock)
        client.writePermit = permit
        return SyncCluster(
            client: client, name: connection.configuration.contextName ?? connection.configuration.server,
            namespace: connection.configuration.namespace ?? "default")
    }

    func shutdown() async {
        let connections = open.withLock { open in
            defer { open = [:] }
            return Array(open.values)
        }
        for connection in connections { await connection.transport.shutdown() }
    }

    private func connection(_ context: String?) throws -> Connection {
        if let known = open.withLock({ $0[context] }) { return known }
        let new = try connect(context)
        return open.withLock { open in
            if let known = open[context] { return known }
            open[context] = new
            return new
        }
    }

    private func connect(_ context: String?) throws -> Connection {
        if let sandbox {
            var configuration = ClusterConfiguration(server: "sandbox")
            configuration.contextName = "sandbox"
            return Connection(transport: metered(SandboxTransport(sandbox.cluster)), configuration: configuration)
        }
        let configuration = try ClusterConfiguration.load(
            kubeconfig: options.kubeconfig, context: context, environment: environment.variables, isInteractive: false)
        return Connection(transport: metered(try environment.connect(configuration)), configuration: configuration)
    }

    private func metered(_ transport: any Transport) -> MeteredTransport {
        MeteredTransport(transport, clock: environment.clock) { [metrics] verb, status, seconds in
            metrics.requested(verb: verb.lowercased(), status: status, seconds: seconds)
        }
    }
}
