internal import Placement
internal import Planning
internal import Resources

/// A plan in the order of its execution, as `plan` and `apply` show it.
struct PlanText {
    let style: Style
    /// What people call the cluster.
    let clusterName: String
    /// Whether each step tells what it waits for and why.
    let showsReasons: Bool
    let showsViolations: Bool
    /// The revision that the plan brings back; nil where it is made from a source.
    let restores: Int?
    private var words: ChangeText { ChangeText(style: style) }

    init(
        style: Style, clusterName: String, showsReasons: Bool = false, showsViolations: Bool = true,
        restores: Int? = nil
    ) {
        self.style = style
        self.clusterName = clusterName
        self.showsReasons = showsReasons
        self.showsViolations = showsViolations
        self.restores = restores
    }

    func render(_ plan: Plan) -> String {
        var parts = [head(plan)]
        let legend = words.legend(plan.changes)
        if !legend.isEmpty { parts.append(legend + "\n") }
        let steps = plan.steps.filter { ($0.change?.action.isWrite ?? false) || $0.pause != nil }
        if !steps.isEmpty { parts.append(steps.enumerated().map { step($0.element, number: $0.offset + 1) }.joined()) }
        if !plan.deletions.isEmpty {
            let lines = plan.deletions.compactMap(\.change).map { "  \(words.symbol(.delete)) \(name($0))\n" }
            let moment = plan.steps.isEmpty ? "" : "once all of it is healthy, "
            parts.append("\(moment)dependents first:\n" + lines.joined())
        }
        if !plan.kept.isEmpty {
            let lines = plan.kept.map { "    \(name($0)): \(Printable.escaped($0.keptBecause ?? ""))\n" }
            parts.append("no longer declared, and kept:\n" + lines.joined())
        }
        if !plan.placement.verdicts.isEmpty {
            parts.append("its pods:\n" + PlacementText.lines(plan.placement.verdicts).map { "    \($0)\n" }.joined())
        }
        parts += LossText.paragraphs(plan.placement).map { lines in
            "\(lines.title):\n" + lines.lines.map { "    \($0)\n" }.joined()
        }
        if !plan.placement.policies.isEmpty {
            parts.append("its policies:\n" + PolicyText.lines(plan.placement.policies).map { "    \($0)\n" }.joined())
        }
        let irreversible = plan.irreversibleEffects
        if !irreversible.isEmpty {
            parts.append("can't be undone:\n" + irreversible.map { "    \(Printable.escaped($0))\n" }.joined())
        }
        if !plan.warnings.isEmpty {
            parts.append(plan.warnings.map { ErrorReport.shown($0, style) + "\n" }.joined(separator: "\n"))
        }
        if showsViolations, !plan.violations.isEmpty {
            parts.append(plan.violations.map { ErrorReport.shown($0.diagnostic, style) + "\n" }.joined(separator: "\n"))
        }
        if let refusal = LossText.refusal(plan.placement.losses) {
            parts.append(ErrorReport.shown(refusal, style) + "\n")
        }
        parts.append(style.bold(plan.summary.description) + "\n")
        return parts.joined(separator: "\n")
    }

    private func head(_ plan: Plan) -> String {
        let cluster = Printable.escaped(clusterName)
        let back = restores.map { "back to revision \($0), " } ?? ""
        return "\(style.bold(plan.application.name)) in namespace \(plan.application.namespace) on \(cluster), \(back)"
            + "from \(Printable.escaped(PlanSourceText.line(plan.source)))\n"
            + style.dim("plan \(plan.digest.prefix(12))") + "\n"
    }

    private func step(_ step: Step, number: Int) -> String {
        guard let change = step.change else { return "" }
        let count = String(number)
        let margin = String(repeating: " ", count: max(0, 3 - count.count))
        var text =
            "\(margin)\(style.dim(count + "."))\(words.symbol(change.action).isEmpty ? "" : " ")\(words.symbol(change.action)) "
        text += name(change) + words.verification(change) + "\n"
        if showsReasons { text += reasons(step) }
        if change.action != .create { text += words.fields(change, indent: "        ") }
        text += words.additions(change, indent: "        ") + words.conflicts(change, indent: "        ")
        text += words.warnings(change, indent: "        ")
        return text + (step.pause.map { "        \(PauseText.line($0))\n" } ?? "")
    }

    private func reasons(_ step: Step) -> String {
        step.dependsOn.map { edge in
            "        "
                + style.dim(
                    "after \(Printable.escaped(edge.dependency.description)), because \(Printable.escaped(edge.reason))"
                )
                + "\n"
        }.joined()
    }

    private func name(_ change: ObjectChange) -> String { Printable.escaped(change.identity.description) }
}

/// What holds the dependents of a healthy object back, in a line.
enum PauseText {
    static func line(_ pause: Pause) -> String {
        switch pause {
        case .person: "then: waits for a person's yes"
        case .soak(let duration): "then: healthy for \(duration.brief) before its dependents start"
        }
    }
}

/// Where a plan's manifests are from, in a line.
enum PlanSourceText {
    static func line(_ source: PlanSource) -> String {
        let commit = source.commit.map { String($0.prefix(12)) }
        guard let repository = source.repository else {
            let state =
                commit.map { " (commit \($0)\(source.isDirty ? ", dirty" : ""))" } ?? (source.isDirty ? " (dirty)" : "")
            return source.path + state
        }
        let path = source.path.isEmpty ? "" : "/\(source.path)"
        return "\(repository)\(path) at \(source.revision ?? "")" + (commit.map { " (commit \($0))" } ?? "")
    }
}
