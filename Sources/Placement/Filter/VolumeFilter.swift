internal import Resources

/// The scheduler's rules about a pod's claims (pkg/scheduler/framework/plugins/volumebinding).
struct VolumeFilter {
    /// Why no node will do.
    private(set) var podFailure: FilterFailure?
    private var bound: [VolumeFacts.Volume] = []
    private var late: [(claim: VolumeFacts.Claim, storageClass: VolumeFacts.Class)] = []
    private let facts: VolumeFacts

    init(_ pod: SchedulingPod, _ facts: VolumeFacts) {
        self.facts = facts
        for name in pod.claims where podFailure == nil && facts.isComplete { look(at: name, in: pod.namespace) }
    }

    private mutating func look(at name: String, in namespace: String) {
        guard let claim = facts.claim(name, in: namespace) else {
            podFailure = .claim("persistentvolumeclaim \"\(name)\" not found")
            return
        }
        if claim.isLost {
            let volume = claim.volume ?? ""
            podFailure = .claim(
                "persistentvolumeclaim \"\(name)\" bound to non-existent persistentvolume \"\(volume)\"")
        } else if claim.isBeingDeleted {
            podFailure = .claim("persistentvolumeclaim \"\(name)\" is being deleted")
        } else if let volume = claim.volume {
            if let found = facts.volumes[volume] { bound.append(found) }
        } else if let storageClass = facts.storageClass(of: claim), storageClass.bindsLate {
            late.append((claim, storageClass))
        } else if !claim.isNew {
            podFailure = .claim("pod has unbound immediate PersistentVolumeClaims")
        }
    }

    func failure(on node: SchedulingNode) -> FilterFailure? {
        if bound.contains(where: { !$0.nodes.matches(node) }) { return .volumeAffinity }
        return late.allSatisfy { canBind($0.claim, $0.storageClass, on: node) } ? nil : .noVolume
    }

    private func canBind(_ claim: VolumeFacts.Claim, _ storageClass: VolumeFacts.Class, on node: SchedulingNode) -> Bool
    {
        if storageClass.provisions { return storageClass.nodes?.matches(node) ?? true }
        return facts.volumes.values.contains { volume in
            volume.isAvailable && volume.className == (claim.className ?? facts.defaultClass ?? "")
                && volume.size >= claim.size && volume.accessModes.isSuperset(of: claim.accessModes)
                && volume.nodes.matches(node)
        }
    }
}
