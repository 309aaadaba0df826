internal import Resources
internal import YAML

extension YAMLError {
    func diagnostic(in source: SourceText) -> Diagnostic {
        source.diagnostic(code: code, message, line: line, column: column, hint: Template.hint(line, of: source))
    }
}

/// Recognises the templates of Helm and Go.
enum Template {
    static let hint =
        "this looks like a Helm template; render it first: helm template RELEASE CHART > DIR/manifests.yaml"

    /// The hint, where a template begins on the line or up to two lines before it, where reading stumbles over it.
    static func hint(_ line: Int, of source: SourceText) -> String? {
        let nearby = max(1, line - 2)...max(1, line)
        return nearby.contains { source.line($0).map(isTemplate) ?? false } ? hint : nil
    }

    static func isTemplate(_ text: String) -> Bool { text.contains("{{") }
}
