internal import FoundationEssentials
internal import Resources
internal import SyncService

/// Writes the lines of a service's log to the standard error: as JSON for machines, or for a person who watches.
struct ServiceLog: Sendable {
    let terminal: Terminal
    let isJSON: Bool

    init(_ terminal: Terminal, format: SyncCommand.LogFormat?) {
        self.terminal = terminal
        isJSON = format.map { $0 == .json } ?? !terminal.isInteractive
    }

    func write(_ line: LogLine) {
        if isJSON { return terminal.notes(String(decoding: line.bytes, as: UTF8.self)) }
        if line.level == .debug { return }
        terminal.notes(Self.text(line, terminal.notesStyle) + "\n")
    }

    /// `12:30:59 shop: ConfigMap shop/settings: updated`
    static func text(_ line: LogLine, _ style: Style) -> String {
        let time = line.time.formatted(.iso8601.time(includingFractionalSeconds: false))
        let parts = [
            line.details["location"]?.string, line.application, line.object?.description, line.message,
        ].compactMap { $0 }
        let causes = line.causes.isEmpty ? "" : ": " + line.causes.joined(separator: ": ")
        let text = Printable.escaped(parts.joined(separator: ": ") + causes)
        let hint = line.hint.map { "\n         hint: " + Printable.escaped($0) } ?? ""
        let shown =
            switch line.level {
            case .error: style.red(text)
            case .warning: style.yellow(text)
            case .info, .debug: text
            }
        return "\(time.prefix(8)) \(shown)\(hint)"
    }
}
