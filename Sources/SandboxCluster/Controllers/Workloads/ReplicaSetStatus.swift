internal import FoundationEssentials
internal import Resources

/// The status of a ReplicaSet or ReplicationController (`calculateStatus` in pkg/controller/replicaset).
enum ReplicaSetStatus {
    static func status(
        of set: KubernetesObject, _ pods: [KubernetesObject], _ failure: (reason: String, error: APIStatus)?, now: Date
    ) -> Value {
        let labels = set.spec[path: "template", "metadata", "labels"]?.strings ?? [:]
        let minReady = set.spec["minReadySeconds"]?.integer ?? 0
        var status = set.status.isNull ? [:] : set.status
        status["replicas"] = .number(pods.count)
        status["fullyLabeledReplicas"] = .nonZero(
            pods.count { pod in
                let own = pod.labels
                return labels.allSatisfy { own[$0.key] == $0.value }
            })
        status["readyReplicas"] = .nonZero(pods.count(where: \.isReadyPod))
        status["availableReplicas"] = .nonZero(
            pods.count { $0.isAvailablePod(minReadySeconds: minReady, now: now) })
        status["observedGeneration"] = set.generation.flatMap(Value.nonZero)
        var conditions = Conditions(set)
        if let failure {
            // The first failure stays as it is until it is over.
            if conditions["ReplicaFailure"] == nil {
                conditions.set("ReplicaFailure", "True", failure.reason, failure.error.message, now: now)
            }
        } else {
            conditions.remove("ReplicaFailure")
        }
        status["conditions"] = conditions.value
        return status
    }
}
