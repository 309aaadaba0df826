package import Placement
package import Resources

/// The cluster as far as the scheduler looks at it, before anything of a plan is done.
package struct PlacementObservations: Sendable {
    package var nodes: [SchedulingNode]
    package var pods: [SchedulingPod]
    /// The labels of each namespace.
    package var namespaces: [String: [String: String]] = [:]
    package var volumes = VolumeFacts()
    package var admission = PodAdmission()
    /// The PodDisruptionBudgets, where nodes are to be done without.
    package var budgets: [KubernetesObject] = []
    /// The HorizontalPodAutoscalers of the namespaces that pods come to.
    package var scalers: [KubernetesObject] = []

    package init(nodes: [SchedulingNode], pods: [SchedulingPod]) {
        self.nodes = nodes
        self.pods = pods
    }

    /// Marks what is deleted before it is made anew: pods that are about to go, and claims that get other volumes.
    mutating func forget(_ replaced: [KubernetesObject], deleted: [KubernetesObject]) {
        let names = Set(deleted.map(\.identity))
        scalers.removeAll { names.contains($0.identity) }
        let owners = PodOwners(pods)
        let gone = Set(replaced.flatMap(owners.pods).map { "\($0.namespace)/\($0.name)" })
        for index in pods.indices where gone.contains("\(pods[index].namespace)/\(pods[index].name)") {
            pods[index].isBeingDeleted = true
        }
        for claim in replaced where claim.kind == "PersistentVolumeClaim" { volumes.forget(claim: claim) }
    }

    /// Takes in what a plan declares: it is there before the pods come that need it.
    mutating func learn(_ declared: [KubernetesObject]) {
        for object in declared {
            admission.learn(object)
            switch object.kind {
            case "Namespace":
                namespaces[object.name, default: [:]].merge(object.namespaceLabels) { _, declared in declared }
            case "StorageClass": volumes.learn(storageClass: object)
            case "PersistentVolume" where volumes.volumes[object.name] == nil: volumes.learn(volume: object)
            case "PersistentVolumeClaim": volumes.learn(declaredClaim: object)
            case "HorizontalPodAutoscaler":
                scalers.removeAll { $0.identity == object.identity }
                scalers.append(object)
            default: break
            }
        }
    }

    /// The claims that a StatefulSet makes of its templates.
    mutating func learn(claimsOf workload: Workload) {
        for ordinal in workload.ordinals.prefix(1000) {
            for template in workload.claimTemplates {
                var claim = template
                claim.namespace = workload.identity.namespace
                claim.value["metadata"]?["name"] = .string("\(template.name)-\(workload.identity.name)-\(ordinal)")
                volumes.learn(declaredClaim: claim)
            }
        }
    }
}

extension KubernetesObject {
    /// The labels of a Namespace; its name is one of them, which the server adds by itself (KEP-2161).
    var namespaceLabels: [String: String] { labels.merging(["kubernetes.io/metadata.name": name]) { $1 } }
}
