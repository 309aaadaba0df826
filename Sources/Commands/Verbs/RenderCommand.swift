internal import ArgumentParser
internal import Manifests
internal import Planning
internal import Resources

struct RenderCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Show the manifests as they would be sent, without the membership label.",
        discussion: """
            Needs no cluster: the namespace is filled in where --namespace or endstate.yaml has one and the kind is \
            Kubernetes' own or defined among the manifests, and so are the constraints of policies that are enforced. The values of Secrets are masked, unless --show-secrets is \
            given.
            """
    )

    @OptionGroup var source: SourceOptions
    @OptionGroup var application: ApplicationOptions
    @Option(name: .shortAndLong, help: "yaml or json (a List).") var output = ManifestFormat.yaml
    @Flag(help: "Show the values of Secrets, too.") var showSecrets = false

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        let loaded = try await SourceLoader(options: source, application: application, environment: environment).load()
        let namespace = application.namespace ?? loaded.set.application?.namespace
        let enforced = try loaded.set.enforcingPolicies(in: namespace ?? "default")
        let objects = enforced.set.placed(in: namespace).map { $0.object.normalised() }
        switch output {
        case .yaml: environment.terminal.output(ManifestRendering.text(of: objects, revealsSecrets: showSecrets))
        case .json:
            let items = objects.map { showSecrets ? $0.value : Redaction.masked($0).value }
            let list: Value = ["apiVersion": "v1", "kind": "List", "items": .array(items)]
            environment.terminal.output(list.prettyJSON + "\n")
        }
        return .success
    }
}
