internal import Resources

/// What `validate` has found.
struct ValidationReport {
    let diagnostics: [Diagnostic]
    /// What was read; empty where it could not be.
    let summary: String

    var hasErrors: Bool { errors > 0 }
    private var errors: Int { diagnostics.count { $0.severity == .error } }

    var conclusion: String {
        let warnings = diagnostics.count - errors
        let found = warnings == 0 ? "no problems" : "no errors, \(Count.of(warnings, "warning"))"
        return summary.isEmpty ? found : "\(summary): \(found)"
    }

    func text(style: Style) -> String {
        var text = diagnostics.map { ErrorReport.shown($0, style) + "\n\n" }.joined()
        if hasErrors { text += style.bold(Count.of(errors, "error")) + "\n" }
        return text
    }

    /// `{errors, warnings, problems: [{severity, code, message, file, line, column, causes, hint}]}`.
    var json: Value {
        [
            "apiVersion": "endstate.dev/v1",
            "kind": "Validation",
            "errors": .integer(Int64(errors)),
            "warnings": .integer(Int64(diagnostics.count - errors)),
            "problems": .array(diagnostics.map(problem)),
        ]
    }

    private func problem(_ diagnostic: Diagnostic) -> Value {
        var value: Value = [
            "severity": .string(diagnostic.severity.rawValue), "code": .string(diagnostic.code),
            "message": .string(diagnostic.message),
        ]
        if let place = diagnostic.location {
            value["file"] = .string(place.file)
            value["line"] = .integer(Int64(place.line))
            value["column"] = .integer(Int64(place.column))
        }
        if !diagnostic.causes.isEmpty { value["causes"] = .array(diagnostic.causes.map(Value.string)) }
        value["hint"] = diagnostic.hint.map(Value.string)
        return value
    }
}
