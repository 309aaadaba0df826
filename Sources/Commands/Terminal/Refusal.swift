internal import Planning
internal import Resources

/// The guardrails' no, or a person's: nothing was written.
struct Refusal: DiagnosticError {
    let diagnostics: [Diagnostic]

    init(_ plan: Plan) {
        diagnostics = plan.violations.map(\.diagnostic)
    }

    init(_ diagnostic: Diagnostic) {
        diagnostics = [diagnostic]
    }
}
