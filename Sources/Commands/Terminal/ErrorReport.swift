internal import GitSource
internal import KubeClient
internal import Planning
internal import Reconciler
internal import Resources
internal import SyncService

/// Tells any error to a person, and the exit code that goes with it: the one place that prints errors.
enum ErrorReport {
    /// The errors as they are shown, with an empty line between them.
    static func text(of error: any Error, style: Style) -> String {
        diagnostics(of: error).map { shown($0, style) }.joined(separator: "\n\n") + "\n"
    }

    static func diagnostics(of error: any Error) -> [Diagnostic] {
        switch error {
        case let error as any DiagnosticError: error.diagnostics
        case let error as GitSourceError: [error.diagnostic(codePrefix: "git")]
        case is CancellationError: [Diagnostic(code: "interrupted", "interrupted: nothing was written")]
        default: [Diagnostic(code: "unexpected", "an unexpected error: \(error)")]
        }
    }

    static func status(of error: any Error) -> ExitStatus {
        switch error {
        case is Refusal, is GuardrailError: .refused
        case let error as LockError where error.code == .held: .refused
        default: .failure
        }
    }

    /// A diagnostic with its first word set off.
    static func shown(_ diagnostic: Diagnostic, _ style: Style) -> String {
        let text = diagnostic.rendered()
        guard let colon = text.firstIndex(of: ":") else { return text }
        let head = String(text[..<colon])
        let rest = String(text[colon...])
        return (diagnostic.severity == .error ? style.red(style.bold(head)) : style.yellow(style.bold(head))) + rest
    }
}

extension Terminal {
    /// Tells a diagnostic that ends nothing.
    func warn(_ diagnostic: Diagnostic) {
        notes(ErrorReport.shown(diagnostic, notesStyle) + "\n\n")
    }
}
