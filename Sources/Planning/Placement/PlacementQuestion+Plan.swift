internal import Diffing
package import Placement
package import Resources

extension PlacementQuestion {
    /// What to ask of a plan: the workloads that it creates or changes, in its order.
    /// - Parameter replacesFound: Whether pods that belong to what is created are its earlier ones, which it replaces: where
    ///   nobody has asked a cluster for the objects.
    package init(
        changes: [ObjectChange], graph: DependencyGraph, observations: PlacementObservations,
        policies: [PlacementPolicy] = [], losses: [NodeLoss] = [], replacesFound: Bool = false
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
        let workloads = ordered.compactMap { change in
            let found = replacesFound ? change.planned.map { pods.pods(of: $0) } : nil
            return Workload(
                change, existing: found ?? change.existing(pods), observed, replaces: found?.isEmpty == false)
        }
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

    /// The pods that it has; a replaced object goes with them before the new one comes.
    fileprivate func existing(_ pods: PodOwners) -> [SchedulingPod] {
        action == .create || action == .replace ? [] : live.map { pods.pods(of: $0) } ?? []
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
    fileprivate init?(
        _ change: ObjectChange, existing: [SchedulingPod], _ observed: PlacementObservations, replaces: Bool
    ) {
        guard change.bringsPods, let planned = change.planned else { return nil }
        self.init(
            planned, live: change.action == .create ? nil : change.live, pods: existing,
            replacesTemplate: replaces || change.changesTemplate, admission: observed.admission)
        scaling = observed.scalers.first { $0.scales(planned) }?.replicaRange
        additions = change.additions
        doubt = observed.admission.doubt(in: planned.namespace)
        // Whatever the manifest says, there will be no fewer soon.
        if let scaling { replicas = max(replicas, scaling.lowerBound) }
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
