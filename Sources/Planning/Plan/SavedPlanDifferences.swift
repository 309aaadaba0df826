package import Resources

extension SavedPlan {
    /// Why the saved plan must not be executed any more, one violation for each reason; empty where it may.
    /// - Parameters:
    ///   - plan: made now, from the same source and with the same settings.
    ///   - members: the application's live objects, from which `plan` was made.
    package func differences(
        from plan: Plan, members: [ObjectIdentity: KubernetesObject]
    ) -> [GuardrailViolation] {
        let comparison = PlanComparison(saved: self, outline: plan.outline, plan: plan, members: members)
        // On another cluster or for another application everything else is different as well, and tells nothing.
        let target = comparison.target
        if !target.isEmpty { return target }
        let reasons = comparison.origin + comparison.objects + comparison.membership
        return reasons.isEmpty ? comparison.actions : reasons
    }
}

/// What has changed between the making of a saved plan and now.
private struct PlanComparison {
    let saved: SavedPlan
    let outline: PlanOutline
    let plan: Plan
    let members: [ObjectIdentity: KubernetesObject]

    var target: [GuardrailViolation] {
        let before = saved.outline
        if (before.intent, before.name, before.namespace) != (outline.intent, outline.name, outline.namespace) {
            return [
                stale(
                    "the plan was made for application \(before.namespace)/\(before.name), not for \(plan.application)")
            ]
        }
        if before.cluster == outline.cluster { return [] }
        let name = saved.context.map { " (context \($0))" } ?? ""
        let clusters = (before.cluster?.uid ?? "unknown", outline.cluster?.uid ?? "unknown")
        return [
            stale(
                "the plan was made for another cluster: its fingerprint was \(clusters.0)\(name), "
                    + "and this one's is \(clusters.1)")
        ]
    }

    /// The commit and the manifests.
    var origin: [GuardrailViolation] {
        let (before, now) = (saved.outline.commit, outline.commit)
        if before != now {
            let name = plan.source.revision ?? saved.source.revision
            let place = name.map { "\($0) has moved" } ?? "the source has moved"
            return [stale("\(place) from \(Self.short(before)) to \(Self.short(now))")]
        }
        if saved.outline.manifestDigest == outline.manifestDigest { return [] }
        let commit = now.map { ", though the commit is still \(Self.short($0))" } ?? ""
        return [
            stale("the manifests in \(saved.source.path.isEmpty ? "the source" : saved.source.path) changed\(commit)")
        ]
    }

    private static func short(_ commit: String?) -> String {
        commit.map { "commit \($0.prefix(12))" } ?? "no commit"
    }

    /// The live objects that the saved plan writes.
    var objects: [GuardrailViolation] {
        let live = Dictionary(
            plan.changes.compactMap { change in change.live.map { (change.identity, $0) } },
            uniquingKeysWith: { first, _ in first }
        ).merging(members) { first, _ in first }
        return saved.outline.objects.compactMap { identity, before in
            guard before.action?.isWrite == true else { return nil }
            let change: String
            switch (before.uid, live[identity]) {
            case (nil, nil): return nil
            case (nil, _?): change = "exists now"
            case (_?, nil): change = "was deleted since"
            case (let uid?, let now?) where now.uid != uid: change = "was deleted and created anew since"
            case (_?, let now?):
                if before.resourceVersion == now.resourceVersion { return nil }
                let versions = (before.resourceVersion ?? "none", now.resourceVersion ?? "none")
                change = "changed since: resourceVersion \(versions.0) → \(versions.1)"
            }
            return stale("\(identity) \(change)", [identity])
        }
    }

    /// Members that came and went; those that the plan writes are told by `objects`.
    var membership: [GuardrailViolation] {
        let written = Set(saved.outline.objects.filter { $0.entry.action?.isWrite == true }.map(\.identity))
        let all = Set(saved.members.keys).union(members.keys).subtracting(written)
        return all.sorted().compactMap { identity in
            let change: String
            switch (saved.members[identity], members[identity]) {
            case (nil, _): change = "became a member since"
            case (_, nil): change = "is no longer a member"
            case (let before?, let now?):
                if before == now.uid ?? "" { return nil }
                change = "was deleted and created anew since"
            }
            return stale("\(identity) \(change)", [identity])
        }
    }

    /// What else the plans disagree about: drift, new dependencies, another configuration.
    var actions: [GuardrailViolation] {
        if saved.digest == outline.digest { return [] }
        let before = Self.actions(saved.outline)
        let now = Self.actions(outline)
        let changed = Set(before.keys).union(now.keys).filter { before[$0] != now[$0] }.sorted()
        if changed.isEmpty { return [stale("the order of the plan, or its pauses, changed")] }
        let texts = changed.map { identity in
            "\(identity) (\(before[identity]?.rawValue ?? "none") → \(now[identity]?.rawValue ?? "none"))"
        }
        return [stale("the plan does something else now to " + texts.joined(separator: ", "), changed)]
    }

    private static func actions(_ outline: PlanOutline) -> [ObjectIdentity: Action] {
        Dictionary(
            outline.objects.compactMap { object in object.entry.action.map { (object.identity, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    private func stale(_ message: String, _ objects: [ObjectIdentity] = []) -> GuardrailViolation {
        GuardrailViolation(.stalePlan, objects, message, remedy: "make a new plan: endstate plan --out FILE")
    }
}
