internal import FoundationEssentials
internal import Resources

/// Counts how many pods of a PodDisruptionBudget may go (pkg/controller/disruption/disruption.go).
struct DisruptionController: Controller {
    let watched: [GroupKind]? = [Kinds.budget, Kinds.pod]
    let level = WorkLevel.summaries
    private var selectors = SelectorIndex()
    /// How long a pod whose eviction is granted may take until its deletion begins (`DeletionTimeout`), in seconds.
    private static let deletionTimeout = 120.0

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        let namespace = change.identity.namespace
        if change.identity.groupKind == Kinds.budget {
            selectors.note(change.identity, change.isDeletion ? nil : Self.selector(of: change.object))
            return change.isDeletion ? [] : [change.identity]
        }
        if let earlier = change.earlier, !change.isDeletion, earlier.isReadyPod == change.object.isReadyPod,
            earlier.phase == change.object.phase, earlier.isBeingDeleted == change.object.isBeingDeleted,
            earlier.metadata["labels"] == change.object.metadata["labels"]
        {
            return []
        }
        return selectors.names(matching: change.object.labels, in: namespace)
            .map { ObjectIdentity(groupKind: Kinds.budget, namespace: namespace, name: $0) }
    }

    /// An empty selector matches every pod, and none in `policy/v1beta1`.
    static func selector(of budget: KubernetesObject) -> LabelSelector? {
        let selector = LabelSelector(budget.spec["selector"])
        let isNothing = budget.apiVersion == "policy/v1beta1" && selector?.requirements.isEmpty ?? true
        return isNothing ? nil : selector
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let budget = api.object(key), !budget.isBeingDeleted else { return nil }
        let selector = Self.selector(of: budget)
        let pods = api.objects(Kinds.pod, namespace: key.namespace).filter { pod in
            !pod.hasEnded && selector?.matches(pod.labels) ?? false
        }
        let disrupted = Self.disrupted(budget, pods, now: api.now)
        let (expected, wanted) = counts(budget, pods, api)
        let healthy = pods.count { $0.isReadyPod && !$0.isBeingDeleted && disrupted[$0.name] == nil }
        let allowed = expected > 0 ? max(0, healthy - wanted) : 0
        var status = budget.status.isNull ? [:] : budget.status
        status["observedGeneration"] = budget.generation.flatMap(Value.nonZero)
        status["disruptionsAllowed"] = .number(allowed)
        status["disruptedPods"] = disrupted.isEmpty ? nil : .object(disrupted)
        status["currentHealthy"] = .number(healthy)
        status["desiredHealthy"] = .number(wanted)
        status["expectedPods"] = .number(expected)
        status["conditions"] = Self.conditions(of: budget, allowed: allowed, now: api.now)
        try budget.updatingStatus(status, &api)
        return disrupted.values.compactMap(\.instant).min()?.addingTimeInterval(Self.deletionTimeout)
    }

    /// What the budget's conditions say where so many pods may go (`UpdateDisruptionAllowedCondition`).
    static func conditions(of budget: KubernetesObject, allowed: Int, now: Date) -> Value? {
        var conditions = Conditions(budget)
        conditions.set(
            "DisruptionAllowed", allowed > 0 ? "True" : "False", allowed > 0 ? "SufficientPods" : "InsufficientPods",
            "", now: now, fields: budget.generation.map { ["observedGeneration": .number($0)] } ?? [:])
        return conditions.value
    }

    /// Since when the eviction of pods is granted that are not going yet: none of them counts as well until it has had
    /// its time (`buildDisruptedPodMap`).
    private static func disrupted(
        _ budget: KubernetesObject, _ pods: [KubernetesObject], now: Date
    ) -> [String: Value] {
        let going = Set(pods.filter { !$0.isBeingDeleted }.map(\.name))
        return (budget.status["disruptedPods"]?.object ?? [:]).filter { name, time in
            guard going.contains(name), let start = time.instant else { return false }
            return start.addingTimeInterval(deletionTimeout) > now
        }
    }

    /// How many pods there are to be, and how many of them must be well (`getExpectedPodCount`).
    private func counts(
        _ budget: KubernetesObject, _ pods: [KubernetesObject], _ api: some ControllerAccess
    ) -> (expected: Int, wanted: Int) {
        if let unavailable = budget.spec["maxUnavailable"] {
            let expected = scale(of: pods, api)
            return (expected, max(0, expected - (unavailable.scaled(of: expected, roundsUp: true) ?? 0)))
        }
        guard let available = budget.spec["minAvailable"] else { return (pods.count, 0) }
        if let number = available.integer { return (pods.count, number) }
        let expected = scale(of: pods, api)
        return (expected, available.scaled(of: expected, roundsUp: true) ?? 0)
    }

    /// What the pods' controllers ask for.
    private func scale(of pods: [KubernetesObject], _ api: some ControllerAccess) -> Int {
        var makers: [String: Int] = [:]
        for pod in pods {
            guard let reference = pod.controllerReference, makers[reference.uid] == nil else { continue }
            let maker = api.object(
                ObjectIdentity(groupKind: reference.groupKind, namespace: pod.namespace, name: reference.name))
            if let maker { makers[reference.uid] = scale(of: maker, api) }
        }
        return makers.values.reduce(0, +)
    }

    /// A ReplicaSet's number is its Deployment's.
    private func scale(of maker: KubernetesObject, _ api: some ControllerAccess) -> Int {
        guard let reference = maker.controllerReference,
            let owner = api.object(
                ObjectIdentity(groupKind: reference.groupKind, namespace: maker.namespace, name: reference.name))
        else { return maker.replicas }
        return owner.replicas
    }
}
