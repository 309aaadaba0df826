internal import ArgumentParser
internal import Manifests
internal import Planning
internal import Reconciler
internal import Resources

struct StatusCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the health of every member of an application.",
        discussion: """
            The application is found by its record in the cluster: by --name and --namespace, and for what they don't say \
            by the source's endstate.yaml or directory name. Exits with 0 also where members are not healthy.
            """
    )

    @OptionGroup var source: SourceOptions
    @OptionGroup var application: ApplicationOptions
    @OptionGroup var cluster: ClusterOptions
    @Option(name: .shortAndLong, help: "text, json or yaml.") var output = ValueFormat.text

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        let loader = SourceLoader(options: source, application: application, environment: environment)
        // With a name no manifest is needed, but the configuration may still say where the application is.
        let loaded = application.name == nil ? try await loader.load() : nil
        let settings = loaded == nil ? try await loader.settings() : nil
        let options = SessionOptions(cluster: cluster, application: application)
        return try await ClusterSession.with(options, source: loaded, settings: settings, in: environment) { session in
            let reader = StatusReader(client: session.client, application: session.application, now: environment.now)
            let status = try await reader.read()
            guard status.isRecorded else {
                throw Diagnostic(
                    code: "application-unknown",
                    "the cluster has no application \(session.application.name) in namespace \(session.application.namespace)",
                    hint: "apply it first, or check --name, --namespace and --context"
                )
            }
            let terminal = environment.terminal
            switch output {
            case .text: terminal.output(StatusText(style: terminal.outputStyle).render(status))
            case .json: terminal.output(status.json.prettyJSON + "\n")
            case .yaml: terminal.output(YAMLText.document(status.json))
            }
            return .success
        }
    }
}
