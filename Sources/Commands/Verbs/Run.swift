internal import ArgumentParser
internal import Planning
internal import Reconciler
internal import Resources

/// Asks whether a plan may be executed.
enum Approval {
    /// - Throws: `ValidationError` where nobody can be asked.
    static func requireChance(yes: Bool, _ terminal: Terminal) throws {
        guard yes || terminal.isInteractive else {
            throw ValidationError("There is no terminal to ask on: pass --yes to go on without asking.")
        }
    }

    /// - Throws: `CancellationError` where the run is interrupted meanwhile.
    static func ask(_ question: String, _ terminal: Terminal) async throws -> Bool {
        terminal.notes("\(question) [y/N] ")
        let answer = await terminal.readLine()
        try Task.checkCancellation()
        // Nobody has ended the question's line then.
        if answer == nil { terminal.notes("\n") }
        return ["y", "yes"].contains(answer?.lowercased())
    }
}

/// The second half of `apply`, `rollback` and `delete`: shows the plan, asks, executes, and tells what came of it.
struct Run: Sendable {
    var session: ClusterSession
    let environment: CommandEnvironment
    let format: RunFormat
    let isApproved: Bool
    /// What else a plan has to be, besides what the guardrails ask.
    var check: @Sendable (PreparedPlan) throws -> Void = { _ in }
    /// Tries the plan out before it is executed; throws where it would fail.
    var rehearse: (@Sendable (PreparedPlan) async throws -> Void)?
    /// The revision that the plan brings back; nil where it is made from a source.
    var restores: Int?

    private var terminal: Terminal { environment.terminal }

    func execute(_ make: @escaping @Sendable () async throws -> PreparedPlan) async throws -> ExitStatus {
        let printer = EventPrinter(format: format, terminal: terminal)
        let ask: @Sendable (String) async throws -> Bool = { question in
            try await printer.holdingStill { try await Approval.ask(question, terminal) }
        }
        let transaction = Transaction(
            session.transaction(in: environment, confirm: terminal.isInteractive ? ask : nil), make: make,
            approve: { prepared in
                show(prepared.plan)
                try await approve(prepared, ask)
            },
            listener: printer.print)
        return try await perform(printer) { try await transaction.run() }
    }

    /// Undoes what another run has left; nil where there is nothing left to undo.
    func undo(_ number: Int) async throws -> ExitStatus? {
        let printer = EventPrinter(format: format, terminal: terminal)
        let undo = RevisionUndo(session.transaction(in: environment), number: number, listener: printer.print)
        return try await perform(printer) { try await undo.run() }
    }

    private func perform(
        _ printer: EventPrinter, _ work: @escaping @Sendable () async throws -> RunResult
    ) async throws -> ExitStatus {
        let status = try await perform(printer) { Optional(try await work()) }
        return status ?? .success
    }

    private func perform(
        _ printer: EventPrinter, _ work: @escaping @Sendable () async throws -> RunResult?
    ) async throws -> ExitStatus? {
        defer { printer.finish() }
        do {
            let result = try await ticking(printer, work)
            printer.finish()
            return result.map(tell)
        } catch {
            printer.end(outcome(of: error))
            throw error
        }
    }

    private func ticking<Result: Sendable>(
        _ printer: EventPrinter, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                await printer.tick(environment.clock)
                return nil
            }
            group.addTask { try await work() }
            defer { group.cancelAll() }
            for try await result in group {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private func approve(
        _ prepared: PreparedPlan, _ ask: @Sendable (String) async throws -> Bool
    ) async throws {
        try check(prepared)
        try prepared.plan.checkGuardrails()
        try requirePerson(prepared.plan)
        if prepared.plan.summary.hasChanges { try await rehearse?(prepared) }
        if prepared.plan.summary.hasChanges, !isApproved, try await !ask("Go on?") {
            throw Refusal(Diagnostic(code: "not-approved", "not approved: nothing was written"))
        }
    }

    /// What will need a person's yes on the way is not begun where nobody can give it.
    private func requirePerson(_ plan: Plan) throws(Refusal) {
        guard !terminal.isInteractive, let step = plan.steps.first(where: { $0.pause == .person }) else { return }
        throw Refusal(
            Diagnostic(
                code: "nobody-to-ask",
                "the plan waits for a person's yes after \(step.node), and there is no terminal to ask on",
                hint: "run it on a terminal, or give the pause a soak in endstate.yaml"))
    }

    private func show(_ plan: Plan) {
        switch format {
        case .text:
            // What refuses the plan is told as an error.
            let text = PlanText(
                style: terminal.outputStyle, clusterName: session.clusterName, showsViolations: false,
                restores: restores)
            terminal.output(text.render(plan) + "\n")
        case .json:
            var event: Value = ["type": "plan", "plan": plan.json]
            event["restores"] = restores.map { .integer(Int64($0)) }
            terminal.output(event.json + "\n")
        }
    }

    /// What the last event says of a run that ends by an error.
    private func outcome(of error: any Error) -> String {
        if error is CancellationError { return RunResult.Outcome.interrupted.rawValue }
        return ErrorReport.status(of: error) == .refused ? "refused" : RunResult.Outcome.failed.rawValue
    }

    private func tell(_ result: RunResult) -> ExitStatus {
        let report = ResultText(style: terminal.notesStyle)
        switch (result.outcome, format) {
        case (.succeeded, .text): terminal.output(report.summary(result) + "\n")
        case (.succeeded, .json): terminal.notes(report.summary(result) + "\n")
        default: terminal.notes(report.render(result))
        }
        return switch result.outcome {
        case .succeeded: .success
        case .rolledBack: .rolledBack
        case .failed: result.changedCluster ? .incomplete : .failure
        case .interrupted: .interrupted
        }
    }
}
