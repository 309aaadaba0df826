package import Resources

/// The claims, volumes and classes that the scheduler's volume rules look at.
package struct VolumeFacts: Sendable {
    /// A PersistentVolumeClaim.
    package struct Claim: Hashable, Sendable {
        package var className: String?
        /// Nil while it is unbound.
        package var volume: String?
        package var isLost = false
        package var isBeingDeleted = false
        /// Whether it is only declared yet, so that nobody has had the time to bind it.
        package var isNew = false
        package var size: Int64 = 0
        package var accessModes: Set<String> = []
        /// Whether only one pod at a time may use it.
        var isExclusive: Bool { accessModes.contains("ReadWriteOncePod") }

        package init(_ object: KubernetesObject, isNew: Bool = false) {
            let spec = object.value["spec"]
            className = spec?["storageClassName"]?.string
            volume = spec?["volumeName"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            isLost = object.value[path: "status", "phase"]?.string == "Lost"
            isBeingDeleted = object.isBeingDeleted
            self.isNew = isNew
            size =
                spec?[path: "resources", "requests", "storage"]
                .flatMap { ResourceAmounts.amount($0, of: "storage") } ?? 0
            accessModes = Set((spec?["accessModes"]?.array ?? []).compactMap(\.string))
        }
    }

    /// A PersistentVolume.
    package struct Volume: Hashable, Sendable {
        package var className: String
        package var nodes: NodeRequirement
        /// Whether no claim has it.
        package var isAvailable: Bool
        package var size: Int64
        package var accessModes: Set<String>

        package init(_ object: KubernetesObject) {
            let spec = object.value["spec"]
            className = spec?["storageClassName"]?.string ?? ""
            let terms = spec?[path: "nodeAffinity", "required", "nodeSelectorTerms"]?.array
            nodes = NodeRequirement(terms: terms.map { $0.map(NodeRequirement.Term.init) })
            isAvailable = spec?["claimRef"] == nil && !object.isBeingDeleted
            size = spec?[path: "capacity", "storage"].flatMap { ResourceAmounts.amount($0, of: "storage") } ?? 0
            accessModes = Set((spec?["accessModes"]?.array ?? []).compactMap(\.string))
        }
    }

    /// A StorageClass.
    package struct Class: Hashable, Sendable {
        /// Whether claims wait for their first pod (`WaitForFirstConsumer`).
        package var bindsLate: Bool
        package var provisions: Bool
        /// Where it provisions; nil for everywhere.
        package var nodes: NodeRequirement?

        package init(_ object: KubernetesObject) {
            bindsLate = object.value["volumeBindingMode"]?.string == "WaitForFirstConsumer"
            provisions = object.value["provisioner"]?.string != "kubernetes.io/no-provisioner"
            let topologies = object.value["allowedTopologies"]?.array ?? []
            if !topologies.isEmpty {
                nodes = NodeRequirement(
                    terms: topologies.map { term in
                        NodeRequirement.Term(
                            expressions: (term["matchLabelExpressions"]?.array ?? []).map {
                                .init(
                                    key: $0["key"]?.string ?? "", operator: "In",
                                    values: ($0["values"]?.array ?? []).compactMap(\.string))
                            })
                    })
            }
        }
    }

    /// By `NAMESPACE/NAME`.
    private var claims: [String: Claim] = [:]
    package var volumes: [String: Volume] = [:]
    package var classes: [String: Class] = [:]
    /// Of claims that name none.
    package var defaultClass: String?
    /// Whether all of them could be read: what is unknown fails no pod, and guarantees none.
    package var isComplete = true

    package init() {}

    package func claim(_ name: String, in namespace: String) -> Claim? { claims[Self.key(namespace, name)] }

    private static func key(_ namespace: String, _ name: String) -> String { "\(namespace)/\(name)" }

    package mutating func learn(claim object: KubernetesObject, isNew: Bool = false) {
        claims[Self.key(object.namespace, object.name)] = Claim(object, isNew: isNew)
    }

    package mutating func forget(claim object: KubernetesObject) {
        claims[Self.key(object.namespace, object.name)] = nil
    }

    /// Learns of a claim that is not made yet; one that exists says more.
    package mutating func learn(declaredClaim object: KubernetesObject) {
        if claim(object.name, in: object.namespace) == nil { learn(claim: object, isNew: true) }
    }

    package mutating func learn(volume object: KubernetesObject) {
        volumes[object.name] = Volume(object)
    }

    package mutating func learn(storageClass object: KubernetesObject) {
        classes[object.name] = Class(object)
        if object.annotations["storageclass.kubernetes.io/is-default-class"] == "true" { defaultClass = object.name }
    }

    func storageClass(of claim: Claim) -> Class? {
        classes[claim.className ?? defaultClass ?? ""]
    }
}
