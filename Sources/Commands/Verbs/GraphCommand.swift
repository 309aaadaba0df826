internal import ArgumentParser
internal import Manifests
internal import Planning
internal import Resources

struct GraphCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Show which objects wait for which, and why.",
        discussion:
            "Needs no cluster: namespaced manifests without a namespace are shown in --namespace, else \"default\"."
    )

    @OptionGroup var source: SourceOptions
    @OptionGroup var application: ApplicationOptions
    @Option(name: .shortAndLong, help: "text, dot (Graphviz) or mermaid.") var output = GraphFormat.text
    @Flag(help: "Order workloads by the Service names found in their environment, arguments and ConfigMaps, too.")
    var hints = false

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        let loaded = try await SourceLoader(options: source, application: application, environment: environment).load()
        let settings = loaded.set.application
        let namespace = application.namespace ?? settings?.namespace ?? "default"
        let manifests = try loaded.set.enforcingPolicies(in: namespace).set.placed(
            in: namespace, unknownScope: .namespaced)
        let graph = try DependencyGraph.build(manifests: manifests, useHints: hints || settings?.hints ?? false)
        let text =
            switch output {
            case .text: GraphText.text(graph)
            case .dot: GraphText.dot(graph)
            case .mermaid: GraphText.mermaid(graph)
            }
        environment.terminal.output(text.isEmpty || text.hasSuffix("\n") ? text : text + "\n")
        return .success
    }
}
