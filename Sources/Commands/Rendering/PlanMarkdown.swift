internal import Manifests
internal import Placement
internal import Planning
internal import Resources

/// A plan as the comment of a pull request.
struct PlanMarkdown {
    let clusterName: String
    private let words = ChangeText(style: .plain, signsComeFirst: true)

    init(clusterName: String) {
        self.clusterName = clusterName
    }

    func render(_ plan: Plan) -> String {
        let counts = plan.summary.description.replacing("Plan: ", with: "")
        var text = "### \(inline(plan.application.name)) on \(inline(clusterName)): \(counts)\n\n"
        text += "From \(inline(PlanSourceText.line(plan.source))).\n"
        for violation in plan.violations {
            text += "\n> **Refused** (`\(violation.code.rawValue)`): \(inline(violation.message))\n"
            text += "> \(inline(violation.remedy))\n"
        }
        if let refusal = LossText.refusal(plan.placement.losses) {
            text += "\n> **Refused** (`\(refusal.code)`): \(inline(refusal.message))\n"
            text += "> \(inline(refusal.hint ?? ""))\n"
        }
        for warning in plan.warnings { text += "\n> **Warning**: \(inline(warning.message))\n" }
        let changes = plan.changes.filter(\.action.isWrite)
        if !changes.isEmpty { text += "\n" + table(plan.steps + plan.deletions) }
        let details = changes.map(detail).joined()
        if !details.isEmpty { text += "\n<details><summary>Field by field</summary>\n\n\(details)</details>\n" }
        if !plan.kept.isEmpty {
            text += "\n**No longer declared, and kept**\n\n" + plan.kept.map(kept).joined()
        }
        if !plan.placement.verdicts.isEmpty {
            let lines = plan.placement.verdicts.map { verdict in
                "- \(inline(verdict.workload.description)): \(inline(PlacementText.summary(verdict)))"
                    + PlacementText.details(verdict).map { "<br>\(inline($0))" }.joined() + "\n"
            }
            text += "\n**Its pods**\n\n" + lines.joined()
        }
        for paragraph in LossText.paragraphs(plan.placement) {
            text += "\n**\(inline(paragraph.title))**\n\n"
            text +=
                paragraph.lines.map { line in
                    line.hasPrefix("    ") ? "<br>\(inline(String(line.drop { $0 == " " })))" : "\n- \(inline(line))"
                }.joined().dropFirst() + "\n"
        }
        if !plan.placement.policies.isEmpty {
            let lines = plan.placement.policies.map { verdict in
                "- \(inline(PolicyText.summary(verdict)))"
                    + PolicyText.findings(verdict).map { "<br>\(inline($0))" }.joined() + "\n"
            }
            text += "\n**Its policies**\n\n" + lines.joined()
        }
        if !plan.irreversibleEffects.isEmpty {
            text += "\n**Can't be undone**\n\n" + plan.irreversibleEffects.map { "- \(inline($0))\n" }.joined()
        }
        return text
    }

    private func table(_ steps: [Step]) -> String {
        let rows = steps.compactMap { step -> String? in
            guard let change = step.change, change.action.isWrite || step.pause != nil else { return nil }
            let place = change.manifest.map { $0.location(of: FieldPath()) }
            let pause = step.pause.map { "<br>" + inline(PauseText.line($0)) } ?? ""
            let additions = words.additions(change, indent: "").split(separator: "\n").map {
                "<br>" + inline(String($0))
            }
            return "| \(change.action.rawValue) | \(inline(change.identity.description))\(additions.joined())\(pause) "
                + "| \(place.map { inline("\($0.file):\($0.line)") } ?? "") | \(checked(change)) |\n"
        }
        return "| | object | declared in | checked |\n|---|---|---|---|\n" + rows.joined()
    }

    private func checked(_ change: ObjectChange) -> String {
        if change.action == .delete { return "" }
        return switch change.verification {
        case .server: "by the server"
        case .schema: "against the schema only"
        case .assumed(let why): "no: \(inline(why))"
        case .proven: "nothing changes"
        }
    }

    private func kept(_ change: ObjectChange) -> String {
        "- \(inline(change.identity.description)): \(inline(change.keptBecause ?? ""))\n"
    }

    private func detail(_ change: ObjectChange) -> String {
        guard change.action != .create, change.action != .delete else { return "" }
        let body =
            words.fields(change, indent: "") + words.conflicts(change, indent: "")
        guard !body.isEmpty else { return "" }
        let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: body) + 1))
        return "\(inline(change.identity.description))\n\n\(fence)diff\n\(body)\(fence)\n\n"
    }

    /// Text from a cluster or a repository must not become markup, a link or a mention.
    private func inline(_ text: String) -> String {
        Printable.escaped(text).reduce(into: "") { result, character in
            if "\\`*_{}[]<>#|!@~$&".contains(character) { result += "\\" }
            result.append(character)
        }
    }

    private func longestRun(of character: Character, in text: String) -> Int {
        var longest = 0
        var current = 0
        for next in text {
            current = next == character ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }
}
