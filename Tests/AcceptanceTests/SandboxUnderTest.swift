import Foundation
import Resources
import SandboxCluster
import SandboxServer

/// The sandbox of this process that the tests run on where no API server is named: on loopback, as programs reach it.
enum SandboxUnderTest {
    static let kubeconfig = NSTemporaryDirectory() + "endstate-sandbox-\(UUID().uuidString).kubeconfig"

    /// Returns when it answers; it is started once and lives as long as the process.
    static func start() async throws { try await start.value }

    private static let start = Task {
        var settings = SandboxSettings()
        settings.nodes = SandboxNodes.objects(count: 2)
        settings.controllers.startDelay = 0.05
        settings.controllers.taskDuration = 0.05
        settings.controllers.stopDelay = 0.05
        let cluster = SandboxCluster(settings: settings)
        let identity = try SandboxIdentity(now: Date())
        let (readiness, ready) = AsyncStream<Void>.makeStream()
        Task { await cluster.run() }
        Task {
            defer { ready.finish() }
            try await SandboxServer.run(cluster, as: identity) { endpoint in
                try SandboxKubeconfig.write(for: endpoint, to: kubeconfig)
                ready.finish()
                for await _ in AsyncStream<Never>.makeStream().stream {}
            }
        }
        for await _ in readiness {}
        _ = try FileManager.default.attributesOfItem(atPath: kubeconfig)
    }
}
