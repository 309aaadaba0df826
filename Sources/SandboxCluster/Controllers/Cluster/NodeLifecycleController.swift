internal import FoundationEssentials
internal import Placement
internal import Resources

/// Taints nodes that are not well, and evicts from them what doesn't bear that (pkg/controller/nodelifecycle,
/// pkg/controller/tainteviction, pkg/controller/podgc).
struct NodeLifecycleController: Controller {
    let watched: [GroupKind]? = [Kinds.node, Kinds.pod]
    let level = WorkLevel.pods
    /// By node, the pods on it.
    private var pods: [String: Set<ObjectIdentity>] = [:]
    /// Since when a node that pods are bound to isn't there.
    private var missing: [String: Date] = [:]
    /// How long it may come back, in seconds (`quarantineTime` in pkg/controller/podgc).
    private static let quarantine = 40.0
    private static let prefix = "node.kubernetes.io/"

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        if change.identity.groupKind == Kinds.node {
            if !change.isDeletion { missing[change.identity.name] = nil }
            let onIt = (pods[change.identity.name] ?? []).sorted()
            if change.isDeletion { return onIt }
            let isTainted = change.object.spec["taints"] != change.earlier?.spec["taints"]
            return [change.identity] + (isTainted || change.kind == .added ? onIt : [])
        }
        let node = change.object.nodeName
        if node.isEmpty { return [] }
        if change.isDeletion {
            pods[node]?.remove(change.identity)
            return []
        }
        return pods[node, default: []].insert(change.identity).inserted ? [change.identity] : []
    }

    mutating func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let object = api.object(key) else { return nil }
        if key.groupKind == Kinds.node {
            try taint(object, &api)
            return nil
        }
        return try evict(object, &api, &events)
    }

    mutating func shift(by seconds: TimeInterval) {
        missing = missing.mapValues { $0.addingTimeInterval(seconds) }
    }

    private func taint(_ node: KubernetesObject, _ api: inout some ControllerAccess) throws(APIStatus) {
        var wanted: [(key: String, effect: String)] = []
        switch node.condition("Ready")?["status"]?.string {
        case "False": wanted += [("not-ready", "NoSchedule"), ("not-ready", "NoExecute")]
        case "Unknown": wanted += [("unreachable", "NoSchedule"), ("unreachable", "NoExecute")]
        case "True": break
        default: return
        }
        for (condition, key) in [
            ("MemoryPressure", "memory-pressure"), ("DiskPressure", "disk-pressure"), ("PIDPressure", "pid-pressure"),
        ] where node.hasTrueCondition(condition) { wanted.append((key, "NoSchedule")) }
        if node.spec["unschedulable"] == true { wanted.append(("unschedulable", "NoSchedule")) }
        let known: Set<String> = [
            "not-ready", "unreachable", "memory-pressure", "disk-pressure", "pid-pressure", "unschedulable",
        ]
        let former = node.spec["taints"]?.array ?? []
        func isKept(_ taint: Value) -> Bool {
            let key = taint["key"]?.string ?? ""
            guard key.hasPrefix(Self.prefix), known.contains(String(key.dropFirst(Self.prefix.count))) else {
                return true
            }
            return wanted.contains { Self.prefix + $0.key == key && $0.effect == taint["effect"]?.string }
        }
        var taints = former.filter(isKept)
        for (key, effect) in wanted {
            let key = Self.prefix + key
            if taints.contains(where: { $0["key"]?.string == key && $0["effect"]?.string == effect }) { continue }
            taints.append(["key": .string(key), "effect": .string(effect), "timeAdded": api.now.apiTime])
        }
        if taints == former { return }
        var changed = node
        changed.value["spec"] = node.spec.isNull ? [:] : node.spec
        changed.value["spec"]?["taints"] = taints.isEmpty ? nil : .array(taints)
        _ = try api.update(changed, subresource: "", by: Manager.controllers)
    }

    /// - Returns: When the pod has tolerated its node's taints for as long as it does.
    private mutating func evict(
        _ pod: KubernetesObject, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let node = api.object(ObjectIdentity(groupKind: Kinds.node, name: pod.nodeName)) else {
            let since = missing[pod.nodeName] ?? api.now
            missing[pod.nodeName] = since
            let end = since.addingTimeInterval(Self.quarantine)
            if api.now < end { return end }
            // With the node its kubelet is gone, which would have confirmed the pod's end.
            try api.delete(pod.identity, uid: pod.uid, propagation: .background, gracePeriod: 0)
            return nil
        }
        if pod.isBeingDeleted || pod.hasEnded { return nil }
        if ["False", "Unknown"].contains(node.condition("Ready")?["status"]?.string), pod.isReadyPod {
            try loseReadiness(pod, &api, &events)
        }
        var end: Date?
        for taint in node.spec["taints"]?.array ?? [] where taint["effect"] == "NoExecute" {
            guard let seconds = tolerance(of: pod, for: taint) else { return try expel(pod, &api, &events) }
            if seconds == .infinity { continue }
            let time = (taint["timeAdded"]?.instant ?? api.now).addingTimeInterval(seconds)
            if time <= api.now { return try expel(pod, &api, &events) }
            end = min(end ?? time, time)
        }
        return end
    }

    /// Nobody speaks for the pods of a node that is not well (`MarkPodsNotReady`).
    private func loseReadiness(
        _ pod: KubernetesObject, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        var conditions = Conditions(pod)
        conditions.set("Ready", "False", now: api.now, fields: ["lastProbeTime": .null])
        var status = pod.status
        status["conditions"] = conditions.value
        try pod.updatingStatus(status, &api)
        events.record(.warning("NodeNotReady", "Node is not ready", by: "node-controller"), about: pod, &api)
    }

    /// For how many seconds the pod bears a taint; nil where it doesn't.
    private func tolerance(of pod: KubernetesObject, for taint: Value) -> Double? {
        let own = Taint(
            key: taint["key"]?.string ?? "", value: taint["value"]?.string ?? "", effect: taint["effect"]?.string ?? "")
        let matching = (pod.spec["tolerations"]?.array ?? []).filter { value in
            let toleration = Toleration(
                key: value["key"]?.string ?? "",
                value: value["operator"]?.string == "Exists" ? nil : value["value"]?.string ?? "",
                effect: value["effect"]?.string ?? "")
            return toleration.tolerates(own)
        }
        if matching.isEmpty { return nil }
        return matching.compactMap { $0["tolerationSeconds"]?.integer.map { Double(max(0, $0)) } }.min() ?? .infinity
    }

    private func expel(
        _ pod: KubernetesObject, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        let message = "Marking for deletion Pod \(pod.namespace)/\(pod.name)"
        events.record(.normal("TaintManagerEviction", message, by: "taint-eviction-controller"), about: pod, &api)
        try api.delete(pod.identity, uid: pod.uid, propagation: .background, gracePeriod: nil)
        return nil
    }
}
