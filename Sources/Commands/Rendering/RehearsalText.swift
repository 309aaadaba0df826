internal import Planning
internal import Reconciler
internal import Rehearsal
internal import Resources

/// What happened to a plan on the twin of its cluster.
struct RehearsalText {
    let style: Style
    let clusterName: String

    func render(_ report: RehearsalReport) -> String {
        guard report.plan.summary.hasChanges else {
            return "Nothing to rehearse: \(Printable.escaped(clusterName)) is at the end state already.\n"
        }
        var parts = ["Rehearsal on a twin of \(Printable.escaped(clusterName)); nothing is written there.\n"]
        parts.append(timeline(report))
        if !report.landings.isEmpty { parts.append(landings(report.landings)) }
        if !report.doubts.isEmpty { parts.append(doubts(report.doubts)) }
        if !report.isSuccess { parts.append(ResultText(style: style).render(report.result)) }
        parts.append(verdict(report))
        return parts.joined(separator: "\n")
    }

    /// What the twin doesn't know, a line each; nothing where it knows all.
    func doubts(_ doubts: [String]) -> String {
        if doubts.isEmpty { return "" }
        return "What the twin doesn't know:\n" + doubts.map { "    \(Printable.escaped($0))\n" }.joined()
    }

    private func timeline(_ report: RehearsalReport) -> String {
        let text = EventText(style: style)
        return report.events.compactMap { text.line($0).map { $0 + "\n" } }.joined()
    }

    private func landings(_ landings: [PodLanding]) -> String {
        var lines: [String] = []
        for workload in Set(landings.map(\.workload)).sorted() {
            let places = landings.filter { $0.workload == workload }.map { landing in
                let new = landing.new == landing.pods ? "" : " (\(landing.new) new)"
                return "\(landing.node ?? style.red("no node")): \(landing.pods)\(new)"
            }
            lines.append("    \(Printable.escaped(workload.description))  \(places.joined(separator: ", "))\n")
        }
        return "Where pods land:\n" + lines.joined()
    }

    private func verdict(_ report: RehearsalReport) -> String {
        let time = report.result.elapsed.brief
        switch report.result.outcome {
        case .succeeded: return style.bold("Rehearsal: it would succeed, in about \(time).") + "\n"
        case .rolledBack: return style.bold("Rehearsal: it would fail and be rolled back, after about \(time).") + "\n"
        case .failed: return style.bold("Rehearsal: it would fail, after about \(time).") + "\n"
        case .interrupted: return "Rehearsal: interrupted.\n"
        }
    }
}

extension RehearsalReport {
    /// As `rehearse -o json` prints it.
    var json: Value {
        [
            "outcome": .string(result.outcome.rawValue), "elapsedSeconds": Value(result.elapsed.seconds),
            "events": .array(events.map(\.json)),
            "landings": .array(
                landings.map { landing in
                    [
                        "workload": .string(landing.workload.description),
                        "node": landing.node.map(Value.string) ?? .null, "pods": .integer(Int64(landing.pods)),
                        "new": .integer(Int64(landing.new)),
                    ]
                }),
            "failures": .array(
                result.failures.map { failure in
                    ["object": .string(failure.object.description), "message": .string(failure.failure.message)]
                }),
            "doubts": .array(doubts.map(Value.string)),
        ]
    }
}
