internal import FoundationEssentials
internal import Placement
internal import Resources

/// One look at a DaemonSet: which pods to make and to end, node by node.
struct DaemonSetSync {
    private static let component = "daemonset-controller"

    private let set: KubernetesObject
    private let hash: String
    private let minReady: Int
    private let meant: [String]
    /// Nodes that get no pod, but keep one that is there.
    private let kept: Set<String>
    private var byNode: [String: [KubernetesObject]] = [:]

    init(_ set: KubernetesObject, _ pods: [KubernetesObject], _ revision: KubernetesObject, nodes: [SchedulingNode]) {
        self.set = set
        hash = revision.labels[StatefulPods.revisionLabel] ?? ""
        minReady = set.spec["minReadySeconds"]?.integer ?? 0
        let model = SchedulingPod(DaemonPods.pod(of: set, hash: hash, node: nil))
        let verdicts = nodes.map { ($0.name, DaemonPlacement.verdict(on: $0, for: model)) }
        meant = verdicts.filter { $0.1 == .meant }.map(\.0)
        kept = Set(verdicts.filter { $0.1 != .refused }.map(\.0))
        byNode = Dictionary(grouping: pods.inOrderOfCreation, by: DaemonPods.node)
    }

    private var maxSurge: Int {
        self.set.spec[path: "updateStrategy", "rollingUpdate", "maxSurge"]?.scaled(of: meant.count, roundsUp: true) ?? 0
    }

    private var maxUnavailable: Int {
        let value = set.spec[path: "updateStrategy", "rollingUpdate", "maxUnavailable"] ?? 1
        let number = value.scaled(of: meant.count, roundsUp: true) ?? 1
        return number == 0 && maxSurge == 0 ? 1 : number
    }

    private func isNew(_ pod: KubernetesObject) -> Bool { pod.labels[StatefulPods.revisionLabel] == hash }

    mutating func run(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        try keepOne(&api, &events)
        if set.spec[path: "updateStrategy", "type"]?.string != "OnDelete" {
            try maxSurge > 0 ? surge(&api, &events) : roll(&api, &events)
        }
    }

    /// Ends what failed or is too much, and makes what is missing.
    private mutating func keepOne(
        _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        for (node, pods) in byNode.sorted(by: { $0.key < $1.key }) {
            for pod in pods where pod.hasEnded && !pod.isBeingDeleted {
                let message =
                    "Found failed daemon pod \(pod.namespace)/\(pod.name) on node \(node), will try to kill it"
                events.record(.warning("FailedDaemonPod", message, by: Self.component), about: set, &api)
                try remove(pod, from: node, &api, &events)
            }
            let active = (byNode[node] ?? []).filter(\.isActivePod)
            var surplus = kept.contains(node) ? Array(active.dropFirst()) : active
            if maxSurge > 0, kept.contains(node) {
                surplus = Array(active.filter(isNew).dropFirst() + active.filter { !isNew($0) }.dropFirst())
            }
            for pod in surplus { try remove(pod, from: node, &api, &events) }
        }
        for node in meant where byNode[node]?.isEmpty ?? true { try create(on: node, &api, &events) }
    }

    private mutating func create(
        on node: String, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        do throws(APIStatus) {
            let pod = try api.create(DaemonPods.pod(of: set, hash: hash, node: node), by: Manager.controllers)
            byNode[node, default: []].append(pod)
            events.record(.normal("SuccessfulCreate", "Created pod: \(pod.name)", by: Self.component), about: set, &api)
        } catch {
            if isTerminating(set.namespace, api) { return }
            events.record(
                .warning("FailedCreate", "Error creating: \(error.message)", by: Self.component), about: set, &api)
            throw error
        }
    }

    private mutating func remove(
        _ pod: KubernetesObject, from node: String, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        try api.delete(pod.identity, uid: pod.uid, propagation: .background, gracePeriod: nil)
        byNode[node]?.removeAll { $0.uid == pod.uid }
        if let ending = api.object(pod.identity) { byNode[node]?.append(ending) }
        events.record(.normal("SuccessfulDelete", "Deleted pod: \(pod.name)", by: Self.component), about: set, &api)
    }

    private func isAvailable(_ pod: KubernetesObject, now: Date) -> Bool {
        pod.isActivePod && pod.isAvailablePod(minReadySeconds: minReady, now: now)
    }

    /// Ends old pods, those first that are not available, as many as may be away at once (`rollingUpdate`).
    private mutating func roll(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        var (free, candidates): ([KubernetesObject], [KubernetesObject]) = ([], [])
        var unavailable = 0
        for node in meant {
            let pods = byNode[node] ?? []
            if !pods.contains(where: { isAvailable($0, now: api.now) }) { unavailable += 1 }
            guard let old = pods.first(where: { $0.isActivePod && !isNew($0) }) else { continue }
            if isAvailable(old, now: api.now) { candidates.append(old) } else { free.append(old) }
        }
        for pod in free + candidates.prefix(max(0, maxUnavailable - unavailable)) {
            try remove(pod, from: DaemonPods.node(of: pod), &api, &events)
        }
    }

    /// Makes new pods beside old ones, and ends these when the new ones are available.
    private mutating func surge(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        var waiting: [String] = []
        var surging = 0
        for node in meant {
            let pods = (byNode[node] ?? []).filter(\.isActivePod)
            guard let old = pods.first(where: { !isNew($0) }) else { continue }
            guard let new = pods.first(where: isNew) else {
                waiting.append(node)
                continue
            }
            if isAvailable(new, now: api.now) {
                try remove(old, from: node, &api, &events)
            } else {
                surging += 1
            }
        }
        for node in waiting.prefix(max(0, maxSurge - surging)) { try create(on: node, &api, &events) }
    }

    func status(now: Date) -> Value {
        var status = set.status.isNull ? [:] : set.status
        var (current, ready, available, updated) = (0, 0, 0, 0)
        for node in meant {
            guard let pod = (byNode[node] ?? []).filter({ !$0.hasEnded }).first else { continue }
            current += 1
            if pod.isReadyPod {
                ready += 1
                if pod.isAvailablePod(minReadySeconds: minReady, now: now) { available += 1 }
            }
            if isNew(pod) { updated += 1 }
        }
        let misplaced = byNode.count { node, pods in !meant.contains(node) && pods.contains(where: \.isActivePod) }
        status["observedGeneration"] = set.generation.flatMap(Value.nonZero)
        status["desiredNumberScheduled"] = .number(meant.count)
        status["currentNumberScheduled"] = .number(current)
        status["numberMisscheduled"] = .number(misplaced)
        status["numberReady"] = .number(ready)
        status["updatedNumberScheduled"] = .nonZero(updated)
        status["numberAvailable"] = .nonZero(available)
        status["numberUnavailable"] = .nonZero(meant.count - available)
        return status
    }
}
