package import Resources

/// What the scheduler needs to know of a pod, be it one that exists or one that a workload will make.
package struct SchedulingPod: Hashable, Sendable {
    package var namespace: String
    package var name: String
    package var labels: [String: String]
    /// The object that makes and replaces the pod.
    package var controller: OwnerReference?
    /// Nil for a pod that waits for a node.
    package var nodeName: String?
    package var isBeingDeleted = false
    /// Whether its phase is Succeeded or Failed: it takes up nothing any more.
    package var hasEnded = false
    /// Whether its condition `Ready` is true.
    package var isReady = false
    package var requests: ResourceAmounts
    package var hostPorts: [HostPort] = []
    package var usesHostNetwork = false
    package var nodes = NodeRequirement()
    package var preferredNodes: [PreferredNodes] = []
    package var tolerations: [Toleration] = []
    package var affinity: [PodAffinityTerm] = []
    package var antiAffinity: [PodAffinityTerm] = []
    package var preferredAffinity: [WeightedTerm] = []
    package var preferredAntiAffinity: [WeightedTerm] = []
    package var spread: [SpreadConstraint] = []
    /// The names of the PersistentVolumeClaims that it mounts.
    package var claims: [String] = []
    package var priority = 0
    /// Whether pods of a lower priority may be evicted for it.
    package var preempts = true
    package var scheduler = "default-scheduler"
    /// Whether `schedulingGates` hold it back.
    package var isGated = false

    package init(namespace: String = "default", name: String, labels: [String: String] = [:], requests: ResourceAmounts)
    {
        self.namespace = namespace
        self.name = name
        self.labels = labels
        self.requests = requests
    }

    /// Reads a Pod object.
    package init(_ object: KubernetesObject) {
        self.init(
            namespace: object.namespace, name: object.name, labels: object.labels, spec: object.value["spec"] ?? .null)
        controller = object.owners.first(where: \.isController)
        isBeingDeleted = object.isBeingDeleted
        let phase = object.value[path: "status", "phase"]?.string
        hasEnded = phase == "Succeeded" || phase == "Failed"
        isReady = (object.value[path: "status", "conditions"]?.array ?? []).contains {
            $0["type"]?.string == "Ready" && $0["status"]?.string == "True"
        }
    }

    /// - Parameter defaults: What admission gives to containers that ask for nothing.
    init(
        namespace: String, name: String, labels: [String: String], spec: Value,
        defaults: ResourceAmounts = ResourceAmounts()
    ) {
        self.init(
            namespace: namespace, name: name, labels: labels,
            requests: PodRequests.amounts(of: spec, defaults: defaults))
        nodeName = spec["nodeName"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        hostPorts = HostPort.all(of: spec)
        usesHostNetwork = spec["hostNetwork"]?.bool ?? false
        nodes = NodeRequirement(spec: spec)
        tolerations = (spec["tolerations"]?.array ?? []).map(Toleration.init)
        readAffinity(spec["affinity"])
        spread = (spec["topologySpreadConstraints"]?.array ?? []).map { SpreadConstraint($0, labels: labels) }
        claims = (spec["volumes"]?.array ?? []).compactMap { volume in
            volume[path: "persistentVolumeClaim", "claimName"]?.string
                // A generic ephemeral volume's claim is named after pod and volume (KEP-1698).
                ?? volume["ephemeral"].map { _ in "\(name)-\(volume["name"]?.string ?? "")" }
        }
        priority = spec["priority"]?.integer ?? 0
        preempts = spec["preemptionPolicy"]?.string != "Never"
        scheduler = spec["schedulerName"]?.string ?? scheduler
        isGated = !(spec["schedulingGates"]?.array ?? []).isEmpty
    }

    private mutating func readAffinity(_ value: Value?) {
        let required = "requiredDuringSchedulingIgnoredDuringExecution"
        let preferred = "preferredDuringSchedulingIgnoredDuringExecution"
        let (pods, others) = (value?["podAffinity"], value?["podAntiAffinity"])
        let term = { [namespace, labels] in PodAffinityTerm($0, namespace: namespace, labels: labels) }
        let weighted: (Value) -> WeightedTerm = {
            WeightedTerm(weight: PreferredNodes.weight($0), term: term($0["podAffinityTerm"] ?? .null))
        }
        affinity = (pods?[required]?.array ?? []).map(term)
        antiAffinity = (others?[required]?.array ?? []).map(term)
        preferredAffinity = (pods?[preferred]?.array ?? []).map(weighted)
        preferredAntiAffinity = (others?[preferred]?.array ?? []).map(weighted)
        preferredNodes = (value?["nodeAffinity"]?[preferred]?.array ?? []).map(PreferredNodes.init)
    }

    package var identity: ObjectIdentity { ObjectIdentity(group: "", kind: "Pod", namespace: namespace, name: name) }

    /// The workload that people know: of a Deployment's pod that is not its ReplicaSet.
    package var maker: ObjectIdentity {
        guard let controller else { return identity }
        if controller.groupKind.kind == "ReplicaSet", let hash = labels["pod-template-hash"],
            controller.name.hasSuffix("-\(hash)")
        {
            return ObjectIdentity(
                group: controller.groupKind.group, kind: "Deployment", namespace: namespace,
                name: String(controller.name.dropLast(hash.count + 1)))
        }
        return ObjectIdentity(groupKind: controller.groupKind, namespace: namespace, name: controller.name)
    }

    func tolerates(_ taint: Taint) -> Bool { tolerations.contains { $0.tolerates(taint) } }

    /// Whether the scheduler counts the pod on its node.
    package var isBound: Bool { nodeName != nil && !hasEnded }
}

/// Nodes that a pod would rather be on, and by how much, 1 to 100.
package struct PreferredNodes: Hashable, Sendable {
    let weight: Int
    let term: NodeRequirement.Term

    static func weight(_ value: Value) -> Int { min(value["weight"]?.count ?? 1, 100) }

    init(_ value: Value) {
        weight = Self.weight(value)
        term = NodeRequirement.Term(value["preference"] ?? .null)
    }
}
