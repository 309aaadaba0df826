internal import Resources

/// DaemonSet: observed, and a current, updated, available and ready pod on every node that should have one.
enum DaemonSetHealth {
    static func assess(_ set: KubernetesObject) -> ObjectHealth {
        let status = set.status
        guard let wanted = status["desiredNumberScheduled"]?.integer else {
            return .inProgress("NoDesiredNumber", "the controller has not yet counted the nodes")
        }
        let current = status["currentNumberScheduled"]?.integer ?? 0
        let updated = status["updatedNumberScheduled"]?.integer ?? 0
        let available = status["numberAvailable"]?.integer ?? 0
        let ready = status["numberReady"]?.integer ?? 0
        let updatesOnDelete = set.spec[path: "updateStrategy", "type"]?.string == "OnDelete"
        let progress = "\(counted(updated, of: wanted, "pod")) updated, \(available) available"
        if current < wanted { return .inProgress("LessCurrent", "\(counted(current, of: wanted, "pod")) created") }
        if updated < wanted, !updatesOnDelete { return .inProgress("LessUpdated", progress) }
        if available < wanted { return .inProgress("LessAvailable", progress) }
        if ready < wanted { return .inProgress("LessReady", "\(progress), \(ready) ready") }
        return .current(
            "Available", wanted == 0 ? "no node asks for a pod" : "\(counted(available, of: wanted, "pod")) available")
    }
}
