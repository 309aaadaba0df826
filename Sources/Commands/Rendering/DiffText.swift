internal import Manifests
internal import Planning
internal import Resources

/// A plan's changes object by object and field by field, as `diff` shows them.
struct DiffText {
    let style: Style
    private var words: ChangeText { ChangeText(style: style) }

    init(style: Style) {
        self.style = style
    }

    func render(_ plan: Plan) -> String {
        let changes = plan.changes.filter(\.action.isWrite)
        var text = changes.map(section).joined(separator: "\n")
        for change in plan.kept {
            text +=
                "\n  \(change.identity) is no longer declared and stays: \(Printable.escaped(change.keptBecause ?? ""))\n"
        }
        if !text.isEmpty { text += "\n" }
        return text + style.bold(plan.summary.description) + "\n"
    }

    private func section(_ change: ObjectChange) -> String {
        let place =
            change.manifest.map { style.dim("  \(Printable.escaped($0.location(of: FieldPath()).description))") } ?? ""
        let name = style.bold(Printable.escaped(change.identity.description))
        let head = "\(words.symbol(change.action)) \(name)\(place)\(words.verification(change))\n"
        return head + body(change) + words.additions(change, indent: "    ") + words.conflicts(change, indent: "    ")
            + words.warnings(change, indent: "    ")
    }

    /// A new object as a whole, a deleted one by its name alone, any other field by field.
    private func body(_ change: ObjectChange) -> String {
        switch change.action {
        case .create:
            guard let desired = change.desired else { return "" }
            let shown = Redaction.masked(desired)
            return YAMLText.lines(of: shown.value).map { "    \(style.green($0.isEmpty ? "+" : "+ " + $0))\n" }.joined()
        case .delete: return ""
        case .update, .adopt, .replace:
            let fields = words.fields(change, indent: "    ")
            return fields.isEmpty ? "    \(style.dim("only the ownership of fields changes"))\n" : fields
        case .unchanged, .keep: return ""
        }
    }
}
