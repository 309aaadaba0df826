import ArgumentParser
import Dispatch
import Glibc
import KubeClient
import TestSupport

/// Plays the kubelets of a control plane that has none, until it is stopped by SIGTERM or SIGINT; see `FakeKubelet`.
@main
struct EndstateTestKubelet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "endstate-test-kubelet",
        abstract: "Plays nodes and their kubelets on a control plane that has none."
    )

    @Option(help: "The kubeconfig of the control plane.")
    var kubeconfig: String

    @Option(help: "How many nodes there are.")
    var nodes = 2

    @Option(help: "What the nodes' names begin with.")
    var name = "node"

    @Option(help: "Milliseconds from the binding of a pod to its being ready.")
    var startDelay = 300

    func run() async throws {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGINT, SIGTERM].map { Self.source(of: $0) { continuation.yield() } }
        defer { for source in sources { source.cancel() } }
        let transport = try HTTPTransport(try ClusterConfiguration.load(kubeconfig: kubeconfig, environment: [:]))
        let kubelet = FakeKubelet(
            client: KubeClient(transport: transport), name: name, nodes: nodes,
            startDelay: .milliseconds(startDelay)
        )
        do {
            try await kubelet.run {
                for await _ in signals { break }
            }
        } catch {
            await transport.shutdown()
            throw error
        }
        await transport.shutdown()
    }

    private static func source(
        of number: Int32, _ handle: @escaping @Sendable () -> Void
    ) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler(handler: handle)
        source.resume()
        return source
    }
}
