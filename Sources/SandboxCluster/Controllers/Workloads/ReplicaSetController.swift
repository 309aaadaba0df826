internal import FoundationEssentials
internal import Resources

/// Keeps as many pods as a ReplicaSet or ReplicationController asks for (pkg/controller/replicaset/replica_set.go).
struct ReplicaSetController: Controller {
    let watched: [GroupKind]?
    let level = WorkLevel.workloads
    private let component: String
    private var routing: OwnerRouting
    /// How many pods one look makes or ends at most (`BurstReplicas`): what becomes of them brings the next look.
    private static let burst = 500

    init(_ kind: GroupKind = Kinds.replicaSet) {
        watched = [kind, Kinds.pod]
        component = kind == Kinds.replicaSet ? "replicaset-controller" : "replication-controller"
        routing = OwnerRouting(owner: kind, dependent: Kinds.pod)
    }

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] { routing.keys(for: change) }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let set = api.object(key), OwnerRouting.selector(of: set) != nil else { return nil }
        var pods = try routing.claim(for: set, &api, mayAdopt: \.isActivePod).filter(\.isActivePod)
        var failure: (reason: String, error: APIStatus)?
        if !set.isBeingDeleted { failure = scale(set, &pods, &api, &events) }
        try set.updatingStatus(ReplicaSetStatus.status(of: set, pods, failure, now: api.now), &api)
        if let error = failure?.error { throw error }
        return pods.nextAvailable(minReadySeconds: set.spec["minReadySeconds"]?.integer ?? 0, now: api.now)
    }

    /// - Returns: What the API refused.
    private func scale(
        _ set: KubernetesObject, _ pods: inout [KubernetesObject], _ api: inout some ControllerAccess,
        _ events: inout EventRecorder
    ) -> (reason: String, error: APIStatus)? {
        let wanted = set.spec["replicas"]?.integer ?? 1
        let template = set.spec["template"] ?? [:]
        do throws(APIStatus) {
            for _ in 0..<max(0, min(wanted - pods.count, Self.burst)) {
                let pod = try api.create(PodTemplate.pod(of: template, for: set), by: Manager.controllers)
                pods.append(pod)
                events.record(.normal("SuccessfulCreate", "Created pod: \(pod.name)", by: component), about: set, &api)
            }
        } catch {
            if isTerminating(set.namespace, api) { return nil }
            events.record(
                .warning("FailedCreate", "Error creating: \(error.message)", by: component), about: set, &api)
            return ("FailedCreate", error)
        }
        let condemned = PodRanking.firstToGo(pods, count: min(pods.count - wanted, Self.burst))
        do throws(APIStatus) {
            for pod in condemned {
                try api.delete(pod.identity, uid: pod.uid, propagation: .background, gracePeriod: nil)
                pods.removeAll { $0.name == pod.name }
                events.record(.normal("SuccessfulDelete", "Deleted pod: \(pod.name)", by: component), about: set, &api)
            }
        } catch {
            if error.code == 404 { return nil }
            events.record(
                .warning("FailedDelete", "Error deleting: \(error.message)", by: component), about: set, &api)
            return ("FailedDelete", error)
        }
        return nil
    }
}

/// Whether nothing can be created in the namespace any more.
func isTerminating(_ namespace: String, _ api: some ControllerAccess) -> Bool {
    api.object(ObjectIdentity(groupKind: Kinds.namespace, name: namespace))?.isBeingDeleted ?? false
}
