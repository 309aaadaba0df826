internal import ArgumentParser
internal import Planning
internal import Reconciler
internal import Resources

struct DiffCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what would change on the cluster, field by field.",
        discussion: "Exits with 0 where nothing would change, and with 2 where something would. Nothing is written."
    )

    @OptionGroup var inputs: PlanInputs
    @Option(name: .shortAndLong, help: "text, json, yaml or markdown.") var output = PlanFormat.text

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        let planned = try await inputs.prepare(in: environment, judgesPlacement: false)
        let plan = planned.prepared.plan
        let terminal = environment.terminal
        switch output {
        case .text: terminal.output(DiffText(style: terminal.outputStyle).render(plan))
        case .json: terminal.output(plan.json.prettyJSON + "\n")
        case .yaml: terminal.output(YAMLText.document(plan.json))
        case .markdown: terminal.output(PlanMarkdown(clusterName: planned.clusterName).render(plan))
        }
        if output == .text { tellViolations(plan, terminal) }
        return plan.summary.hasChanges ? .changes : .success
    }

    private func tellViolations(_ plan: Plan, _ terminal: Terminal) {
        for violation in plan.violations {
            var diagnostic = violation.diagnostic
            diagnostic.severity = .warning
            diagnostic.message = "apply would refuse: " + diagnostic.message
            terminal.notes("\n" + ErrorReport.shown(diagnostic, terminal.notesStyle) + "\n")
        }
    }
}
