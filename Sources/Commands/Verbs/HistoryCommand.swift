internal import ArgumentParser
internal import Planning
internal import Reconciler
internal import Resources

struct HistoryCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show the application's revisions, the newest first.",
        discussion: """
            Each run that writes is a revision: what it applied, from which commit, who ran it, and what became of it. \
            The newest 10 are kept (keepRevisions in endstate.yaml). The application is found as by status.
            """
    )

    @OptionGroup var inputs: ApplicationInputs
    @Option(name: .shortAndLong, help: "text, json or yaml.") var output = ValueFormat.text

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        try await inputs.open(inputs.session, in: environment) { session in
            let revisions = try await session.history().map(\.revision)
            let terminal = environment.terminal
            switch output {
            case .text where revisions.isEmpty:
                terminal.output(
                    "no revision of \(session.application.name) in namespace \(session.application.namespace) is recorded yet\n"
                )
            case .text:
                let text = HistoryText(style: terminal.outputStyle, now: environment.now())
                terminal.output(text.render(revisions))
            case .json: terminal.output(HistoryJSON.value(revisions, of: session.application).prettyJSON + "\n")
            case .yaml: terminal.output(YAMLText.document(HistoryJSON.value(revisions, of: session.application)))
            }
            return .success
        }
    }
}
