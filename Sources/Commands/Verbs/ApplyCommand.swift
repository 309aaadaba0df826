internal import ArgumentParser
internal import Planning
internal import Reconciler
internal import Resources

struct ApplyCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Plan, write, wait for health, and delete what is no longer declared; roll back on failure.",
        discussion: """
            On a terminal it shows the plan and asks; without one it needs --yes. A run that fails is undone, so that the \
            cluster is as it was; one that was interrupted or killed is gone on with by the next apply of the same \
            manifests, and undone by one of others.

            With --plan, exactly the plan that plan --out saved is executed, from the commit that it was made from, and \
            refused where the branch, the manifests, the cluster or the objects that it writes have changed since.
            """
    )

    @OptionGroup var source: SourceOptions
    @Option(help: ArgumentHelp("Execute the plan in this file, which plan --out has written.", valueName: "file"))
    var plan: String?
    @OptionGroup var application: ApplicationOptions
    @OptionGroup var cluster: ClusterOptions
    @OptionGroup var guardrails: GuardrailOptions
    @OptionGroup var options: RunOptions
    @OptionGroup var rollback: RollbackOptions
    @Flag(
        help: """
            Return when everything is accepted; dependents wait only for acceptance, and new objects are checked against \
            the server's schema instead of being tried out.
            """)
    var noWait = false
    @Flag(help: "Run the plan on a twin of the cluster first, as rehearse does, and go on only if it succeeds there.")
    var rehearse = false
    @Option(name: .shortAndLong, help: "text or json (one event a line).") var output = RunFormat.text

    func validate() throws {
        try inputs.checkAgreement(with: plan)
    }

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        try Approval.requireChance(yes: options.yes, environment.terminal)
        guard let plan else { return try await execute(inputs, in: environment) { $0.planSource } }
        let saved = try PlanFile.read(plan, in: environment)
        let inputs = try inputs.taking(saved)
        let tip = try await SourceLoader(
            options: inputs.source, application: inputs.application, environment: environment
        ).tip(of: saved.source)
        return try await execute(
            inputs, in: environment,
            check: { prepared in
                let violations = saved.differences(from: prepared.plan, members: prepared.state.members)
                if !violations.isEmpty { throw GuardrailError(violations: violations) }
            },
            source: { loaded in
                var source = loaded.planSource
                source.revision = saved.source.revision
                if let tip { source.commit = tip }
                return source
            })
    }

    private var inputs: PlanInputs {
        var inputs = PlanInputs()
        inputs.source = source
        inputs.application = application
        inputs.cluster = cluster
        inputs.guardrails = guardrails
        return inputs
    }

    private func execute(
        _ inputs: PlanInputs, in environment: CommandEnvironment,
        check: @escaping @Sendable (PreparedPlan) throws -> Void = { _ in },
        source: @Sendable (LoadedSource) -> PlanSource
    ) async throws -> ExitStatus {
        let loaded = try await inputs.load(in: environment)
        var session = inputs.session
        session.run = options
        session.rollback = rollback
        session.waits = !noWait
        let source = source(loaded)
        return try await ClusterSession.with(session, source: loaded, in: environment) { session in
            var run = Run(
                session: session, environment: environment, format: output, isApproved: options.yes, check: check)
            if rehearse {
                run.rehearse = { prepared in
                    let report = try await session.rehearse(prepared, of: loaded.set, source: source, in: environment)
                    try RehearsalGate(clusterName: session.clusterName).check(report, environment.terminal)
                }
            }
            return try await run.execute { try await session.planMaker.plan(loaded.set, source: source) }
        }
    }
}
