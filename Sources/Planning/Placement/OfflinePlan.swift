package import Manifests
internal import Placement
package import Resources

/// A plan that asks no cluster: every object counts as new, on the nodes and beside the pods of a file.
package enum OfflinePlan {
    /// - Parameters:
    ///   - set: with all namespaces filled in.
    ///   - cluster: Node and Pod objects, and what else the scheduler looks at.
    ///   - lostNodes: The nodes without which the pods should still have places.
    /// - Throws: `GraphError`; `Diagnostic` where `lostNodes` are not among the nodes; and `PlanError` where pauses are about no object of the set.
    package static func plan(
        _ set: ManifestSet, application: ApplicationIdentity, source: PlanSource, cluster: [KubernetesObject],
        settings: GuardrailSettings, useHints: Bool = false, lostNodes: LostNodes = LostNodes()
    ) throws -> Plan {
        let enforced = try set.enforcingPolicies(in: application.namespace)
        let set = enforced.set
        let graph = try DependencyGraph.build(manifests: set.manifests, useHints: useHints)
        let changes = enforced.marking(
            set.manifests.map { manifest in
                ObjectChange(
                    identity: manifest.object.identity, action: .create, manifest: manifest, desired: manifest.object,
                    verification: .assumed(why: "no cluster was asked"))
            })
        let observations = PlacementObservations(objects: cluster)
        let question = PlacementQuestion(
            changes: changes, graph: graph, observations: observations, policies: set.policies,
            losses: try lostNodes.sets(of: observations.nodes), replacesFound: true)
        return try Planner.plan(
            PlanInput(
                application: application, source: source, manifestDigest: set.digest,
                manifestCount: set.manifests.count, changes: changes, graph: graph, settings: settings,
                pauses: set.application?.pauseAfter ?? [], placement: PlacementReport(question)))
    }
}

extension KubernetesObject {
    /// Whether a claim's volume may still be on its way.
    package var isPending: Bool { value[path: "status", "phase"]?.string == "Pending" }
}

extension PlacementObservations {
    /// What a file says of a cluster; objects of other kinds are left out.
    init(objects: [KubernetesObject]) {
        self.init(
            nodes: objects.filter { $0.kind == "Node" }.map(SchedulingNode.init),
            pods: objects.filter { $0.kind == "Pod" }.map { SchedulingPod($0) })
        volumes.isComplete = objects.contains { $0.kind == "StorageClass" }
        for object in objects {
            switch object.kind {
            case "Namespace": namespaces[object.name] = object.namespaceLabels
            case "PersistentVolumeClaim": volumes.learn(claim: object, isNew: object.isPending)
            case "PersistentVolume": volumes.learn(volume: object)
            case "StorageClass": volumes.learn(storageClass: object)
            case "HorizontalPodAutoscaler": scalers.append(object)
            case "PodDisruptionBudget": budgets.append(object)
            default: admission.learn(object)
            }
        }
    }
}
