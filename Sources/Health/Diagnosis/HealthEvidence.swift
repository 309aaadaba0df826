internal import FoundationEssentials
package import Resources

/// What was read from the cluster to explain one or several objects' health.
package struct HealthEvidence: Sendable {
    /// ReplicaSets, ControllerRevisions, pods and claims; those of other objects do no harm.
    package var objects: [KubernetesObject]
    /// Events of either API group; those about other objects do no harm.
    package var events: [KubernetesObject]
    /// The last lines of containers' logs, the oldest line first.
    package var logs: [LogRequest: [String]]

    package init(
        objects: [KubernetesObject] = [], events: [KubernetesObject] = [], logs: [LogRequest: [String]] = [:]
    ) {
        self.objects = objects
        self.events = events
        self.logs = logs
    }

    /// The objects of the kind that the owner has made, by the UID in their owner references.
    func children(of owner: KubernetesObject, kind: String) -> [KubernetesObject] {
        guard let uid = owner.uid else { return [] }
        return objects.filter { object in object.kind == kind && object.owners.contains { $0.uid == uid } }
    }

    /// The events about the object, the newest first.
    func events(about object: KubernetesObject) -> [ClusterEvent] {
        events.map(ClusterEvent.init).filter { $0.isAbout(object) }.sorted { $0.lastSeen > $1.lastSeen }
    }
}

/// A list that a diagnosis needs from the cluster.
package struct RelatedList: Hashable, Sendable {
    package let groupVersionKind: GroupVersionKind
    package let namespace: String
    /// As the API's query parameter has it; nil for all.
    package let labelSelector: String?
    /// As the API's query parameter has it; nil for all.
    package let fieldSelector: String?

    package init(
        _ groupVersionKind: GroupVersionKind,
        namespace: String,
        labelSelector: String? = nil,
        fieldSelector: String? = nil
    ) {
        self.groupVersionKind = groupVersionKind
        self.namespace = namespace
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
    }
}

/// A container's log that a diagnosis needs from the cluster.
package struct LogRequest: Hashable, Sendable {
    package let namespace: String
    package let pod: String
    package let container: String
    /// Whether the log is that of the process before the last restart.
    package let previous: Bool

    package init(namespace: String, pod: String, container: String, previous: Bool) {
        self.namespace = namespace
        self.pod = pod
        self.container = container
        self.previous = previous
    }
}
