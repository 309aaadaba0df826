internal import FoundationEssentials
internal import Reconciler
internal import Resources

/// Shows a status again whenever it changes: on a terminal in place, elsewhere one below the other.
struct StatusWatch {
    let reader: StatusReader
    let view: StatusView
    let environment: CommandEnvironment

    private var terminal: Terminal { environment.terminal }
    private var redraws: Bool { terminal.redrawsOutput && view.format == .text }

    /// Goes on until the task is cancelled, or the application is gone.
    func run(after first: ApplicationStatus) async -> ExitStatus {
        if redraws { terminal.output("\u{1B}[2J") }
        show(first)
        var standing = first.standing
        var complaint = ""
        while (try? await environment.clock.sleep(for: .seconds(2))) != nil {
            do {
                let status = try await reader.read()
                complaint = ""
                guard status.isKnown else {
                    terminal.notes("the application is gone\n")
                    return .success
                }
                // In place, ages grow as well.
                if status.standing != standing || redraws { show(status) }
                standing = status.standing
            } catch {
                if Task.isCancelled { break }
                complain(error, &complaint)
            }
        }
        return .interrupted
    }

    private func show(_ status: ApplicationStatus) {
        switch view.format {
        case .text where redraws:
            // Each line is cleared to its end, and all that is left of a longer block.
            let lines = view.text(status).replacing("\n", with: "\u{1B}[K\n")
            terminal.output("\u{1B}[H" + lines + "\u{1B}[J")
        case .text: terminal.output("— \(environment.now().formatted(.iso8601))\n" + view.text(status) + "\n")
        case .json: terminal.output(status.json.json + "\n")
        case .yaml: terminal.output("---\n" + YAMLText.document(status.json))
        }
    }

    /// What can't be read now may be readable soon: it is told once.
    private func complain(_ error: any Error, _ last: inout String) {
        let text = ErrorReport.text(of: error, style: terminal.notesStyle)
        if text != last { terminal.notes(text) }
        last = text
    }
}
