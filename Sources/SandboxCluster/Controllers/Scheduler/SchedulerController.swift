internal import FoundationEssentials
internal import Placement
internal import Resources

/// Binds pods to nodes: by Placement's filters and scores, the most important pods first, of equals the oldest.
struct SchedulerController: Controller {
    let watched: [GroupKind]? = [
        Kinds.pod, Kinds.node, Kinds.namespace, Kinds.claim, Kinds.volume, Kinds.storageClass,
    ]
    let level = WorkLevel.pods
    private static let key = ObjectIdentity(group: "", kind: "Scheduler", name: "default-scheduler")
    private static let component = "default-scheduler"

    private var session = PlacementSession()
    private var nodes: [String: SchedulingNode] = [:]
    private var queue = SchedulingQueue()
    /// By UID, the node that a pod's claims are bound for.
    private var reserved: [String: String] = [:]

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        switch change.identity.groupKind {
        case Kinds.pod: note(pod: change)
        case Kinds.node: note(node: change)
        case Kinds.namespace:
            let labels = change.isDeletion ? nil : change.object.labels
            if session.namespaces[change.identity.name] != labels {
                session.namespaces[change.identity.name] = labels
            }
        default: note(storage: change)
        }
        return queue.hasWork ? [Self.key] : []
    }

    private mutating func note(pod change: NotedChange) {
        let object = change.object
        if let earlier = change.earlier, !change.isDeletion, earlier.value["spec"] == object.value["spec"],
            earlier.metadata["labels"] == object.metadata["labels"], earlier.isBeingDeleted == object.isBeingDeleted,
            earlier.hasEnded == object.hasEnded
        {
            return
        }
        if change.isDeletion {
            queue.remove(change.identity)
            reserved[object.uid ?? ""] = nil
            if session.remove(namespace: object.namespace, name: object.name) { queue.retry() }
            return
        }
        let pod = SchedulingPod(object)
        if pod.isBound || pod.hasEnded {
            queue.remove(change.identity)
            let isLess = pod.hasEnded || pod.isBeingDeleted
            if session.place(pod), isLess || queue.cares { queue.retry() }
        } else if pod.scheduler == Self.component, !pod.isGated, !pod.isBeingDeleted {
            queue.add(change.identity, pod, created: object.created)
        } else {
            queue.remove(change.identity)
        }
    }

    private mutating func note(node change: NotedChange) {
        let node = change.isDeletion ? nil : SchedulingNode(change.object)
        if nodes[change.identity.name] == node { return }
        nodes[change.identity.name] = node
        session.nodes = nodes.values.sorted { $0.name < $1.name }
        queue.retry()
    }

    private mutating func note(storage change: NotedChange) {
        switch (change.identity.groupKind, change.isDeletion) {
        case (Kinds.claim, false): session.volumes.learn(claim: change.object)
        case (Kinds.claim, true): session.volumes.forget(claim: change.object)
        case (Kinds.volume, false): session.volumes.learn(volume: change.object)
        case (Kinds.volume, true): session.volumes.volumes[change.identity.name] = nil
        case (_, false): session.volumes.learn(storageClass: change.object)
        default: session.volumes.classes[change.identity.name] = nil
        }
        queue.retry()
    }

    mutating func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        if let next = queue.next(now: api.now), let object = api.object(next.identity), object.nodeName.isEmpty,
            !object.isBeingDeleted, !object.hasEnded
        {
            do throws(APIStatus) {
                try schedule(object, next, &api, &events)
            } catch {
                queue.wait(next, now: api.now, isRefused: true)
                queue.retry()
                throw error
            }
        }
        return queue.deadline(now: api.now)
    }

    mutating func shift(by seconds: TimeInterval) { queue.shift(by: seconds) }

    private mutating func schedule(
        _ object: KubernetesObject, _ waiting: SchedulingQueue.Entry, _ api: inout some ControllerAccess,
        _ events: inout EventRecorder
    ) throws(APIStatus) {
        var choice = session.choose(for: waiting.pod, only: reserved[object.uid ?? ""])
        if case .none = choice, reserved.removeValue(forKey: object.uid ?? "") != nil {
            choice = session.choose(for: waiting.pod)
        }
        switch choice {
        case .node(let node):
            let late = session.lateClaims(of: waiting.pod)
            if !late.isEmpty {
                reserved[object.uid ?? ""] = node
                queue.wait(waiting, now: api.now, isRefused: false)
                return try select(node, for: late, of: object, &api)
            }
            reserved[object.uid ?? ""] = nil
            try api.bind(pod: object.identity, to: node)
            let message = "Successfully assigned \(object.namespace)/\(object.name) to \(node)"
            events.record(.normal("Scheduled", message, by: Self.component), about: object, &api)
        case .none(let failures):
            queue.wait(waiting, now: api.now, isRefused: true)
            try refuse(object, waiting.pod, FilterFailure.message(failures), &api, &events)
        }
    }

    /// Tells the provisioners of the pod's claims which node it will be on.
    private func select(
        _ node: String, for claims: [String], of pod: KubernetesObject, _ api: inout some ControllerAccess
    ) throws(APIStatus) {
        for name in claims {
            let identity = ObjectIdentity(groupKind: Kinds.claim, namespace: pod.namespace, name: name)
            guard var claim = api.object(identity), claim.annotations[VolumeAnnotations.selectedNode] != node else {
                continue
            }
            claim.annotations[VolumeAnnotations.selectedNode] = node
            _ = try api.update(claim, subresource: "", by: Manager.scheduler)
        }
    }

    private mutating func refuse(
        _ object: KubernetesObject, _ pod: SchedulingPod, _ message: String, _ api: inout some ControllerAccess,
        _ events: inout EventRecorder
    ) throws(APIStatus) {
        events.record(.warning("FailedScheduling", message, by: Self.component), about: object, &api)
        let nominated = object.status["nominatedNodeName"]?.string
        let preemption = session.preemption(for: pod, nominated: nominated)
        var status = object.status
        var conditions = Conditions(object)
        if conditions["PodScheduled"]?["message"]?.string != message {
            let fields: [String: Value] = ["lastProbeTime": .null]
            conditions.set("PodScheduled", "False", "Unschedulable", message, now: api.now, fields: fields)
        }
        status["conditions"] = conditions.value
        if let preemption { status["nominatedNodeName"] = .string(preemption.node) }
        try object.updatingStatus(status, &api, by: Manager.scheduler)
        for victim in preemption?.victims ?? [] {
            guard let other = api.object(victim.identity) else { continue }
            let reason = "Preempted by \(object.namespace)/\(object.name) on node \(victim.nodeName ?? "")"
            events.record(.normal("Preempted", reason, by: Self.component), about: other, &api)
            try api.delete(other.identity, uid: other.uid, propagation: .background, gracePeriod: nil)
        }
    }
}
