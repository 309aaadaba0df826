internal import ArgumentParser
internal import Planning
internal import Reconciler
internal import Resources

struct ApplyCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Plan, write, wait for health, and delete what is no longer declared.",
        discussion: "On a terminal it shows the plan and asks; without one it needs --yes."
    )

    @OptionGroup var source: SourceOptions
    @OptionGroup var application: ApplicationOptions
    @OptionGroup var cluster: ClusterOptions
    @OptionGroup var guardrails: GuardrailOptions
    @OptionGroup var options: RunOptions
    @Flag(
        help: """
            Return when everything is accepted; dependents wait only for acceptance, and new objects are checked against \
            the server's schema instead of being tried out.
            """)
    var noWait = false
    @Option(name: .shortAndLong, help: "text or json (one event a line).") var output = RunFormat.text

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        try Approval.requireChance(yes: options.yes, environment.terminal)
        let loaded = try await SourceLoader(options: source, application: application, environment: environment).load()
        let session = SessionOptions(
            cluster: cluster, application: application, guardrails: guardrails, run: options,
            allowedKinds: guardrails.pruneAllowKind, waits: !noWait)
        return try await ClusterSession.with(session, source: loaded, in: environment) { session in
            let prepared = try await session.planMaker.plan(loaded.set, source: loaded.planSource)
            let run = Run(session: session, environment: environment, format: output, isApproved: options.yes)
            return try await run.execute(prepared)
        }
    }
}
