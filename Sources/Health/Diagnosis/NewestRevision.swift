internal import Resources

/// A workload's pods, parted by the revision of its template: failures of old pods are not blamed on a new rollout.
struct NewestRevision {
    /// What makes the newest pods: the workload itself, or a Deployment's newest ReplicaSet.
    var maker: KubernetesObject
    var pods: [KubernetesObject]
    var olderPods: [KubernetesObject] = []

    /// - Parameter workload: an object of a kind that makes pods, or a pod.
    init(of workload: KubernetesObject, evidence: HealthEvidence) {
        maker = workload
        switch workload.kind {
        case "Pod":
            pods = [workload]
        case "Deployment":
            let newest = evidence.children(of: workload, kind: "ReplicaSet").max {
                Self.revision($0) < Self.revision($1)
            }
            maker = newest ?? workload
            pods = newest.map { evidence.children(of: $0, kind: "Pod") } ?? []
        case "StatefulSet":
            let all = evidence.children(of: workload, kind: "Pod")
            (pods, olderPods) = Self.parted(all, by: workload.status["updateRevision"]?.nonEmptyString)
        case "DaemonSet":
            let all = evidence.children(of: workload, kind: "Pod")
            let newest = evidence.children(of: workload, kind: "ControllerRevision").max { left, right in
                (left.value["revision"]?.integer ?? 0) < (right.value["revision"]?.integer ?? 0)
            }
            (pods, olderPods) = Self.parted(all, by: newest?.labels[Self.hashLabel])
        default:
            pods = evidence.children(of: workload, kind: "Pod")
        }
    }

    private static let hashLabel = "controller-revision-hash"

    /// The Deployment controller counts revisions up, also when it returns to an older template.
    private static func revision(_ replicaSet: KubernetesObject) -> Int {
        replicaSet.annotations["deployment.kubernetes.io/revision"].flatMap { Int($0) } ?? 0
    }

    /// Without a known revision all pods count as the newest.
    private static func parted(
        _ pods: [KubernetesObject], by revision: String?
    ) -> (newest: [KubernetesObject], older: [KubernetesObject]) {
        guard let revision else { return (pods, []) }
        return (
            pods.filter { $0.labels[hashLabel] == revision },
            pods.filter { $0.labels[hashLabel] != revision }
        )
    }
}
