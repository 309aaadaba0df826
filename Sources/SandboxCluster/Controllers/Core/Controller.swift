internal import FoundationEssentials
internal import Resources

/// One of the control plane's loops: brings what it owns nearer to what is declared, one object at a time.
protocol Controller: Sendable {
    /// The kinds whose changes it wants to hear of; nil for all.
    var watched: [GroupKind]? { get }
    /// What waits for others: work of a level is done when there is none of the levels below it, so that one look at a
    /// workload answers all that happened to its pods at an instant.
    var level: WorkLevel { get }
    /// The objects to look at because of a change.
    mutating func keys(for change: NotedChange) -> [ObjectIdentity]
    /// - Returns: When to look again; nil where only a change is a reason to.
    /// - Throws: `APIStatus` as the API refuses; it is tried again, less and less often.
    mutating func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date?
    /// Moves the times that the controller keeps for itself, because the clock has jumped: it waits by elapsed time.
    mutating func shift(by seconds: TimeInterval)
}

extension Controller {
    mutating func shift(by seconds: TimeInterval) {}
}

enum WorkLevel: Int, CaseIterable, Sendable {
    /// What pods are made of and what becomes of them.
    case pods
    /// What makes pods.
    case workloads
    /// What makes workloads.
    case owners
    /// What sums up.
    case summaries
}

/// A change with what many controllers ask of it worked out once.
struct NotedChange {
    let kind: ObjectChange.Kind
    let object: KubernetesObject
    let earlier: KubernetesObject?
    let identity: ObjectIdentity
    /// The owner that manages the object.
    let controller: OwnerReference?

    init(_ change: ObjectChange) {
        kind = change.kind
        object = change.object
        earlier = change.earlier
        identity = change.object.identity
        controller = change.object.controllerReference
    }

    var isDeletion: Bool { kind == .deleted }
}

extension KubernetesObject {
    /// The owner that manages the object; nil where nobody does.
    var controllerReference: OwnerReference? {
        metadata["ownerReferences"] == nil ? nil : owners.first(where: \.isController)
    }
}
