internal import FoundationEssentials
internal import Resources

// MARK: making and changing ReplicaSets (pkg/controller/deployment/sync.go)
extension DeploymentSync {
    private var nextRevision: Int { (oldSets.map(RevisionAnnotations.revision).max() ?? 0).nextCount }

    /// Gives the ReplicaSet of the present template the highest revision.
    mutating func syncRevision(_ api: inout some ControllerAccess) throws(APIStatus) {
        guard var set = newSet else { return }
        let former = set
        let annotations = RevisionAnnotations.annotations(of: set.annotations, from: deployment, revision: nextRevision)
        if annotations != set.annotations { set.annotations = annotations }
        if set.spec["minReadySeconds"]?.integer ?? 0 != deployment.spec["minReadySeconds"]?.integer ?? 0 {
            set.value["spec"]?["minReadySeconds"] = deployment.spec["minReadySeconds"]
        }
        if set != former {
            set = try api.update(set, subresource: "", by: Manager.controllers)
            take(set)
        }
        try noteRevision(of: set, &api)
        if hasDeadline, conditions["Progressing"] == nil {
            setProgress("True", "FoundNewReplicaSet", "Found new replica set \"\(set.name)\"", now: api.now)
        }
    }

    private mutating func noteRevision(
        of set: KubernetesObject, _ api: inout some ControllerAccess
    ) throws(APIStatus) {
        let revision = set.annotations[RevisionAnnotations.revision]
        guard deployment.annotations[RevisionAnnotations.revision] != revision else { return }
        var changed = deployment
        changed.annotations[RevisionAnnotations.revision] = revision
        takeMetadata(of: try api.update(changed, subresource: "", by: Manager.controllers))
    }

    /// Sees to it that there is a ReplicaSet of the present template.
    mutating func makeNewSet(
        _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        if newSet != nil { return try syncRevision(&api) }
        let template = RevisionTemplate.plain(deployment.spec["template"] ?? [:])
        var hash = TemplateHash.text(of: template, collisions: collisions)
        while let other = api.object(setIdentity(hash)) {
            if other.isBeingDeleted { return }
            collisions += 1
            hash = TemplateHash.text(of: template, collisions: collisions)
        }
        let size = numbers.sizeOfNew(nil, among: oldSets)
        do throws(APIStatus) {
            newSet = try api.create(newSet(template, hash: hash, size: size), by: Manager.controllers)
        } catch {
            if isTerminating(deployment.namespace, api) { return }
            let message = "Failed to create new replica set \"\(setIdentity(hash).name)\": \(error.message)"
            if hasDeadline { setProgress("False", "ReplicaSetCreateError", message, now: api.now) }
            events.record(.warning("ReplicaSetCreateError", message, by: Self.component), about: deployment, &api)
            throw error
        }
        guard let newSet else { return }
        if size > 0 { report("up", newSet, size, &api, &events) }
        if hasDeadline {
            setProgress("True", "NewReplicaSetCreated", "Created new replica set \"\(newSet.name)\"", now: api.now)
        }
        try noteRevision(of: newSet, &api)
    }

    private func setIdentity(_ hash: String) -> ObjectIdentity {
        ObjectIdentity(
            groupKind: Kinds.replicaSet, namespace: deployment.namespace, name: "\(deployment.name)-\(hash)")
    }

    private func newSet(_ template: Value, hash: String, size: Int) -> KubernetesObject {
        let template = RevisionTemplate.labelled(template, hash: hash)
        var selector = deployment.spec["selector"] ?? [:]
        selector.change(at: ["matchLabels", RevisionTemplate.hashLabel]) { $0 = .string(hash) }
        var spec: Value = ["replicas": .number(size), "selector": selector, "template": template]
        spec["minReadySeconds"] = deployment.spec["minReadySeconds"]
        var metadata: Value = [
            "name": .string(setIdentity(hash).name), "namespace": .string(deployment.namespace),
            "ownerReferences": [deployment.asController],
        ]
        metadata["labels"] = template[path: "metadata", "labels"]
        var set = KubernetesObject([
            "apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": metadata, "spec": spec,
        ])
        set.annotations = sized(
            RevisionAnnotations.annotations(of: [:], from: deployment, revision: nextRevision))
        return set
    }

    private func sized(_ annotations: [String: String]) -> [String: String] {
        var result = annotations
        result[RevisionAnnotations.desiredReplicas] = String(numbers.desired)
        result[RevisionAnnotations.maxReplicas] = String(numbers.desired + numbers.maxSurge)
        return result
    }

    mutating func resize(
        _ set: KubernetesObject, to size: Int, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        let (former, annotations) = (set.replicas, set.annotations)
        if former == size, sized(annotations) == annotations { return }
        var set = set
        set.annotations = sized(annotations)
        set.value["spec"]?["replicas"] = .number(size)
        set = try api.update(set, subresource: "", by: Manager.controllers)
        take(set)
        if former != size { report(size > former ? "up" : "down", set, size, &api, &events) }
    }

    private func report(
        _ direction: String, _ set: KubernetesObject, _ size: Int, _ api: inout some ControllerAccess,
        _ events: inout EventRecorder
    ) {
        let message = "Scaled \(direction) replica set \(set.name) to \(size)"
        events.record(.normal("ScalingReplicaSet", message, by: Self.component), about: deployment, &api)
    }

    /// Whether the Deployment was scaled since its ReplicaSets were (`isScalingEvent`).
    var isScaling: Bool {
        allSets.contains { set in
            guard set.replicas > 0, let text = set.annotations[RevisionAnnotations.desiredReplicas] else {
                return false
            }
            return Int(text) != numbers.desired
        }
    }

    mutating func scale(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        let active = allSets.filter { $0.replicas > 0 }
        if active.count <= 1, let only = active.first ?? newSet ?? oldSets.last {
            return try resize(only, to: numbers.desired, &api, &events)
        }
        if let newSet, isSaturated(newSet) {
            for set in oldSets where set.replicas > 0 { try resize(set, to: 0, &api, &events) }
            return try resize(newSet, to: numbers.desired, &api, &events)
        }
        if numbers.recreates { return }
        for (set, size) in numbers.proportionalSizes(active) { try resize(set, to: size, &api, &events) }
    }

    private func isSaturated(_ set: KubernetesObject) -> Bool {
        let wanted = set.annotations[RevisionAnnotations.desiredReplicas].flatMap { Int($0) }
        return set.replicas == numbers.desired && wanted == numbers.desired
            && set.statusNumber("availableReplicas") == numbers.desired
    }

    /// Deletes the oldest of the ReplicaSets without pods that are more than `revisionHistoryLimit`.
    mutating func cleanUp(_ api: inout some ControllerAccess) throws(APIStatus) {
        let limit = deployment.spec["revisionHistoryLimit"]?.integer ?? 10
        let alive = oldSets.filter { !$0.isBeingDeleted }
            .sorted { RevisionAnnotations.revision(of: $0) < RevisionAnnotations.revision(of: $1) }
        for set in alive.prefix(max(0, alive.count - limit)) {
            let isSeen = set.statusNumber("observedGeneration") >= set.generation ?? 0
            guard set.statusNumber("replicas") == 0, set.replicas == 0, isSeen else { continue }
            try api.delete(set.identity, uid: set.uid, propagation: .background, gracePeriod: nil)
            oldSets.removeAll { $0.uid == set.uid }
        }
    }
}
