internal import ArgumentParser
internal import Manifests
internal import Planning
internal import Reconciler
internal import Resources

struct DeleteCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Remove the application's objects, dependents first.",
        discussion: """
            The application is found by its record in the cluster: name it with --name and --namespace, or with --config. Objects with a \
            protecting annotation stay. Protected kinds (Namespace, CustomResourceDefinition, PersistentVolume, \
            PersistentVolumeClaim, StatefulSet) need --prune-allow-kind.
            """
    )

    @OptionGroup var application: ApplicationOptions
    @OptionGroup var cluster: ClusterOptions
    @OptionGroup var options: RunOptions
    @Option(
        help: ArgumentHelp(
            "A protected kind that may be deleted, such as StatefulSet.apps; repeatable.", valueName: "kind"))
    var pruneAllowKind: [String] = []
    @Option(name: .shortAndLong, help: "text or json (one event a line).") var output = RunFormat.text

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        let settings = try application.config.map { try ApplicationSettings(configuration: environment.file($0)) }
        guard application.name ?? settings?.name != nil else {
            throw ValidationError("delete needs --name APPLICATION, or a --config that names it.")
        }
        try Approval.requireChance(yes: options.yes, environment.terminal)
        let session = SessionOptions(
            cluster: cluster, application: application, run: options, allowedKinds: pruneAllowKind)
        return try await ClusterSession.with(session, source: nil, settings: settings, in: environment) { session in
            let run = Run(session: session, environment: environment, format: output, isApproved: options.yes)
            return try await run.execute {
                let prepared = try await session.planMaker.deletionPlan(source: PlanSource(path: "the cluster"))
                guard prepared.state.recorded != nil else { throw Self.unknown(session.application) }
                return prepared
            }
        }
    }

    private static func unknown(_ application: ApplicationIdentity) -> Diagnostic {
        Diagnostic(
            code: "application-unknown",
            "the cluster has no application \(application.name) in namespace \(application.namespace)",
            hint:
                "check --name, --namespace and --context; kubectl get secrets -A -l applyset.kubernetes.io/id lists them"
        )
    }
}
