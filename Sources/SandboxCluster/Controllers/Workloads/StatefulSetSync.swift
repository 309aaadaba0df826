internal import FoundationEssentials
internal import Resources

/// One look at a StatefulSet: which of its pods to make and to end, in their order.
struct StatefulSetSync {
    private static let component = "statefulset-controller"
    /// How many pods one look makes or ends at most, where their order is none: what becomes of them brings the next look.
    private static let burst = 500

    private let set: KubernetesObject
    private let current: KubernetesObject
    private let update: KubernetesObject
    private let pods: StatefulPods
    /// By ordinal; those that there are.
    private var members: [Int: KubernetesObject] = [:]
    private var first: Int
    private let isOrdered: Bool
    private let minReady: Int
    private var counts = (replicas: 0, ready: 0, available: 0, current: 0, updated: 0)

    init(_ set: KubernetesObject, _ pods: [KubernetesObject], _ revisions: Revisions) {
        self.set = set
        update = revisions.update
        current = revisions.named(set.status["currentRevision"]?.string) ?? revisions.update
        self.pods = StatefulPods(set)
        first = set.spec[path: "ordinals", "start"]?.integer ?? 0
        isOrdered = set.spec["podManagementPolicy"]?.string != "Parallel"
        minReady = set.spec["minReadySeconds"]?.integer ?? 0
        for pod in pods {
            if let ordinal = StatefulPods.ordinal(of: pod.name, in: set) { members[ordinal] = pod }
        }
    }

    private var last: Int { first + set.replicas - 1 }
    private var partition: Int { self.set.spec[path: "updateStrategy", "rollingUpdate", "partition"]?.integer ?? 0 }
    private var updatesOnDelete: Bool { self.set.spec[path: "updateStrategy", "type"]?.string == "OnDelete" }

    mutating func run(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        count(now: api.now)
        if try fill(&api, &events), try shrink(&api, &events), !updatesOnDelete {
            try roll(&api, &events)
        }
    }

    private mutating func count(now: Date) {
        for pod in members.values {
            counts.replicas += 1
            if isHealthy(pod) {
                counts.ready += 1
                if pod.isAvailablePod(minReadySeconds: minReady, now: now) { counts.available += 1 }
            }
            if !pod.isBeingDeleted { note(pod, 1) }
        }
    }

    private mutating func note(_ pod: KubernetesObject, _ change: Int) {
        let revision = pod.labels[StatefulPods.revisionLabel]
        if revision == current.name { counts.current += change }
        if revision == update.name { counts.updated += change }
    }

    private func isHealthy(_ pod: KubernetesObject) -> Bool {
        pod.phase == "Running" && pod.isReadyPod && !pod.isBeingDeleted
    }

    private func isSettled(_ pod: KubernetesObject, now: Date) -> Bool {
        isHealthy(pod) && pod.isAvailablePod(minReadySeconds: minReady, now: now)
    }

    /// Makes the pods that are missing.
    /// - Returns: Whether to go on: in order, each pod waits for the one before it.
    private mutating func fill(
        _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Bool {
        guard last >= first else { return true }
        let most = members.count + Self.burst
        for ordinal in first...last {
            if members.count >= most { return false }
            if let pod = members[ordinal], pod.hasEnded, !pod.isBeingDeleted {
                let message = "StatefulSet \(set.namespace)/\(set.name) is recreating failed Pod \(pod.name)"
                events.record(.warning("RecreatingFailedPod", message, by: Self.component), about: set, &api)
                try remove(pod, &api, &events)
                if members[ordinal] != nil { return false }
            }
            guard let pod = members[ordinal] else {
                try create(ordinal, &api, &events)
                if isOrdered { return false }
                continue
            }
            if isOrdered, !isSettled(pod, now: api.now) { return false }
        }
        return true
    }

    private mutating func create(
        _ ordinal: Int, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        let revision = revision(of: ordinal)
        let name = "\(set.name)-\(ordinal)"
        do throws(APIStatus) {
            for claim in pods.claims(of: ordinal) where api.object(claim.identity) == nil {
                _ = try api.create(claim, by: Manager.controllers)
                let message = "create Claim \(claim.name) Pod \(name) in StatefulSet \(set.name) success"
                events.record(.normal("SuccessfulCreate", message, by: Self.component), about: set, &api)
            }
            let pod = try api.create(pods.pod(ordinal, revision), by: Manager.controllers)
            members[ordinal] = pod
            counts.replicas += 1
            note(pod, 1)
        } catch {
            let message = "create Pod \(name) in StatefulSet \(set.name) failed error: \(error.message)"
            events.record(.warning("FailedCreate", message, by: Self.component), about: set, &api)
            throw error
        }
        let message = "create Pod \(name) in StatefulSet \(set.name) successful"
        events.record(.normal("SuccessfulCreate", message, by: Self.component), about: set, &api)
    }

    /// Which template a new pod gets (`newVersionedStatefulSetPod`).
    private func revision(of ordinal: Int) -> KubernetesObject {
        if updatesOnDelete { return update }
        let isCurrent =
            partition > 0
            ? ordinal < first + partition : ordinal < first + set.statusNumber("currentReplicas")
        return isCurrent ? current : update
    }

    /// Ends the pods that are too many, the last first.
    private mutating func shrink(
        _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Bool {
        let condemned = members.filter { $0.key < first || $0.key > last }.sorted { $0.key > $1.key }
        let unhealthy = members.sorted { $0.key < $1.key }.first { !isHealthy($0.value) }?.value
        for (_, pod) in condemned.filter({ isOrdered || !$0.value.isBeingDeleted }).prefix(Self.burst) {
            if pod.isBeingDeleted { return false }
            if isOrdered, !isSettled(pod, now: api.now), pod.uid != unhealthy?.uid { return false }
            try remove(pod, &api, &events)
            if isOrdered { return false }
        }
        return true
    }

    /// Ends one pod of an earlier template, the last first, and waits until all above it are well.
    private mutating func roll(
        _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        let lowest = first + partition
        guard last >= lowest else { return }
        for ordinal in (lowest...last).reversed() {
            guard let pod = members[ordinal] else { return }
            if pod.labels[StatefulPods.revisionLabel] != update.name, !pod.isBeingDeleted {
                return try remove(pod, &api, &events)
            }
            if !isSettled(pod, now: api.now) { return }
        }
    }

    private mutating func remove(
        _ pod: KubernetesObject, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        try api.delete(pod.identity, uid: pod.uid, propagation: .background, gracePeriod: nil)
        note(pod, -1)
        let ordinal = StatefulPods.ordinal(of: pod.name, in: set) ?? -1
        members[ordinal] = api.object(pod.identity)
        if members[ordinal] == nil { counts.replicas -= 1 }
        let message = "delete Pod \(pod.name) in StatefulSet \(set.name) successful"
        events.record(.normal("SuccessfulDelete", message, by: Self.component), about: set, &api)
    }

    var status: Value {
        var status = set.status.isNull ? [:] : set.status
        var (currentName, currentCount) = (current.name, counts.current)
        // The rollout is complete (`completeRollingUpdate`).
        if !updatesOnDelete, counts.updated == counts.replicas, counts.ready == counts.replicas,
            counts.replicas == set.replicas
        {
            (currentName, currentCount) = (update.name, counts.updated)
        }
        status["observedGeneration"] = set.generation.flatMap(Value.nonZero)
        status["replicas"] = .number(counts.replicas)
        status["readyReplicas"] = .nonZero(counts.ready)
        status["availableReplicas"] = .number(counts.available)
        status["currentReplicas"] = .nonZero(currentCount)
        status["updatedReplicas"] = .nonZero(counts.updated)
        status["currentRevision"] = .string(currentName)
        status["updateRevision"] = .string(update.name)
        status["collisionCount"] = status["collisionCount"] ?? 0
        return status
    }
}
