internal import FoundationEssentials
internal import Resources

/// Plays the kubelets of all nodes: makes the nodes ready, and runs the pods that are bound to them.
struct KubeletController: Controller {
    let watched: [GroupKind]? = [Kinds.pod, Kinds.node, Kinds.configMap, Kinds.secret, Kinds.claim]
    let level = WorkLevel.pods
    private let settings: ControllerSettings
    private var runs: [ObjectIdentity: PodRun] = [:]
    /// The address of each node whose kubelet lives.
    private var hosts: [String: String] = [:]
    /// By node, the pods on it.
    private var pods: [String: Set<ObjectIdentity>] = [:]
    /// By namespace, the pods that wait for a ConfigMap, a Secret or a claim.
    private var blocked: [String: Set<ObjectIdentity>] = [:]
    private var addresses = 0

    init(settings: ControllerSettings) {
        self.settings = settings
    }

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        switch change.identity.groupKind {
        case Kinds.pod: return note(pod: change) ? [change.identity] : []
        case Kinds.node:
            let name = change.identity.name
            let former = hosts[name]
            hosts[name] = change.isDeletion ? nil : KubeletNode.host(of: change.object)
            if change.isDeletion { return [] }
            return [change.identity] + (former == nil && hosts[name] != nil ? (pods[name] ?? []).sorted() : [])
        default: return (blocked[change.identity.namespace] ?? []).sorted()
        }
    }

    /// - Returns: Whether the pod needs a look.
    private mutating func note(pod change: NotedChange) -> Bool {
        let node = change.object.nodeName
        if node.isEmpty { return false }
        if change.isDeletion {
            pods[node]?.remove(change.identity)
            blocked[change.identity.namespace]?.remove(change.identity)
            runs[change.identity] = nil
            return false
        }
        pods[node, default: []].insert(change.identity)
        noteAddress(change.object)
        // What the kubelet writes itself is no news.
        guard let earlier = change.earlier, runs[change.identity] != nil else { return true }
        return earlier.value["spec"] != change.object.value["spec"]
            || earlier.metadata["annotations"] != change.object.metadata["annotations"]
            || earlier.metadata["finalizers"] != change.object.metadata["finalizers"]
            || earlier.isBeingDeleted != change.object.isBeingDeleted
            || change.object.metadata["deletionGracePeriodSeconds"] != earlier.metadata["deletionGracePeriodSeconds"]
            || change.object.spec["readinessGates"] != nil
    }

    private mutating func noteAddress(_ pod: KubernetesObject) {
        let parts = (pod.status["podIP"]?.string ?? "").split(separator: ".").compactMap { part in
            UInt8(part).map { Int($0) }
        }
        if parts.count == 4, parts[0] == 10, (Self.network..<256).contains(parts[1]) {
            addresses = max(addresses, (parts[1] - Self.network) * 65_536 + parts[2] * 256 + parts[3])
        }
    }

    private static let network = 244

    private mutating func nextAddress() -> String {
        addresses += 1
        // Neither a network's own address nor its broadcast.
        if addresses % 256 == 0 || addresses % 256 == 255 { addresses += addresses % 256 == 255 ? 2 : 1 }
        return "10.\(Self.network + addresses / 65_536 % 12).\(addresses / 256 % 256).\(addresses % 256)"
    }

    mutating func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let object = api.object(key) else { return nil }
        if key.groupKind == Kinds.node {
            try KubeletNode.setUp(object, &api)
            return nil
        }
        guard let host = hosts[object.nodeName] else { return nil }
        if object.isBeingDeleted { return try end(object, host, &api, &events) }
        if object.hasEnded { return nil }
        var run = run(of: object, now: api.now)
        let outcome = run.advance(object, settings: settings, api)
        if run.isStarted, run.address == nil {
            run.address = object.spec["hostNetwork"] == true ? host : nextAddress()
        }
        runs[key] = run
        if run.isBlocked {
            blocked[key.namespace, default: []].insert(key)
        } else {
            blocked[key.namespace]?.remove(key)
        }
        // In a kubelet's order: who sees the status finds the events that explain it.
        for report in outcome.reports { events.record(report, about: object, &api) }
        try object.updatingStatus(run.status(of: object, host: host, now: api.now), &api, by: Manager.kubelet)
        return outcome.again
    }

    mutating func shift(by seconds: TimeInterval) {
        for key in runs.keys { runs[key]?.shift(by: seconds) }
    }

    private func run(of pod: KubernetesObject, now: Date) -> PodRun {
        if let run = runs[pod.identity], run.uid == pod.uid { return run }
        return PodRun(pod, settings: settings, now: now)
    }

    /// Gives the pod time to end, and confirms then that it has.
    private mutating func end(
        _ pod: KubernetesObject, _ host: String, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        var run = run(of: pod, now: api.now)
        let grace = Double(pod.metadata["deletionGracePeriodSeconds"]?.integer ?? 0)
        if pod.hasEnded, grace == 0 { return nil }
        if run.stopTime == nil {
            for container in run.containers where container.isRunning && settings.recordsNormalEvents {
                let message = "Stopping container \(container.name)"
                events.record(
                    .init(
                        type: "Normal", reason: "Killing", message: message, component: "kubelet",
                        container: container.name, isInitContainer: container.isInit), about: pod, &api)
            }
        }
        let time = min(run.stopTime ?? .distantFuture, api.now.addingTimeInterval(min(grace, settings.stopDelay)))
        run.stopTime = time
        runs[pod.identity] = run
        if time > api.now { return time }
        try api.delete(pod.identity, uid: pod.uid, propagation: nil, gracePeriod: 0)
        // Finalizers may hold it still.
        guard let rest = api.object(pod.identity), rest.uid == pod.uid else { return nil }
        run.stop(now: api.now)
        runs[pod.identity] = run
        var status = run.status(of: rest, host: host, now: api.now)
        status["phase"] = "Succeeded"
        try rest.updatingStatus(status, &api, by: Manager.kubelet)
        return nil
    }
}
