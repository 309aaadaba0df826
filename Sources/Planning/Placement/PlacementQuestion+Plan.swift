internal import Diffing
package import Placement
package import Resources

extension PlacementQuestion {
    /// What to ask of a plan: the workloads that it creates or changes, in its order.
    package init(
        changes: [ObjectChange], graph: DependencyGraph, observations: PlacementObservations,
        policies: [PlacementPolicy] = [], losses: [[String]] = []
    ) {
        var observed = observations
        let lives = { (action: Action) in changes.filter { $0.action == action }.compactMap(\.live) }
        observed.forget(lives(.replace), deleted: lives(.delete))
        observed.learn(changes.compactMap(\.planned))
        let byIdentity = Dictionary(changes.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        let ordered = graph.nodes.compactMap { node -> ObjectChange? in
            guard case .object(let identity) = node else { return nil }
            return byIdentity[identity]
        }
        let pods = PodOwners(observed.pods)
        let workloads = ordered.compactMap { Workload($0, pods: pods, observed) }
        for workload in workloads { observed.learn(claimsOf: workload) }
        self.init(nodes: observed.nodes, pods: observed.pods, workloads: workloads)
        self.policies = policies
        self.losses = losses
        budgets = Self.budgets(observed.budgets, changes)
        former = Dictionary(
            ordered.compactMap { change in
                change.former(pods, observed.admission).map { (change.identity, $0) }
            }, uniquingKeysWith: { first, _ in first })
        pruned = lives(.delete).flatMap(pods.pods)
        namespaces = observed.namespaces
        volumes = observed.volumes
        predecessors = graph.predecessors(among: Set(workloads.map(\.identity)))
    }
}

extension PlacementQuestion {
    /// The PodDisruptionBudgets once the plan is done.
    private static func budgets(_ live: [KubernetesObject], _ changes: [ObjectChange]) -> [DisruptionBudget] {
        var byIdentity = Dictionary(live.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        for change in changes where change.identity.groupKind.kind == "PodDisruptionBudget" {
            byIdentity[change.identity] = change.action == .delete ? nil : change.planned ?? change.live
        }
        return byIdentity.values.map(DisruptionBudget.init)
    }
}

extension ObjectChange {
    /// The workload as it is, if pods may come of the change; nil where there is none yet.
    fileprivate func former(_ pods: PodOwners, _ admission: PodAdmission) -> Workload? {
        guard bringsPods, action != .create, let live else { return nil }
        var workload = Workload(
            live, live: live, pods: pods.pods(of: live), replacesTemplate: false, admission: admission)
        workload?.doubt = admission.doubt(in: live.namespace)
        return workload
    }

    /// Whether pods may come of it that are not there now.
    package var bringsPods: Bool {
        guard let planned, Workload.kinds.contains(planned.kind), action.isWrite, action != .delete else {
            return false
        }
        // A Deployment that is paused rolls nothing out.
        if planned.value[path: "spec", "paused"]?.bool ?? false, live != nil { return false }
        return action == .create || action == .replace || live == nil || changesTemplate
            || fieldChanges.contains { change in
                Self.podCounts.contains { change.path.hasPrefix($0) }
            }
    }

    private static let podCounts = [
        FieldPath(fields: "spec", "replicas"), FieldPath(fields: "spec", "parallelism"),
        FieldPath(fields: "spec", "suspend"),
    ]

    /// Whether the pods that it has are replaced.
    var changesTemplate: Bool {
        let template = FieldPath(fields: "spec", "template")
        return fieldChanges.contains { $0.path.hasPrefix(template) || template.hasPrefix($0.path) }
    }
}

extension Workload {
    /// Nil where no pods come of the change.
    fileprivate init?(_ change: ObjectChange, pods: PodOwners, _ observed: PlacementObservations) {
        guard change.bringsPods, let planned = change.planned else { return nil }
        let live = change.action == .create ? nil : change.live
        // A replaced object goes with its pods before the new one comes.
        let existing = change.action == .replace ? [] : live.map { pods.pods(of: $0) } ?? []
        self.init(
            planned, live: live, pods: existing, replacesTemplate: change.changesTemplate,
            admission: observed.admission)
        scaling = observed.scalers.first { $0.scales(planned) }?.replicaRange
        additions = change.additions
        doubt = observed.admission.doubt(in: planned.namespace)
        if let scaling, planned.value[path: "spec", "replicas"] == nil { replicas = max(replicas, scaling.lowerBound) }
    }
}

/// Finds the pods of a workload.
struct PodOwners {
    private let byOwner: [ObjectIdentity: [SchedulingPod]]

    init(_ pods: [SchedulingPod]) {
        byOwner = Dictionary(grouping: pods.filter { !$0.hasEnded && !$0.isBeingDeleted }, by: \.maker)
    }

    func pods(of object: KubernetesObject) -> [SchedulingPod] { byOwner[object.identity] ?? [] }
}

extension KubernetesObject {
    fileprivate func scales(_ object: KubernetesObject) -> Bool {
        let target = value[path: "spec", "scaleTargetRef"]
        return namespace == object.namespace && target?["kind"]?.string == object.kind
            && target?["name"]?.string == object.name
    }

    fileprivate var replicaRange: ClosedRange<Int>? {
        guard let most = value[path: "spec", "maxReplicas"]?.count else { return nil }
        let least = value[path: "spec", "minReplicas"]?.count ?? 1
        return least <= most ? least...most : nil
    }
}

extension DependencyGraph {
    /// For each of the objects, those of them that it waits for, directly or by others.
    func predecessors(among objects: Set<ObjectIdentity>) -> [ObjectIdentity: Set<ObjectIdentity>] {
        var before: [GraphNode: Set<ObjectIdentity>] = [:]
        var result: [ObjectIdentity: Set<ObjectIdentity>] = [:]
        // Every node comes after all that it depends on.
        for node in nodes {
            var all: Set<ObjectIdentity> = []
            for edge in dependencies(of: node) {
                all.formUnion(before[edge.dependency] ?? [])
                if case .object(let identity) = edge.dependency, objects.contains(identity) { all.insert(identity) }
            }
            before[node] = all
            if case .object(let identity) = node, objects.contains(identity) { result[identity] = all }
        }
        return result
    }
}
