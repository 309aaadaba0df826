internal import ArgumentParser
internal import FoundationEssentials
internal import Manifests
internal import Resources
internal import SandboxCluster
internal import SandboxServer

struct SandboxCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Serve an embedded cluster on loopback, with a kubeconfig that kubectl can use.",
        discussion: """
            The cluster has an API server, controllers, a scheduler and nodes that play their pods; no container runs. It \
            ends with the program (Ctrl-C); with --state it goes on where it ended. The path of its kubeconfig goes to the \
            output once it answers. A pod's annotation endstate.dev/sandbox says how it behaves: image-missing, crash, \
            slow=30s, never-ready, oom, config-missing, stuck.
            """
    )

    @Option(help: ArgumentHelp("Keep the cluster in this directory. Default: nowhere.", valueName: "directory"))
    var state: String?
    @Option(help: "The port to listen on. Default: that of last time, else a free one.") var port: Int?
    @Option(help: "How many nodes a new cluster has.") var nodes = 3
    @Option(
        help: ArgumentHelp(
            "Where to write the kubeconfig. Default: in the state's directory, else in a temporary one.",
            valueName: "file"))
    var kubeconfig: String?
    @Option(help: ArgumentHelp("Rules for what goes wrong, as JSON: see docs/sandbox.md.", valueName: "file"))
    var faults: String?
    @Option(
        help: ArgumentHelp(
            "What becomes of containers by their images, as YAML: see docs/sandbox.md.", valueName: "file"))
    var behaviours: String?

    func validate() throws {
        if let port, !(0...65535).contains(port) { throw ValidationError("--port must be 0 to 65535.") }
        if !(1...5000).contains(nodes) { throw ValidationError("--nodes must be 1 to 5000.") }
    }

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        let state = try state.map { try environment.absolute($0) }
        let settings = try settings(in: environment)
        let rules = try faults.map { try FaultDocument.rules(json: try environment.file($0).bytes) } ?? []
        let sandbox = try LocalSandbox(state: state, settings: settings, warn: environment.terminal.warn)
        let folder = try KubeconfigFolder(kubeconfig, state: state, in: environment)
        defer { folder.remove() }
        let identity = try sandbox.directory?.identity() ?? SandboxIdentity(now: environment.now())
        var options = SandboxServer.Options()
        options.port = port
        options.preferredPort = sandbox.directory?.lastPort
        let responder: any SandboxResponder =
            rules.isEmpty ? sandbox.cluster : FaultyResponder(sandbox.cluster, rules: rules)
        try await sandbox.run { [options] in
            try await SandboxServer.run(responder, as: identity, options: options) { endpoint in
                try SandboxKubeconfig.write(for: endpoint, to: folder.file)
                try sandbox.directory?.rememberPort(endpoint.port)
                tell(endpoint, folder.file, environment.terminal)
                await untilCancelled()
            }
        }
        return .success
    }

    private func settings(in environment: CommandEnvironment) throws -> SandboxSettings {
        var settings = SandboxSettings()
        settings.nodes = SandboxNodes.objects(count: nodes)
        if let behaviours {
            let bytes = try environment.file(behaviours).bytes
            settings.controllers.behaviours = try BehaviourDocument.rules(yaml: bytes, file: behaviours)
        }
        return settings
    }

    private func tell(_ endpoint: SandboxEndpoint, _ file: String, _ terminal: Terminal) {
        terminal.output(file + "\n")
        let kept = state.map { "Its state is kept in \($0)." } ?? "It ends with this program: --state would keep it."
        terminal.notes(
            """
            The sandbox answers on \(endpoint.url) as Kubernetes 1.\(KubernetesVersion.newest.minor). \(kept)
            Use it in another terminal:  export KUBECONFIG=\(file)
            Stop it with Ctrl-C.

            """)
    }

    private func untilCancelled() async {
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }
}

/// Where a sandbox's kubeconfig is written.
private struct KubeconfigFolder: Sendable {
    let file: String
    /// A directory of its own, which goes with the sandbox.
    private let temporary: String?

    init(_ kubeconfig: String?, state: String?, in environment: CommandEnvironment) throws {
        if let kubeconfig {
            file = try environment.absolute(kubeconfig)
            temporary = nil
        } else if let state {
            file = state + "/kubeconfig"
            temporary = nil
        } else {
            let base = environment.variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
            let folder = base + "/endstate-sandbox-\(UUID().uuidString.lowercased())"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            file = folder + "/kubeconfig"
            temporary = folder
        }
    }

    func remove() {
        if let temporary { try? FileManager.default.removeItem(atPath: temporary) }
    }
}
