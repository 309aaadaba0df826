internal import FoundationEssentials
internal import Resources

/// Keeps the numbered pods of StatefulSets (pkg/controller/statefulset/stateful_set_control.go).
struct StatefulSetController: Controller {
    let watched: [GroupKind]? = [Kinds.statefulSet, Kinds.pod]
    let level = WorkLevel.workloads
    private var routing = OwnerRouting(owner: Kinds.statefulSet, dependent: Kinds.pod)

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] { routing.keys(for: change) }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let set = api.object(key), OwnerRouting.selector(of: set) != nil else { return nil }
        let pods = try routing.claim(
            for: set, &api, mayAdopt: { pod in StatefulPods.ordinal(of: pod.name, in: set) != nil })
        let revisions = try Revisions(of: set, hashLabel: "controller.kubernetes.io/hash", &api)
        var sync = StatefulSetSync(set, pods, revisions)
        if set.isBeingDeleted { return nil }
        do throws(APIStatus) {
            try sync.run(&api, &events)
        } catch {
            try set.updatingStatus(sync.status, &api)
            throw error
        }
        try set.updatingStatus(sync.status, &api)
        let kept = Set([sync.status["currentRevision"]?.string, sync.status["updateRevision"]?.string])
        let used = Set(pods.compactMap { $0.labels[StatefulPods.revisionLabel] })
        try revisions.cleanUp(
            limit: set.spec["revisionHistoryLimit"]?.integer ?? 10,
            inUse: { kept.contains($0.name) || used.contains($0.name) }, &api)
        return pods.nextAvailable(minReadySeconds: set.spec["minReadySeconds"]?.integer ?? 0, now: api.now)
    }
}
