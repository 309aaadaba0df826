internal import FoundationEssentials
internal import KubeClient
internal import Manifests
internal import Planning
internal import Reconciler
internal import Rehearsal
internal import Resources

/// One application on one cluster, for as long as a verb needs it.
struct ClusterSession: Sendable {
    let client: KubeClient
    let application: ApplicationIdentity
    var settings: ReconcilerSettings
    let guardrails: GuardrailSettings
    /// What people call the cluster.
    let clusterName: String
    /// The kubeconfig's; nil where there is no kubeconfig.
    let contextName: String?

    /// Opens the cluster, runs the verb's work, and closes the connections whatever comes of it.
    static func with<Result: Sendable>(
        _ options: SessionOptions,
        source: LoadedSource?,
        settings: ApplicationSettings? = nil,
        in environment: CommandEnvironment,
        _ body: @escaping @Sendable (ClusterSession) async throws -> Result
    ) async throws -> Result {
        let settings = settings ?? source?.set.application ?? ApplicationSettings()
        options.warnOfUnknownKinds(environment.terminal)
        if options.cluster.cluster == .sandbox {
            let state = try options.cluster.state.map { try environment.absolute($0) }
            let sandbox = try LocalSandbox(state: state, warn: environment.terminal.warn)
            var configuration = ClusterConfiguration(server: "sandbox")
            configuration.contextName = "sandbox"
            return try await sandbox.run { [configuration] in
                try await with(
                    options, source: source, settings: settings, configuration,
                    SandboxTransport(sandbox.cluster), in: environment, body)
            }
        }
        let configuration = try options.configuration(settings, source: source, in: environment)
        return try await with(
            options, source: source, settings: settings, configuration, try environment.connect(configuration),
            in: environment, body)
    }

    private static func with<Result: Sendable>(
        _ options: SessionOptions, source: LoadedSource?, settings: ApplicationSettings,
        _ configuration: ClusterConfiguration, _ transport: any Transport, in environment: CommandEnvironment,
        _ body: @Sendable (ClusterSession) async throws -> Result
    ) async throws -> Result {
        do {
            let guardrails = try options.guardrailSettings(settings)
            let session = ClusterSession(
                client: KubeClient(transport: transport, clock: environment.clock),
                application: try options.identity(settings, source: source, configuration),
                settings: options.reconcilerSettings(settings),
                guardrails: guardrails,
                clusterName: configuration.contextName ?? configuration.server,
                contextName: configuration.contextName
            )
            let result = try await body(session)
            await transport.shutdown()
            return result
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    var store: RevisionStore { RevisionStore(client: client, application: application) }

    /// What a run that writes needs besides its plan.
    /// - Parameter confirm: Asks a person during the run; nil where nobody can be asked.
    func transaction(
        in environment: CommandEnvironment, confirm: (@Sendable (String) async throws -> Bool)? = nil
    ) -> TransactionContext {
        TransactionContext(
            client: client, application: application, settings: settings, version: Version.current,
            holder: environment.holder, leaseTimes: environment.leaseTimes,
            leaseClock: environment.leaseClock, now: environment.now,
            confirm: confirm)
    }

    /// The UID of the namespace kube-system; nil where the account may not read it.
    func clusterUID() async throws -> String? {
        do {
            return try await client.get(.namespaces, name: "kube-system")?.uid
        } catch let error as APIError where error.isForbidden {
            return nil
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
    var rollback: RollbackOptions?
    /// Protected kinds that may be deleted, as they were written.
    var allowedKinds: [String] = []
    var waits = true

    /// - Throws: Also what `KubeconfigGuard` says of a kubeconfig that was not named on the command line.
    func configuration(
        _ settings: ApplicationSettings, source: LoadedSource?, in environment: CommandEnvironment
    ) throws -> ClusterConfiguration {
        let configuration = try ClusterConfiguration.load(
            kubeconfig: cluster.kubeconfig,
            context: cluster.context ?? settings.context,
            environment: environment.variables,
            isInteractive: environment.terminal.isInteractive
        )
        if cluster.kubeconfig == nil {
            let directory = source?.directory ?? environment.currentDirectory
            try KubeconfigGuard(directory: directory, home: environment.variables["HOME"]).check(configuration)
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
        var result = ReconcilerSettings(settings)
        result.concurrency = run?.concurrency ?? result.concurrency
        result.objectTimeout = run?.objectTimeout?.duration ?? result.objectTimeout
        result.runTimeout = run?.timeout?.duration ?? result.runTimeout
        if guardrails?.hints == true { result.usesHints = true }
        if guardrails?.forceConflicts == true { result.forcesConflicts = true }
        result.retriesFailed = guardrails?.retry ?? false
        result.lockTimeout = run?.lockTimeout?.duration ?? result.lockTimeout
        if rollback?.noRollback == true { result.rollsBack = false }
        result.rollbackTimeout = rollback?.rollbackTimeout?.duration ?? result.rollbackTimeout
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
        if guardrails.retry { result.retriesFailed = true }
        result.allowsUnschedulable = guardrails.allowUnschedulable
        result.allowsBrokenPolicies = guardrails.allowBrokenPolicies
        if guardrails.allowEmpty { result.allowsEmpty = true }
        result.maximumCount = guardrails.pruneMaxCount ?? result.maximumCount
        result.maximumPercent = guardrails.pruneMaxPercent ?? result.maximumPercent
        return result
    }

    /// A kind that is misspelt permits nothing, which nobody would notice before the guardrail refuses.
    func warnOfUnknownKinds(_ terminal: Terminal) {
        let unknown = allowedKinds.compactMap(KindName.init).filter { name in
            !BuiltInKinds.include(name) && (name.group.map { BuiltInKinds.kinds(of: $0) != nil } ?? true)
        }
        for name in unknown {
            let warning = Diagnostic(
                .warning, code: "unknown-kind", "--prune-allow-kind \(name) is none of Kubernetes' own kinds",
                hint: "write another kind with its group, such as Certificate.cert-manager.io")
            terminal.warn(warning)
        }
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
