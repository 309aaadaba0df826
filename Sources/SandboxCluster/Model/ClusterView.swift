package import FoundationEssentials
package import Resources

/// What admission and controllers see of the cluster.
package protocol ClusterView {
    /// The sandbox's time, which need not be the world's.
    var now: Date { get }
    /// The object in its stored version; nil where there is none.
    func object(_ identity: ObjectIdentity) -> KubernetesObject?
    /// All objects of a kind, in the order of namespace and name; of one namespace where one is named.
    func objects(_ kind: GroupKind, namespace: String?) -> [KubernetesObject]
    /// The objects of a kind whose `ownerReferences` have that UID.
    func objects(_ kind: GroupKind, ownedBy uid: String) -> [KubernetesObject]
}

/// How dependents go with the object that owns them (`propagationPolicy`).
package enum Propagation: String, Hashable, Sendable {
    case background = "Background"
    case foreground = "Foreground"
    case orphan = "Orphan"
}

/// What controllers, the scheduler and the kubelet may do: the API's own operations, defaults, validation and admission
/// included, without a network between.
package protocol ControllerAccess: ClusterView {
    /// Creates the object (with `generateName` too) and returns it as stored.
    mutating func create(_ object: KubernetesObject, by manager: String) throws(APIStatus) -> KubernetesObject
    /// Replaces the object, or what a subresource (`status`) covers; its `resourceVersion` is a precondition where it has one.
    mutating func update(_ object: KubernetesObject, subresource: String, by manager: String) throws(APIStatus)
        -> KubernetesObject
    mutating func delete(_ identity: ObjectIdentity, uid: String?, propagation: Propagation?, gracePeriod: Int?)
        throws(APIStatus)
    /// Sets `spec.nodeName` and the condition `PodScheduled`, as the `binding` subresource does.
    mutating func bind(pod: ObjectIdentity, to node: String) throws(APIStatus)
}

/// One change of a stored object.
package struct ObjectChange: Sendable {
    package enum Kind: String, Sendable {
        case added = "ADDED"
        case modified = "MODIFIED"
        case deleted = "DELETED"
    }

    package let kind: Kind
    /// The object after the change; of a deletion, its last state.
    package let object: KubernetesObject
    /// The object before a modification.
    package let earlier: KubernetesObject?

    package init(_ kind: Kind, _ object: KubernetesObject, earlier: KubernetesObject? = nil) {
        self.kind = kind
        self.object = object
        self.earlier = earlier
    }
}
