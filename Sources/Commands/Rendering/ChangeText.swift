internal import Diffing
internal import Placement
internal import Planning
internal import Resources

/// Changes of objects as text for people: the same words in `diff`, `plan` and `apply`.
struct ChangeText {
    let style: Style
    /// Whether signs of lines stand in the first column, as in a `diff` block of Markdown, which colours them there alone.
    var signsComeFirst = false

    /// The sign of an action; unchanged and kept objects have none.
    func symbol(_ action: Action) -> String {
        switch action {
        case .create: style.green("+")
        case .update: style.yellow("~")
        case .replace: style.red("±")
        case .adopt: style.cyan(">")
        case .delete: style.red("-")
        case .unchanged, .keep: " "
        }
    }

    /// The signs that the changes use, with their meaning; empty where there are none.
    func legend(_ changes: [ObjectChange]) -> String {
        let meanings: [(Action, String)] = [
            (.create, "create"), (.update, "update"), (.replace, "replace"), (.adopt, "adopt"), (.delete, "delete"),
        ]
        let used = Set(changes.map(\.action))
        return meanings.filter { used.contains($0.0) }.map { "\(symbol($0.0)) \($0.1)" }.joined(separator: "   ")
    }

    /// What is not as sure as a dry run on the server; empty where it is.
    func verification(_ change: ObjectChange) -> String {
        switch change.verification {
        case .server, .proven: ""
        case .schema: style.dim("  (checked against the schema only)")
        case .assumed(let why): style.yellow("  (not checked: \(Printable.escaped(why)))")
        }
    }

    /// Each field that changes, in a line or, for longer texts, as a line diff.
    func fields(_ change: ObjectChange, indent: String) -> String {
        change.fieldChanges.map { field($0, indent: indent) }.joined()
    }

    private func field(_ change: FieldChange, indent: String) -> String {
        let path = Printable.escaped(change.path.description)
        if change.isSecret { return secret(change, path, indent) }
        if let hunks = change.textHunks, !hunks.isEmpty { return text(hunks, path, indent) }
        switch (change.old, change.new) {
        case (let old?, let new?):
            let what = change.isReordering ? " (order)" : ""
            let line = "\(path)\(what): \(style.red(ValueText.line(old))) → \(style.green(ValueText.line(new)))"
            return "\(indent)\(style.yellow("~")) \(line)\n"
        case (nil, let new?): return block("+", path, new, indent, style.green)
        case (let old?, nil): return block("-", path, old, indent, style.red)
        case (nil, nil): return ""
        }
    }

    private func secret(_ change: FieldChange, _ path: String, _ indent: String) -> String {
        switch (change.old, change.new) {
        case (nil, _): "\(indent)\(style.green("+")) \(path): \(Redaction.mask)\n"
        case (_, nil): "\(indent)\(style.red("-")) \(path): \(Redaction.mask)\n"
        default: "\(indent)\(style.yellow("~")) \(path): \(Redaction.mask) (changed)\n"
        }
    }

    private func text(_ hunks: [LineDiff.Hunk], _ path: String, _ indent: String) -> String {
        var lines = ["\(indent)\(style.yellow("~")) \(path):"]
        let indent = signsComeFirst ? "" : indent + "    "
        for hunk in hunks {
            lines.append(indent + style.cyan(hunk.header))
            for line in hunk.lines {
                let text = Printable.escaped(line.text)
                switch line.kind {
                case .added: lines.append(indent + style.green("+" + text))
                case .removed: lines.append(indent + style.red("-" + text))
                default: lines.append("\(indent) \(text)")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A value that is added or removed: short ones in a line, larger ones as YAML.
    private func block(
        _ sign: String, _ path: String, _ value: Value, _ indent: String, _ paint: (String) -> String
    ) -> String {
        let line = ValueText.line(value)
        if line.count <= 80 { return "\(indent)\(paint(sign)) \(path): \(paint(line))\n" }
        let head = "\(indent)\(paint(sign)) \(path):\n"
        return head
            + YAMLText.lines(of: value).map { line in
                if line.isEmpty { return "\(signsComeFirst ? "" : indent + "    ")\(paint(sign))\n" }
                return signsComeFirst ? "\(sign)     \(line)\n" : "\(indent)    \(paint(sign + " " + line))\n"
            }.joined()
    }

    /// The fields that other managers own, with both values; where they are taken over, with the managers alone.
    func conflicts(_ change: ObjectChange, indent: String) -> String {
        let taken = TakenField.all(in: change).map { field in
            let managers = field.managers.map(Printable.escaped).joined(separator: ", ")
            return
                "\(indent)\(style.yellow("!")) \(Printable.escaped(field.path.description)) is taken over from \(managers)\n"
        }
        return taken.joined() + refused(change, indent)
    }

    private func refused(_ change: ObjectChange, _ indent: String) -> String {
        change.conflicts.map { conflict in
            let values =
                "\(conflict.theirs.map { ValueText.short($0) } ?? "nothing") there, \(conflict.ours.map { ValueText.short($0) } ?? "nothing") here"
            let manager = Printable.escaped(conflict.manager)
            return
                "\(indent)\(style.red("!")) \(Printable.escaped(conflict.path.description)) is owned by \(manager): \(values)\n"
        }.joined()
    }

    /// What policies added to the manifest.
    func additions(_ change: ObjectChange, indent: String) -> String {
        change.additions.map { addition in
            let constraints = addition.constraints.map(\.title).joined(separator: ", ")
            return "\(indent)with \(constraints) by the policy \(Printable.escaped(addition.policy))\n"
        }.joined()
    }

    func warnings(_ change: ObjectChange, indent: String) -> String {
        change.warnings.map { "\(indent)\(style.yellow("warning:")) \(Printable.escaped($0))\n" }.joined()
    }
}
