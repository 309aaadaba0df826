internal import ArgumentParser
internal import Planning
internal import Reconciler
internal import Resources

struct PlanCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show the ordered plan: steps, deletions, what can't be undone.",
        discussion: """
            Exits with 0 where nothing would change, with 2 where something would, and with 5 where a guardrail would \
            refuse it. Nothing is written.
            """
    )

    @OptionGroup var inputs: PlanInputs
    @Option(name: .shortAndLong, help: "text, json, yaml or markdown.") var output = PlanFormat.text
    @Flag(help: "Tell of each step what it waits for, and why.") var reasons = false

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        let (prepared, clusterName) = try await inputs.prepare(in: environment)
        let plan = prepared.plan
        let terminal = environment.terminal
        switch output {
        case .text:
            let text = PlanText(style: terminal.outputStyle, clusterName: clusterName, showsReasons: reasons)
            terminal.output(text.render(plan))
        case .json: terminal.output(plan.json.prettyJSON + "\n")
        case .yaml: terminal.output(YAMLText.document(plan.json))
        case .markdown: terminal.output(PlanMarkdown(clusterName: clusterName).render(plan))
        }
        if !plan.violations.isEmpty { return .refused }
        return plan.summary.hasChanges ? .changes : .success
    }
}
