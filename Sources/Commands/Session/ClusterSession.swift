internal import FoundationEssentials
internal import KubeClient
internal import Manifests
internal import Planning
internal import Reconciler
internal import Resources

/// One application on one cluster, for as long as a verb needs it.
struct ClusterSession: Sendable {
    let client: KubeClient
    let application: ApplicationIdentity
    let settings: ReconcilerSettings
    let guardrails: GuardrailSettings
    /// What people call the cluster.
    let clusterName: String

    /// Opens the cluster, runs the verb's work, and closes the connections whatever comes of it.
    static func with<Result: Sendable>(
        _ options: SessionOptions,
        source: LoadedSource?,
        in environment: CommandEnvironment,
        _ body: (ClusterSession) async throws -> Result
    ) async throws -> Result {
        let settings = source?.set.application ?? ApplicationSettings()
        let configuration = try options.configuration(settings, source: source, in: environment)
        let transport = try environment.connect(configuration)
        do {
            let session = ClusterSession(
                client: KubeClient(transport: transport, clock: environment.clock),
                application: try options.identity(settings, source: source, configuration),
                settings: options.reconcilerSettings(settings),
                guardrails: try options.guardrailSettings(settings),
                clusterName: configuration.contextName ?? configuration.server
            )
            let result = try await body(session)
            await transport.shutdown()
            return result
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    var planMaker: PlanMaker {
        PlanMaker(client: client, application: application, settings: settings, guardrails: guardrails)
    }
}

/// The options that together say which application on which cluster, and how.
struct SessionOptions {
    var cluster: ClusterOptions
    var application: ApplicationOptions
    var guardrails: GuardrailOptions?
    var run: RunOptions?
    /// Protected kinds that may be deleted, as they were written.
    var allowedKinds: [String] = []
    var waits = true

    /// - Throws: Also where a kubeconfig that lies among the manifests would have a program run, without having been named
    ///   on the command line: whoever can change the source could then run anything here.
    func configuration(
        _ settings: ApplicationSettings, source: LoadedSource?, in environment: CommandEnvironment
    ) throws -> ClusterConfiguration {
        let configuration = try ClusterConfiguration.load(
            kubeconfig: cluster.kubeconfig,
            context: cluster.context ?? settings.context,
            environment: environment.variables,
            isInteractive: environment.terminal.isInteractive
        )
        if cluster.kubeconfig == nil, configuration.usesExec, let origin = configuration.origin,
            let directory = source?.directory, origin.hasPrefix(directory + "/")
        {
            throw Diagnostic(
                code: "kubeconfig-in-source",
                "\(origin) lies among the manifests, and asks to run a program for its credentials",
                hint: "if you trust it, name it on the command line: --kubeconfig \(origin)"
            )
        }
        return configuration
    }

    func identity(
        _ settings: ApplicationSettings, source: LoadedSource?, _ configuration: ClusterConfiguration
    ) throws -> ApplicationIdentity {
        guard let name = application.name ?? settings.name ?? source?.directoryName else {
            throw Diagnostic(code: "application-unnamed", "no application is named", hint: "name it with --name")
        }
        return try ApplicationIdentity(
            name: name,
            namespace: application.namespace ?? settings.namespace ?? configuration.namespace ?? "default"
        )
    }

    func reconcilerSettings(_ settings: ApplicationSettings) -> ReconcilerSettings {
        var result = ReconcilerSettings()
        result.concurrency = run?.concurrency ?? settings.concurrency ?? result.concurrency
        result.objectTimeout = run?.objectTimeout?.duration ?? settings.objectTimeout ?? result.objectTimeout
        result.runTimeout = run?.timeout?.duration ?? settings.timeout ?? result.runTimeout
        result.usesHints = guardrails?.hints == true || settings.hints ?? result.usesHints
        result.forcesConflicts = guardrails?.forceConflicts == true || settings.forceConflicts ?? false
        result.waits = waits
        // A run that waits for nothing is stopped by a refusal alone, which the write itself brings.
        result.triesCreations = waits
        return result
    }

    func guardrailSettings(_ settings: ApplicationSettings) throws -> GuardrailSettings {
        var result = GuardrailSettings(settings)
        result.allowedKinds += try allowedKinds.map(kind)
        guard let guardrails else { return result }
        if guardrails.adopt { result.adoption = .unowned }
        if guardrails.forceConflicts { result.forcesConflicts = true }
        if guardrails.noPrune { result.isPruneEnabled = false }
        if guardrails.allowEmpty { result.allowsEmpty = true }
        result.maximumCount = guardrails.pruneMaxCount ?? result.maximumCount
        result.maximumPercent = guardrails.pruneMaxPercent ?? result.maximumPercent
        return result
    }

    private func kind(_ text: String) throws -> KindName {
        guard let kind = KindName(text) else {
            throw Diagnostic(
                code: "invalid-kind", "\"\(text)\" names no kind",
                hint: "write it as Kind or Kind.group, such as StatefulSet.apps")
        }
        return kind
    }
}
