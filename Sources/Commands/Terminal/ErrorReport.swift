internal import GitSource
internal import KubeClient
internal import Planning
internal import Reconciler
internal import Resources

/// Tells any error to a person, and the exit code that goes with it: the one place that prints errors.
enum ErrorReport {
    /// The errors as they are shown, with an empty line between them.
    static func text(of error: any Error, style: Style) -> String {
        diagnostics(of: error).map { shown($0, style) }.joined(separator: "\n\n") + "\n"
    }

    static func diagnostics(of error: any Error) -> [Diagnostic] {
        switch error {
        case let error as any DiagnosticError: error.diagnostics
        case let error as GitSourceError:
            [diagnostic(of: error, codePrefix: "git")]
        case is CancellationError: [Diagnostic(code: "interrupted", "interrupted: nothing was written")]
        default: [Diagnostic(code: "unexpected", "an unexpected error: \(error)")]
        }
    }

    /// - Parameter codePrefix: What was read: `git` for a repository, `source` for a directory.
    static func diagnostic(of error: GitSourceError, codePrefix: String) -> Diagnostic {
        Diagnostic(
            code: "\(codePrefix)-" + kebabCase(error.code.rawValue),
            error.message,
            causes: error.cause.map { [$0] } ?? [],
            hint: error.hint
        )
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

    private static func kebabCase(_ name: String) -> String {
        name.reduce(into: "") { text, letter in
            text += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
        }
    }
}
