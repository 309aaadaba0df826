internal import Health
internal import KubeClient
internal import Planning
internal import Resources

/// Makes the record of a plan before anything of it is done: all that is needed to resume or to undo it.
struct RevisionDraft {
    let plan: Plan
    /// The set that was declared before, as it was sent; empty where nothing is known for certain.
    let declared: [ObjectIdentity: KubernetesObject]
    let usesHints: Bool
    let health: HealthContext
    let client: KubeClient

    init(_ plan: Plan, previous: RevisionContents?, usesHints: Bool, health: HealthContext, client: KubeClient) {
        self.plan = plan
        declared = Dictionary(
            (previous?.objects ?? []).map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        self.usesHints = usesHints
        self.health = health
        self.client = client
    }

    var contents: RevisionContents {
        var contents = RevisionContents(objects: plan.steps.compactMap(\.change?.desired), usesHints: usesHints)
        for change in plan.changes where change.action.isWrite {
            contents.actions[change.identity] = change.action
            guard let live = change.live, change.action != .delete else { continue }
            if needsEarlierState(change, live) { contents.before[change.identity] = live.withoutStatus }
            if Health.assess(live, context: health).status != .current {
                contents.unhealthyBefore.insert(change.identity)
            }
        }
        return contents
    }

    /// What was declared before brings an object back only where the object is just that: where it was not ours, where
    /// fields are taken from others, where the server has chosen some (the node ports of a Service), or where somebody has
    /// changed it since, only its earlier state does.
    private func needsEarlierState(_ change: ObjectChange, _ live: KubernetesObject) -> Bool {
        guard change.action != .adopt, change.identity.groupKind != GroupKind(group: "", kind: "Service"),
            change.conflicts.isEmpty, let former = declared[change.identity]
        else {
            return true
        }
        return !client.provesUnchanged(former, live: live)
    }
}

extension RevisionContents {
    /// The contents of a run that was interrupted and is resumed: what each object was before the first run counts.
    func resumed(by later: RevisionContents) -> RevisionContents {
        var contents = later
        // What exists now and is nobody's was created by somebody else since the first try: ours carries our label.
        let adopted = Set(later.actions.filter { $0.value == .adopt && actions[$0.key] == .create }.keys)
        contents.actions.merge(actions) { later, first in later == .adopt && first == .create ? later : first }
        contents.before.merge(before) { _, first in first }
        // An object that the first run wrote was, by its record, no longer what it is now.
        for identity in actions.keys where before[identity] == nil && !adopted.contains(identity) {
            contents.before[identity] = nil
        }
        contents.unhealthyBefore = unhealthyBefore.union(
            later.unhealthyBefore.filter { actions[$0] == nil })
        return contents
    }
}

extension KubernetesObject {
    fileprivate var withoutStatus: KubernetesObject {
        var object = self
        object.value["status"] = nil
        return object
    }
}
