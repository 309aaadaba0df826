internal import Resources

/// How many pods a Deployment's ReplicaSets may have at a moment of a rollout
/// (pkg/controller/deployment/util/deployment_util.go, rolling.go).
struct RolloutNumbers: Equatable {
    let desired: Int
    let recreates: Bool
    let maxSurge: Int
    let maxUnavailable: Int

    init(_ deployment: KubernetesObject) {
        desired = deployment.replicas
        let strategy = deployment.spec["strategy"]
        recreates = strategy?["type"]?.string == "Recreate"
        let rolling = strategy?["rollingUpdate"]
        if recreates {
            (maxSurge, maxUnavailable) = (0, 0)
            return
        }
        maxSurge = (rolling?["maxSurge"] ?? "25%").scaled(of: desired, roundsUp: true) ?? 0
        let unavailable = (rolling?["maxUnavailable"] ?? "25%").scaled(of: desired, roundsUp: false) ?? 0
        // Both could be zero by rounding, and then nothing would ever change (`ResolveFenceposts`).
        maxUnavailable = desired == 0 ? 0 : min(desired, maxSurge == 0 && unavailable == 0 ? 1 : unavailable)
    }

    var minAvailable: Int { desired - maxUnavailable }

    /// How large the new ReplicaSet is to be now (`NewRSNewReplicas`).
    func sizeOfNew(_ set: KubernetesObject?, among sets: [KubernetesObject]) -> Int {
        let size = set?.replicas ?? 0
        if recreates || size >= desired { return desired }
        let total = sets.reduce(0) { $0 + $1.replicas }
        return min(desired, size + max(0, desired + maxSurge - total))
    }

    /// How large the old ones are to be now, of those whose size changes: pods that are not available go first
    /// (`reconcileOldReplicaSets`).
    func sizesOfOld(
        _ sets: [KubernetesObject], beside new: KubernetesObject
    ) -> [(set: KubernetesObject, size: Int)] {
        let total = (sets + [new]).reduce(0) { $0 + $1.replicas }
        let unavailable = new.replicas - new.statusNumber("availableReplicas")
        var sizes = sets.map(\.replicas)
        var rest = total - minAvailable - unavailable
        if rest <= 0 || sizes.allSatisfy({ $0 == 0 }) { return [] }
        for (index, set) in sets.enumerated() {
            let count = max(0, min(rest, sizes[index] - set.statusNumber("availableReplicas")))
            sizes[index] -= count
            rest -= count
        }
        rest = (sets + [new]).reduce(0) { $0 + $1.statusNumber("availableReplicas") } - minAvailable
        for index in sets.indices where rest > 0 {
            let count = min(rest, sizes[index])
            sizes[index] -= count
            rest -= count
        }
        return zip(sets, sizes).filter { $0.replicas != $1 }
    }

    /// The sizes of ReplicaSets when a Deployment is scaled while it is rolled out: each by its share (`scale`).
    func proportionalSizes(_ sets: [KubernetesObject]) -> [(set: KubernetesObject, size: Int)] {
        let total = sets.reduce(0) { $0 + $1.replicas }
        let toAdd = (desired > 0 ? desired + maxSurge : 0) - total
        let isNewerFirst = toAdd > 0
        let sorted = sets.sorted { left, right in
            if left.replicas != right.replicas { return left.replicas > right.replicas }
            return isNewerFirst ? left.created > right.created : left.created < right.created
        }
        var added = 0
        var sizes: [Int] = []
        for set in sorted {
            let share = share(of: set)
            let change = toAdd > 0 ? max(0, min(share, toAdd - added)) : min(0, max(share, toAdd - added))
            sizes.append(set.replicas + change)
            added += change
        }
        if !sizes.isEmpty { sizes[0] = max(0, sizes[0] + toAdd - added) }
        return Array(zip(sorted, sizes))
    }

    /// How many pods a ReplicaSet gains when it keeps its part of the whole (`getReplicaSetFraction`).
    private func share(of set: KubernetesObject) -> Int {
        if desired == 0 { return -set.replicas }
        let former =
            set.annotations[RevisionAnnotations.maxReplicas].flatMap { Double($0) } ?? Double(desired + maxSurge)
        let size = Double(set.replicas) * Double(desired + maxSurge) / max(1, former)
        return Int(size.rounded()) - set.replicas
    }
}
