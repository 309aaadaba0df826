internal import FoundationEssentials
internal import Planning
internal import Resources

/// An application's revisions as a table, the newest first, each with why it failed below.
struct HistoryText {
    let style: Style
    let now: Date

    func render(_ revisions: [Revision]) -> String {
        let words = RevisionText(style: style, now: now)
        let header = ["REVISION", "COMMIT", "SUBJECT", "STATE", "WHEN", "WHO", "CHANGES"]
        let rows = revisions.map { revision in
            [
                String(revision.number), RevisionText.commit(revision.source),
                cut(Printable.escaped(revision.source.subject ?? ""), 28), RevisionText.state(revision),
                revision.startedAt.ago(now), cut(Printable.escaped(revision.who), 20), RevisionText.changes(revision),
            ]
        }
        let failures = revisions.enumerated().compactMap { row, revision in
            revision.failure.map { (row, "          " + style.red(Printable.escaped($0)) + "\n") }
        }
        let table = TextTable(header: header, rows: rows, remarks: Dictionary(uniqueKeysWithValues: failures))
        return table.render { row, column, cell in column == 3 ? words.paint(revisions[row].state, cell) : cell }
    }

    private func cut(_ text: String, _ length: Int) -> String {
        text.count <= length ? text : text.prefix(length - 1) + "…"
    }
}

/// `{application: {name, namespace}, revisions: [REVISION]}`, the newest first.
enum HistoryJSON {
    static func value(_ revisions: [Revision], of application: ApplicationIdentity) -> Value {
        [
            "apiVersion": "endstate.dev/v1",
            "kind": "History",
            "application": ["name": .string(application.name), "namespace": .string(application.namespace)],
            "revisions": .array(revisions.map(\.output)),
        ]
    }
}
