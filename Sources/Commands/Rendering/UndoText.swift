internal import Planning
internal import Reconciler
internal import Resources

/// What undoing a revision would do, as `rollback` shows it before it asks.
struct UndoText {
    let style: Style
    /// What people call the cluster.
    let clusterName: String

    /// - Parameter previous: The number of the revision that was in force before; nil where there was none.
    func render(
        _ revision: Revision, of application: ApplicationIdentity, _ undo: UndoPlan, previous: Int?, fate: String
    ) -> String {
        let cluster = Printable.escaped(clusterName)
        var text = "\(style.bold(application.name)) in namespace \(application.namespace) on \(cluster): "
        text += "\(RevisionText.name(revision)) \(fate)\n\n"
        text +=
            previous.map { "undo it, back to revision \($0), dependents first:\n" } ?? "undo it, dependents first:\n"
        let steps = undo.nodes.compactMap { node -> UndoStep? in
            if case .object(let identity) = node { undo.steps[identity] } else { nil }
        }
        text += steps.map(line).joined()
        if steps.isEmpty { text += "    nothing that it was to write is known\n" }
        return text
    }

    private func line(_ step: UndoStep) -> String {
        let name = Printable.escaped(step.identity.description)
        return switch step.undo {
        case .delete: "  \(style.red("-")) \(name), if it was created\n"
        case .apply, .restore: "  \(style.yellow("~")) \(name), if it was changed\n"
        case .recreate: "  \(style.red("±")) \(name), if it was replaced\n"
        case .leave(let reason): "    \(name) stays: \(Printable.escaped(reason))\n"
        case .impossible(let reason):
            "  \(style.red("!")) \(name) can't be brought back: \(Printable.escaped(reason))\n"
        }
    }
}
