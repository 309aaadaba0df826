internal import Resources

/// StatefulSet: replicas and ready as asked; with a partition the updated part of them, else one revision for all.
enum StatefulSetHealth {
    static func assess(_ set: KubernetesObject) -> ObjectHealth {
        let strategy = set.spec["updateStrategy"]
        if strategy?["type"]?.string == "OnDelete" {
            return .current("OnDelete", "pods are updated when someone deletes them (OnDelete)")
        }
        let status = set.status
        let wanted = set.spec["replicas"]?.integer ?? 1
        let total = status["replicas"]?.integer ?? 0
        let ready = status["readyReplicas"]?.integer ?? 0
        let progress = "\(counted(ready, of: wanted, "replica")) ready"
        if total < wanted { return .inProgress("LessReplicas", "\(progress), \(total) created") }
        if ready < wanted { return .inProgress("LessReady", progress) }
        if total > wanted {
            return .inProgress("ExtraPods", "\(progress), \(counted(total - wanted, "extra replica")) still to end")
        }
        let partition = strategy?[path: "rollingUpdate", "partition"]?.integer ?? 0
        return unfinishedUpdate(status, wanted: wanted, partition: partition)
            ?? .current("Ready", wanted == 0 ? "scaled to 0 replicas" : progress)
    }

    /// A partition of 0, which the server writes as the default, is none.
    private static func unfinishedUpdate(_ status: Value, wanted: Int, partition: Int) -> ObjectHealth? {
        let updated = status["updatedReplicas"]?.integer ?? 0
        if partition > 0 {
            let part = max(0, wanted - partition)
            guard updated < part else { return nil }
            return .inProgress(
                "PartitionRollout", "\(counted(updated, of: part, "replica")) above the partition updated")
        }
        guard status["currentRevision"] != status["updateRevision"] else { return nil }
        return .inProgress("RevisionMismatch", "\(counted(updated, of: wanted, "replica")) updated")
    }
}
