internal import Resources

/// ReplicaSet and ReplicationController: as many labelled, available and ready pods as asked, and none extra.
enum ReplicaSetHealth {
    static func assess(_ replicaSet: KubernetesObject) -> ObjectHealth {
        if let failure = replicaSet.condition("ReplicaFailure"), failure.isTrue {
            return .inProgress("ReplicaFailure", failure.text(or: "pods cannot be created"))
        }
        let status = replicaSet.status
        let wanted = replicaSet.spec["replicas"]?.integer ?? 1
        let total = status["replicas"]?.integer ?? 0
        let labelled = status["fullyLabeledReplicas"]?.integer ?? 0
        let available = status["availableReplicas"]?.integer ?? 0
        let ready = status["readyReplicas"]?.integer ?? 0
        let progress = "\(counted(available, of: wanted, "replica")) available, \(ready) ready"
        if labelled < wanted { return .inProgress("LessLabelled", progress) }
        if available < wanted { return .inProgress("LessAvailable", progress) }
        if ready < wanted { return .inProgress("LessReady", progress) }
        if total > wanted {
            return .inProgress("ExtraPods", "\(progress), \(counted(total - wanted, "extra replica")) still to end")
        }
        return .current("Available", wanted == 0 ? "scaled to 0 replicas" : progress)
    }
}
