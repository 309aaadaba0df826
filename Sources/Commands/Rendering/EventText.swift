internal import Reconciler
internal import Resources

/// Events of a run as lines for people.
struct EventText {
    let style: Style

    /// The line of an event; nil for events that only a live view shows.
    func line(_ event: RunEvent) -> String? {
        let time = style.dim(padded(event.elapsed.brief, 6))
        guard let object = event.object else { return run(event, time) }
        let name = Printable.escaped(object.description)
        let message = Printable.escaped(event.message)
        return switch event.kind {
        case .started, .finished, .applying, .locked, .recorded, .rollingBack, .deletionAccepted: nil
        case .applied: "\(time)  \(style.green("applied"))   \(name)\(message.isEmpty ? "" : " (\(message))")"
        case .waiting: "\(time)  \(style.dim("waiting"))   \(name): \(message)"
        case .healthy: "\(time)  \(style.green("healthy"))   \(name)"
        case .failed: "\(time)  \(style.red("failed"))    \(name): \(message)"
        case .deleting: "\(time)  deleting  \(name)"
        case .deleted: "\(time)  \(style.red("deleted"))   \(name)"
        case .paused: "\(time)  \(style.yellow("pausing"))   \(name): \(message)"
        case .restored: "\(time)  \(style.green("restored"))  \(name)"
        case .warning: "\(time)  \(style.yellow("warning"))   \(name): \(message)"
        }
    }

    /// What is told of the run as a whole.
    private func run(_ event: RunEvent, _ time: String) -> String? {
        let message = Printable.escaped(event.message)
        return switch event.kind {
        case .locked: "\(time)  \(style.yellow("waiting"))   \(message)"
        case .recorded: "\(time)  \(style.dim("recorded"))  \(message)"
        case .rollingBack: "\(time)  \(style.red("undoing"))   \(message)"
        default: nil
        }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
