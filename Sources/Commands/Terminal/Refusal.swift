internal import Resources

/// A person's no: nothing was written.
struct Refusal: DiagnosticError {
    let diagnostics: [Diagnostic]

    init(_ diagnostic: Diagnostic) {
        diagnostics = [diagnostic]
    }
}
