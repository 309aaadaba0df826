internal import FoundationEssentials
internal import Resources

/// One look at a Deployment: what it finds, and what it makes of it.
struct DeploymentSync {
    static let component = "deployment-controller"

    private(set) var deployment: KubernetesObject
    let numbers: RolloutNumbers
    /// The ReplicaSet of the present template; nil while there is none.
    var newSet: KubernetesObject?
    var oldSets: [KubernetesObject]
    var conditions: Conditions
    var collisions: Int
    /// When the rollout has lasted too long; nil where it may last.
    var deadline: Date?
    private var observesProgress = false

    /// - Parameter sets: In the order of creation.
    init(_ deployment: KubernetesObject, _ sets: [KubernetesObject]) {
        self.deployment = deployment
        numbers = RolloutNumbers(deployment)
        let template = RevisionTemplate.plain(deployment.spec["template"] ?? [:])
        newSet = sets.first { RevisionTemplate.plain($0.spec["template"] ?? [:]) == template }
        let newUID = newSet?.uid
        oldSets = sets.filter { $0.uid != newUID }
        conditions = Conditions(deployment)
        collisions = deployment.status["collisionCount"]?.integer ?? 0
    }

    var allSets: [KubernetesObject] { oldSets + (newSet.map { [$0] } ?? []) }
    var isPaused: Bool { deployment.spec["paused"]?.bool ?? false }

    mutating func run(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        if deployment.isBeingDeleted { return }
        notePause(now: api.now)
        if isPaused || isScaling {
            try syncRevision(&api)
            try scale(&api, &events)
            if isPaused { try cleanUp(&api) }
            return
        }
        observesProgress = true
        if numbers.recreates {
            try recreate(&api, &events)
        } else {
            try roll(&api, &events)
        }
    }

    private mutating func roll(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        try makeNewSet(&api, &events)
        guard let newSet else { return }
        let size = numbers.sizeOfNew(newSet, among: allSets)
        if newSet.replicas != size { return try resize(newSet, to: size, &api, &events) }
        let sizes = numbers.sizesOfOld(oldSets, beside: newSet)
        for (set, size) in sizes { try resize(set, to: size, &api, &events) }
        if sizes.isEmpty, isComplete { try cleanUp(&api) }
    }

    private mutating func recreate(
        _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        if newSet != nil { try syncRevision(&api) }
        let active = oldSets.filter { $0.replicas > 0 }
        for set in active { try resize(set, to: 0, &api, &events) }
        if !active.isEmpty { return }
        let arePodsLeft = oldSets.contains { set in
            api.objects(Kinds.pod, ownedBy: set.uid ?? "").contains { !$0.hasEnded }
        }
        if arePodsLeft { return }
        try makeNewSet(&api, &events)
        if let newSet { try resize(newSet, to: numbers.desired, &api, &events) }
        if isComplete { try cleanUp(&api) }
    }

    /// Replaces one of the ReplicaSets by what the API made of it.
    mutating func take(_ set: KubernetesObject) {
        if newSet?.uid == set.uid { newSet = set }
        if let index = oldSets.firstIndex(where: { $0.uid == set.uid }) { oldSets[index] = set }
    }

    mutating func takeMetadata(of object: KubernetesObject) { deployment = object }

    mutating func writeStatus(_ api: inout some ControllerAccess) throws(APIStatus) {
        let status = observesProgress ? progressStatus(now: api.now) : plainStatus(now: api.now)
        try deployment.updatingStatus(status, &api)
    }
}

extension KubernetesObject {
    /// `spec.replicas` of a workload, at most what 32 bits hold, as that of a custom resource may have more; 1 where it
    /// doesn't say.
    var replicas: Int { Int(Int32(clamping: spec["replicas"]?.integer ?? 1)) }
    /// A number of the status, which leaves out what is 0.
    func statusNumber(_ field: String) -> Int { value[path: "status", field]?.integer ?? 0 }
}
