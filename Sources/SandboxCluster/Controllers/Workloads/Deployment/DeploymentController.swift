internal import FoundationEssentials
internal import Resources

/// Rolls out Deployments by their ReplicaSets (pkg/controller/deployment/deployment_controller.go).
struct DeploymentController: Controller {
    let watched: [GroupKind]? = [Kinds.deployment, Kinds.replicaSet, Kinds.pod]
    let level = WorkLevel.owners
    private var routing = OwnerRouting(owner: Kinds.deployment, dependent: Kinds.replicaSet)
    /// The Deployments of ReplicaSets.
    private var makers: [ObjectIdentity: ObjectIdentity] = [:]

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        if change.identity.groupKind == Kinds.pod { return maker(ofGonePod: change).map { [$0] } ?? [] }
        if change.identity.groupKind == Kinds.replicaSet {
            let owner = change.controller.flatMap { $0.groupKind == Kinds.deployment ? $0.name : nil }
            makers[change.identity] = owner.flatMap { name in
                change.isDeletion
                    ? nil
                    : ObjectIdentity(groupKind: Kinds.deployment, namespace: change.identity.namespace, name: name)
            }
        }
        return routing.keys(for: change)
    }

    /// `Recreate` waits for the end of old pods, which their ReplicaSet no longer counts.
    private func maker(ofGonePod change: NotedChange) -> ObjectIdentity? {
        guard change.isDeletion, let owner = change.controller, owner.groupKind == Kinds.replicaSet else { return nil }
        return makers[
            ObjectIdentity(groupKind: Kinds.replicaSet, namespace: change.identity.namespace, name: owner.name)]
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let deployment = api.object(key) else { return nil }
        guard OwnerRouting.selector(of: deployment) != nil else {
            let message = "This deployment is selecting all pods. A non-empty selector is required."
            events.record(.warning("SelectingAll", message, by: DeploymentSync.component), about: deployment, &api)
            return nil
        }
        let sets = try routing.claim(for: deployment, &api).inOrderOfCreation
        var sync = DeploymentSync(deployment, sets)
        do throws(APIStatus) {
            try sync.run(&api, &events)
        } catch {
            try? sync.writeStatus(&api)
            throw error
        }
        try sync.writeStatus(&api)
        return sync.deadline
    }
}
