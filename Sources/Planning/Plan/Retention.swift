internal import Resources

/// Finds out which objects that are no longer declared are left alone instead of being deleted.
struct Retention {
    private(set) var changes: [ObjectChange]

    init(
        _ changes: [ObjectChange], intent: PlanIntent, application: ApplicationIdentity, settings: GuardrailSettings,
        observations: ClusterObservations
    ) {
        self.changes = changes
        keep { change in
            if intent == .apply, !settings.isPruneEnabled { return "pruning is off" }
            if let reason = observations.unavailability(of: change.identity.groupKind.group) {
                return "its API group does not answer: \(reason)"
            }
            if let live = change.live, !ApplySet.isWritten(live) {
                return "it has the application's label, but was not written by \(ApplySet.toolName)"
            }
            let annotation = change.live.flatMap {
                Protection.annotation(of: $0, isWholeApplication: intent == .deleteApplication)
            }
            if let annotation { return "its annotation \(annotation)" }
            let isHome = change.identity == ObjectIdentity(group: "", kind: "Namespace", name: application.namespace)
            return intent == .apply && isHome ? "the application's records live in it" : nil
        }
        while keepContainers() {}
    }

    /// Keeps what can't go without taking along something that stays: its Namespace, its definition, its owner.
    /// - Returns: whether there was any.
    private mutating func keepContainers() -> Bool {
        var reasons: [ObjectIdentity: String] = [:]
        var owners: [String: String] = [:]
        for change in changes where change.action != .delete {
            let identity = change.identity
            let state = change.action == .keep ? "is kept" : "is declared"
            let namespace = ObjectIdentity(group: "", kind: "Namespace", name: identity.namespace)
            reasons[namespace] = reasons[namespace] ?? "\(identity), which \(state), lives in it"
            for owner in change.live?.owners ?? [] {
                owners[owner.uid] = owners[owner.uid] ?? "\(identity), which \(state), is owned by it"
            }
        }
        let kinds = Dictionary(grouping: changes.filter { $0.action != .delete }, by: \.identity.groupKind)
        return keep { change in
            if let reason = reasons[change.identity] { return reason }
            if let kind = change.live?.definedKind, let instance = kinds[kind]?.first {
                return
                    "\(instance.identity), which \(instance.action == .keep ? "is kept" : "is declared"), is of its kind"
            }
            return change.live?.uid.flatMap { owners[$0] }
        }
    }

    /// Turns deletions into keeping where `reason` gives one.
    /// - Returns: whether there was any.
    @discardableResult
    private mutating func keep(_ reason: (ObjectChange) -> String?) -> Bool {
        var isAny = false
        for index in changes.indices where changes[index].action == .delete {
            guard let reason = reason(changes[index]) else { continue }
            changes[index].action = .keep
            changes[index].keptBecause = reason
            isAny = true
        }
        return isAny
    }
}
