internal import Planning
internal import Resources

/// What is kept of a plan to show it: what it changes, masked, and the order of all objects, without the objects themselves.
struct ShownPlan: Sendable {
    let summary: PlanSummary
    let commit: String?
    /// The steps that write, as `plan -o json` has them.
    private let changes: CompactJSON
    /// How many steps there are beyond those that are shown.
    let hidden: Int
    /// Each object with what it waits for.
    let graph: CompactJSON
    private let violations: CompactJSON

    /// More are not kept.
    private static let maximumSteps = 200

    init(_ plan: Plan) {
        summary = plan.summary
        commit = plan.source.commit
        let json = plan.json
        let steps = (json["steps"]?.array ?? []) + (json["deletions"]?.array ?? [])
        let written = steps.filter { step in
            step["action"]?.string.flatMap(Action.init(rawValue:))?.isWrite ?? false
        }
        changes = CompactJSON(.array(Array(written.prefix(Self.maximumSteps))))
        hidden = max(0, written.count - Self.maximumSteps)
        let nodes = steps.compactMap { step -> Value? in
            guard let object = step["object"] else { return nil }
            var node: Value = ["object": object]
            if let dependencies = step["dependsOn"] { node["dependsOn"] = dependencies }
            return node
        }
        graph = CompactJSON(.array(nodes))
        violations = CompactJSON(json["violations"] ?? [])
    }

    var json: Value {
        var value: Value = ["summary": .string(summary.description), "changes": changes.value]
        if let commit { value["commit"] = .string(commit) }
        if hidden > 0 { value["hiddenChanges"] = .integer(Int64(hidden)) }
        let violations = violations.value
        if violations.array?.isEmpty == false { value["violations"] = violations }
        return value
    }
}
