internal import ArgumentParser
internal import Reconciler
internal import Resources

struct StatusCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the revision in force, and the health and drift of every member.",
        discussion: """
            The application is found by its record in the cluster: by --name and --namespace, and for what they don't say \
            by the source's endstate.yaml or directory name. DRIFT counts the declared fields that the cluster has in \
            another state. Exits with 0 also where members are not healthy; --watch goes on until it is interrupted.
            """
    )

    @OptionGroup var inputs: ApplicationInputs
    @Flag(name: .shortAndLong, help: "Show it again whenever it changes.") var watch = false
    @Option(name: .shortAndLong, help: "text, json (with --watch one object a line) or yaml.")
    var output = ValueFormat.text

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        try await inputs.open(inputs.session, in: environment) { session in
            let reader = StatusReader(client: session.client, application: session.application, now: environment.now)
            let status = try await reader.read()
            guard status.isKnown else { throw session.unknownApplication }
            let view = StatusView(format: output, environment: environment)
            guard watch else {
                view.show(status)
                return .success
            }
            return await StatusWatch(reader: reader, view: view, environment: environment).run(after: status)
        }
    }
}

extension ApplicationStatus {
    /// Also while its first run is under way.
    var isKnown: Bool { isRecorded || newest != nil }
}

/// Shows a status once, in the format that was asked for.
struct StatusView: Sendable {
    let format: ValueFormat
    let environment: CommandEnvironment

    func show(_ status: ApplicationStatus) {
        switch format {
        case .text: environment.terminal.output(text(status))
        case .json: environment.terminal.output(status.json.prettyJSON + "\n")
        case .yaml: environment.terminal.output(YAMLText.document(status.json))
        }
    }

    func text(_ status: ApplicationStatus) -> String {
        StatusText(style: environment.terminal.outputStyle, now: environment.now()).render(status)
    }
}
