internal import FoundationEssentials
internal import Placement
internal import Resources

/// Keeps a pod of each DaemonSet on every node that is meant to have one (pkg/controller/daemon/daemon_controller.go).
struct DaemonSetController: Controller {
    let watched: [GroupKind]? = [Kinds.daemonSet, Kinds.pod, Kinds.node]
    let level = WorkLevel.workloads
    private var routing = OwnerRouting(owner: Kinds.daemonSet, dependent: Kinds.pod)
    private var sets: Set<ObjectIdentity> = []
    private var nodes: [String: SchedulingNode] = [:]

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        if change.identity.groupKind == Kinds.node {
            var node = change.isDeletion ? nil : SchedulingNode(change.object)
            // Rooms are the scheduler's matter.
            node?.allocatable = ResourceAmounts()
            node?.maximumPods = 0
            if nodes[change.identity.name] == node { return [] }
            nodes[change.identity.name] = node
            return sets.sorted()
        }
        if change.identity.groupKind == Kinds.daemonSet {
            if change.isDeletion { sets.remove(change.identity) } else { sets.insert(change.identity) }
        }
        return routing.keys(for: change)
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let set = api.object(key), OwnerRouting.selector(of: set) != nil else { return nil }
        let pods = try routing.claim(for: set, &api)
        if set.isBeingDeleted { return nil }
        let revisions = try Revisions(of: set, hashLabel: StatefulPods.revisionLabel, &api)
        var sync = DaemonSetSync(set, pods, revisions.update, nodes: nodes.values.sorted { $0.name < $1.name })
        do throws(APIStatus) {
            try sync.run(&api, &events)
        } catch {
            try set.updatingStatus(sync.status(now: api.now), &api)
            throw error
        }
        try set.updatingStatus(sync.status(now: api.now), &api)
        let used = Set(pods.compactMap { $0.labels[StatefulPods.revisionLabel] })
        try revisions.cleanUp(
            limit: set.spec["revisionHistoryLimit"]?.integer ?? 10,
            inUse: { used.contains($0.labels[StatefulPods.revisionLabel] ?? "") }, &api)
        return pods.nextAvailable(minReadySeconds: set.spec["minReadySeconds"]?.integer ?? 0, now: api.now)
    }
}
