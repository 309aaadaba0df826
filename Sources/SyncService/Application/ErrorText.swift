internal import Resources

/// An error in one line.
enum ErrorText {
    /// Safe to print: control characters are escaped, and secrets were masked where the error was made.
    static func of(_ error: any Error) -> String {
        guard let diagnostics = (error as? any DiagnosticError)?.diagnostics, let first = diagnostics.first else {
            return error is CancellationError ? "interrupted" : Printable.escaped("\(error)")
        }
        let causes = first.causes.isEmpty ? "" : ": " + first.causes.joined(separator: ": ")
        let rest = diagnostics.count > 1 ? " (and \(diagnostics.count - 1) more)" : ""
        let place = first.location.map { "\($0): " } ?? ""
        return Printable.escaped(place + first.message + causes + rest)
    }
}
