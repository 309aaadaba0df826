internal import Resources

/// Deployment: updated, total, available and ready replicas are all as asked, and none extra.
enum DeploymentHealth {
    static func assess(_ deployment: KubernetesObject) -> ObjectHealth {
        let progressing = deployment.condition("Progressing")
        if let progressing, progressing.reason == "ProgressDeadlineExceeded" {
            return .failed("ProgressDeadlineExceeded", progressing.text(or: "the rollout made no progress in time"))
        }
        let replicas = Replicas(deployment)
        if deployment.spec["paused"]?.bool == true {
            return .current("Paused", "the rollout is paused: \(replicas.progress)")
        }
        return shortage(of: replicas, failure: deployment.condition("ReplicaFailure"))
            ?? unfinished(deployment, replicas, progressing)
            ?? .current(
                "Available",
                replicas.wanted == 0
                    ? "scaled to 0 replicas"
                    : "\(counted(replicas.available, of: replicas.wanted, "replica")) available"
            )
    }

    private struct Replicas {
        let wanted, total, updated, ready, available: Int

        init(_ deployment: KubernetesObject) {
            let status = deployment.status
            wanted = deployment.spec["replicas"]?.integer ?? 1
            total = status["replicas"]?.integer ?? 0
            updated = status["updatedReplicas"]?.integer ?? 0
            ready = status["readyReplicas"]?.integer ?? 0
            available = status["availableReplicas"]?.integer ?? 0
        }

        var progress: String { "\(counted(updated, of: wanted, "replica")) updated, \(available) available" }
    }

    private static func shortage(of replicas: Replicas, failure: Condition?) -> ObjectHealth? {
        if replicas.total < replicas.wanted || replicas.updated < replicas.wanted, let failure, failure.isTrue {
            return .inProgress("ReplicaFailure", failure.text(or: "pods cannot be created"))
        }
        if replicas.total < replicas.wanted { return .inProgress("LessReplicas", replicas.progress) }
        if replicas.updated < replicas.wanted { return .inProgress("LessUpdated", replicas.progress) }
        if replicas.total > replicas.wanted {
            let extra = counted(replicas.total - replicas.wanted, "extra replica")
            return .inProgress("ExtraPods", "\(replicas.progress), \(extra) still to end")
        }
        if replicas.available < replicas.updated { return .inProgress("LessAvailable", replicas.progress) }
        if replicas.ready < replicas.wanted {
            return .inProgress("LessReady", "\(replicas.progress), \(replicas.ready) ready")
        }
        return nil
    }

    private static func unfinished(
        _ deployment: KubernetesObject, _ replicas: Replicas, _ progressing: Condition?
    ) -> ObjectHealth? {
        // Without a deadline (the largest int32 stands for none) the controller keeps no Progressing condition.
        let hasDeadline = (deployment.spec["progressDeadlineSeconds"]?.integer ?? noDeadline) != noDeadline
        let isComplete = progressing.map { $0.isTrue && $0.reason == "NewReplicaSetAvailable" } ?? false
        if hasDeadline, !isComplete {
            return .inProgress("ReplicaSetNotAvailable", "\(replicas.progress), the rollout is not yet complete")
        }
        let available = deployment.condition("Available")
        if let available, available.isTrue { return nil }
        return .inProgress(
            "DeploymentNotAvailable",
            available?.text(or: replicas.progress) ?? "\(replicas.progress), not yet reported as available"
        )
    }

    private static let noDeadline = Int(Int32.max)
}
