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
    static func ask(_ question: String, _ terminal: Terminal) throws -> Bool {
        terminal.notes("\(question) [y/N] ")
        let answer = terminal.readLine()
        try Task.checkCancellation()
        // Nobody has ended the question's line then.
        if answer == nil { terminal.notes("\n") }
        return ["y", "yes"].contains(answer?.lowercased())
    }
}

/// The second half of `apply` and `delete`: shows the plan, asks, executes, and tells what came of it.
struct Run {
    let session: ClusterSession
    let environment: CommandEnvironment
    let format: RunFormat
    let isApproved: Bool

    private var terminal: Terminal { environment.terminal }

    func execute(_ prepared: PreparedPlan) async throws -> ExitStatus {
        show(prepared.plan)
        let printer = EventPrinter(format: format, terminal: terminal)
        defer { printer.finish() }
        do {
            try approve(prepared.plan)
            let result = try await execute(prepared, printer)
            printer.finish()
            return tell(result)
        } catch {
            printer.end(outcome(of: error))
            throw error
        }
    }

    private func approve(_ plan: Plan) throws {
        try plan.checkGuardrails()
        if plan.summary.hasChanges, !isApproved, try !Approval.ask("Go on?", terminal) {
            throw Refusal(Diagnostic(code: "not-approved", "not approved: nothing was written"))
        }
    }

    private func execute(_ prepared: PreparedPlan, _ printer: EventPrinter) async throws -> RunResult {
        let executor = PlanExecutor(
            client: session.client, settings: session.settings, version: Version.current, now: environment.now)
        return try await withThrowingTaskGroup(of: RunResult?.self) { group in
            group.addTask {
                await printer.tick(environment.clock)
                return nil
            }
            group.addTask { try await executor.execute(prepared, listener: printer.print) }
            defer { group.cancelAll() }
            for try await result in group {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private func show(_ plan: Plan) {
        switch format {
        case .text:
            // What refuses the plan is told as an error.
            let text = PlanText(style: terminal.outputStyle, clusterName: session.clusterName, showsViolations: false)
            terminal.output(text.render(plan) + "\n")
        case .json: terminal.output((["type": "plan", "plan": plan.json] as Value).json + "\n")
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
        case (.failed, _), (.interrupted, _): terminal.notes(report.render(result))
        }
        return switch result.outcome {
        case .succeeded: .success
        case .failed: result.changedCluster ? .incomplete : .failure
        case .interrupted: .interrupted
        }
    }
}
