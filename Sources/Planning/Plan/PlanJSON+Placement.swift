internal import Placement
internal import Resources

extension PlacementVerdict {
    var json: Value {
        .fields([
            "object": workload.json,
            "certainty": .string(certainty.rawValue),
            "pods": .integer(Int64(pods)),
            "nodes": .array(trial.map { ["name": .string($0.node), "pods": .integer(Int64($0.pods))] }),
            "message": message.map(Value.string),
            "reason": reason.map(Value.string),
            "hint": hint.map(Value.string),
            "scaling": Value.list(
                scaling.map { ["pods": .integer(Int64($0.pods)), "certainty": .string($0.certainty.rawValue)] }),
        ])
    }
}

extension LossVerdict {
    var json: Value {
        [
            "nodes": .array(loss.nodes.map(Value.string)),
            "zones": .array(loss.zones.map(Value.string)),
            "trial": .bool(isOfTrial),
            "survived": .bool(isSurvived),
            "placement": .array(verdicts.map(\.json)),
            "blocked": .array(blocked.map(Value.string)),
            "lost": .array(lost.map(\.json)),
        ]
    }
}

extension PolicyVerdict {
    var json: Value {
        [
            "name": .string(policy.name),
            "rule": .string(policy.rule.name),
            "mode": .string(policy.mode.rawValue),
            "outcome": .string(outcome.rawValue),
            "findings": .array(findings.map(Value.string)),
            "objects": .array(workloads.map(\.json)),
            "location": policy.location.json,
        ]
    }
}

extension PolicyAddition {
    var json: Value {
        ["name": .string(policy), "added": .array(constraints.map { .string($0.title) })]
    }
}
