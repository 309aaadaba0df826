internal import ArgumentParser
internal import FoundationEssentials
internal import Manifests
internal import Planning
internal import Resources
internal import SyncService

struct SyncCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Keep clusters at the declared state, for as long as it runs.",
        discussion: """
            It keeps the applications that the files in --config declare, or the one that --repo names: it asks their \
            sources for new commits, applies them, waits for health, rolls back what fails, and repairs what others change. \
            Of several such servers one leads. SIGHUP reads the configuration again; SIGTERM ends it, and what it was doing \
            is closed cleanly. See docs/sync.md.
            """,
        subcommands: [SyncTriggerCommand.self]
    )

    @Option(help: ArgumentHelp("A directory with Application documents and a SyncServer.", valueName: "directory"))
    var config: String?
    @Option(name: .customLong("repo"), help: "Keep this repository's manifests: an https or ssh URL, or a path.")
    var repository: String?
    @Option(help: "The branch or tag of the repository. Default: its HEAD.") var revision: String?
    @Option(help: "The directory in the repository. Default: its root.") var path: String?
    @Option(help: "The application's name, with --repo. Default: the repository's.") var name: String?
    @Option(name: .shortAndLong, help: "Where the application's record lives, with --repo. Default: the context's.")
    var namespace: String?
    @Option(help: "Where the leader's Lease is. Default: that of the SyncServer, else the context's.")
    var leaseNamespace: String?
    @Option(help: "HOST:PORT of the HTTP server. Default: that of the SyncServer, else 127.0.0.1:8080.")
    var listen: String?
    @Flag(help: "Work without a leader's Lease: this is the only server.") var noLeaderElection = false
    @Option(help: "How log lines are written: text or json. Default: text on a terminal.") var logFormat: LogFormat?
    @OptionGroup var cluster: ClusterOptions

    enum LogFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

    /// Not `validate()`, which is also called where a subcommand is given.
    private func checkOptions() throws {
        guard (config == nil) != (repository == nil) else {
            throw ValidationError("Name either a configuration directory with --config, or a repository with --repo.")
        }
        if config != nil, revision != nil || path != nil || name != nil || namespace != nil {
            throw ValidationError("--revision, --path, --name and --namespace go with --repo.")
        }
        if config == nil {
            let (name, namespace) = (self.name ?? repositoryName, namespace ?? "default")
            guard (try? ApplicationIdentity(name: name, namespace: namespace)) != nil else {
                throw ValidationError(
                    "Name the application with --name: '\(Printable.escaped(name))' can't be one's name.")
            }
        }
    }

    /// What the last part of the repository's address makes of a name.
    private var repositoryName: String {
        let last = (repository ?? "").split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? ""
        return (last.hasSuffix(".git") ? String(last.dropLast(4)) : last).lowercased()
    }

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        try checkOptions()
        let configuration = try configuration(in: environment)
        guard cluster.cluster == .sandbox else {
            return try await SyncSession(self, configuration, environment, sandbox: nil).run()
        }
        let state = try cluster.state.map { try environment.absolute($0) }
        let log = ServiceLog(environment.terminal, format: logFormat)
        let sandbox = try LocalSandbox(state: state) { log.write(LogLine($0, at: environment.now())) }
        return try await sandbox.run {
            try await SyncSession(self, configuration, environment, sandbox: sandbox).run()
        }
    }

    /// What the files say, or the options in place of files.
    func configuration(in environment: CommandEnvironment) throws -> SyncConfiguration {
        guard let config else { return SyncConfiguration(server: try server(nil), applications: [try application()]) }
        let directory = try environment.absolute(config)
        let read = try SyncConfiguration.read(files: SyncConfiguration.files(in: directory))
        return SyncConfiguration(
            server: try server(read.server.resolvingPaths(in: directory)), applications: read.applications)
    }

    private func server(_ read: SyncServerSettings?) throws -> SyncServerSettings {
        var server = read ?? SyncServerSettings()
        if let listen {
            guard let address = SyncServerSettings.Address(listen) else {
                throw ValidationError("--listen must be HOST:PORT, such as 127.0.0.1:8080.")
            }
            server.listen = address
        }
        if noLeaderElection { server.leaderElection = false }
        server.namespace = leaseNamespace ?? server.namespace
        return server
    }

    private func application() throws -> SyncApplication {
        let repository = repository ?? ""
        let name = name ?? repositoryName
        var settings = ApplicationSettings()
        settings.name = name
        settings.namespace = namespace
        settings.source = SourceSettings(repository: repository, revision: revision, path: path)
        return SyncApplication(name: name, settings: settings)
    }
}
