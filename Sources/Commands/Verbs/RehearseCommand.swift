internal import ArgumentParser
internal import Planning
internal import Reconciler
internal import Rehearsal
internal import Resources

struct RehearseCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Run the plan on a twin of the cluster, and tell what would happen.",
        discussion: """
            The twin is an embedded cluster with the live one's nodes, pods, quotas and what the plan touches; its time \
            passes as fast as it can. The timeline, the nodes that pods land on, what gets stuck and how the rollback goes \
            are told. Nothing is written to the cluster. Exits with 0 where the plan would succeed, with 5 where it would \
            not, and with 1 where a twin can't tell. apply --rehearse does the same before it writes.
            """
    )

    @OptionGroup var inputs: PlanInputs
    @Option(help: ArgumentHelp("Rehearse the plan in this file, which plan --out has written.", valueName: "file"))
    var plan: String?
    @Option(name: .shortAndLong, help: "text or json.") var output = RunFormat.text

    func validate() throws {
        try inputs.checkAgreement(with: plan)
    }

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        var inputs = inputs
        let saved = try plan.map { try PlanFile.read($0, in: environment) }
        if let saved { inputs = try inputs.taking(saved) }
        let loaded = try await inputs.load(in: environment)
        return try await ClusterSession.with(inputs.session, source: loaded, in: environment) { session in
            let prepared = try await session.planMaker.plan(loaded.set, source: loaded.planSource)
            if let violations = saved?.differences(from: prepared.plan, members: prepared.state.members),
                !violations.isEmpty
            {
                throw GuardrailError(violations: violations)
            }
            try prepared.plan.checkGuardrails()
            let report = try await session.rehearse(
                prepared, of: loaded.set, source: loaded.planSource, in: environment)
            show(report, session.clusterName, environment.terminal)
            return report.isSuccess ? .success : .refused
        }
    }

    private func show(_ report: RehearsalReport, _ clusterName: String, _ terminal: Terminal) {
        switch output {
        case .text:
            terminal.output(RehearsalText(style: terminal.outputStyle, clusterName: clusterName).render(report))
        case .json: terminal.output(report.json.json + "\n")
        }
    }
}
