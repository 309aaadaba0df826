internal import ArgumentParser
internal import KubeClient
internal import Manifests
internal import Planning
internal import Reconciler
internal import Resources

/// How the verbs that need no manifests find their application: by --name and --namespace, and for what they don't say by
/// the source's endstate.yaml or directory name.
struct ApplicationInputs: ParsableArguments {
    @OptionGroup var source: SourceOptions
    @OptionGroup var application: ApplicationOptions
    @OptionGroup var cluster: ClusterOptions

    var session: SessionOptions { SessionOptions(cluster: cluster, application: application) }

    /// Opens the cluster for as long as the verb's work takes. What the manifests are like makes no difference.
    func open<Result: Sendable>(
        _ session: SessionOptions, in environment: CommandEnvironment,
        _ body: @escaping @Sendable (ClusterSession) async throws -> Result
    ) async throws -> Result {
        let loader = SourceLoader(options: source, application: application, environment: environment)
        // With a name no source is needed, but a configuration may still say where the application is.
        let loaded = application.name == nil ? try await loader.loadConfiguration() : nil
        let settings = loaded == nil ? try await loader.settings() : nil
        return try await ClusterSession.with(session, source: loaded, settings: settings, in: environment, body)
    }
}

extension ClusterSession {
    /// The application's revisions, the newest first.
    /// - Throws: Also where the cluster does not know the application.
    func history() async throws -> [RecordedRevision] {
        let history = try await store.list()
        if history.isEmpty, try await !isRecorded() { throw unknownApplication }
        return history
    }

    var unknownApplication: Diagnostic {
        Diagnostic(
            code: "application-unknown",
            "the cluster has no application \(application.name) in namespace \(application.namespace)",
            hint: "apply it first, or check --name, --namespace and --context"
        )
    }

    private func isRecorded() async throws -> Bool {
        let parent = application.parent
        return try await client.get(.secrets, namespace: parent.namespace, name: parent.name) != nil
    }
}
