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

    static func ask(_ question: String, _ terminal: Terminal) -> Bool {
        terminal.notes("\(question) [y/N] ")
        let answer = (terminal.readLine() ?? "").lowercased()
        return answer == "y" || answer == "yes"
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
        guard prepared.plan.violations.isEmpty else { throw Refusal(prepared.plan) }
        if prepared.plan.summary.hasChanges, !isApproved, !Approval.ask("Go on?", terminal) {
            throw Refusal(Diagnostic(code: "not-approved", "not approved: nothing was written"))
        }
        let printer = EventPrinter(format: format, terminal: terminal)
        let executor = PlanExecutor(
            client: session.client, settings: session.settings, version: Version.current, now: environment.now)
        defer { printer.finish() }
        let result = try await withThrowingTaskGroup(of: RunResult?.self) { group in
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
        printer.finish()
        return tell(result)
    }

    private func show(_ plan: Plan) {
        switch format {
        case .text:
            let text = PlanText(style: terminal.outputStyle, clusterName: session.clusterName)
            terminal.output(text.render(plan) + "\n")
        case .json: terminal.output((["type": "plan", "plan": plan.json] as Value).json + "\n")
        }
    }

    private func tell(_ result: RunResult) -> ExitStatus {
        let report = ResultText(style: terminal.notesStyle)
        if format == .text, result.outcome == .succeeded {
            terminal.output(report.summary(result) + "\n")
        } else {
            terminal.notes(report.render(result))
        }
        return switch result.outcome {
        case .succeeded: .success
        case .failed: result.changedCluster ? .incomplete : .failure
        case .interrupted: .interrupted
        }
    }
}
