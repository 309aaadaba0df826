internal import ArgumentParser

/// The formats of `diff` and `plan`.
enum PlanFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case yaml
    /// For a pull request's comment.
    case markdown
}

/// The formats of verbs that print a value.
enum ValueFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case yaml
}

enum RunFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    /// One event a line.
    case json
}

enum ValidationFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    /// SARIF 2.1.0, which code hosts show beside the lines.
    case sarif
}

enum ManifestFormat: String, ExpressibleByArgument, CaseIterable {
    case yaml
    case json
}

enum GraphFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case dot
    case mermaid
}
