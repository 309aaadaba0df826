package import Resources

/// Judges objects as kstatus does, with two stricter rules: a Job is current when it is complete, a Service of type
/// LoadBalancer when it has an address.
package enum Health {
    /// The object's health. The order of the rules is kstatus': deletion, observed generation, `Stalled`,
    /// `Reconciling`, the kind's own rule, the conditions of custom resources; what has none of these is current.
    package static func assess(_ object: KubernetesObject, context: HealthContext = HealthContext()) -> ObjectHealth {
        let groupKind = object.groupVersionKind.groupKind
        if let health = deletion(of: object) ?? unobservedGeneration(of: object) ?? standardConditions(of: object) {
            return health
        }
        if let rule = rules[groupKind] {
            return rule(object, context)
        }
        return CustomResourceHealth.assess(object)
    }

    /// The health of an object that the cluster no longer has: a Job that its TTL has removed is complete.
    /// - Parameter desired: the object as it was sent or last seen.
    package static func assess(absent desired: KubernetesObject) -> ObjectHealth {
        if desired.groupVersionKind.groupKind == GroupKind(group: "batch", kind: "Job"),
            desired.value[path: "spec", "ttlSecondsAfterFinished"]?.integer != nil
        {
            return .current("RemovedAfterTTL", "the Job has finished and its time to live is over")
        }
        return ObjectHealth(.notFound, "NotFound", "the object does not exist")
    }

    private typealias Rule = @Sendable (KubernetesObject, HealthContext) -> ObjectHealth

    private static let rules: [GroupKind: Rule] = {
        var rules: [GroupKind: Rule] = [
            GroupKind(group: "apps", kind: "Deployment"): { object, _ in DeploymentHealth.assess(object) },
            GroupKind(group: "apps", kind: "ReplicaSet"): { object, _ in ReplicaSetHealth.assess(object) },
            GroupKind(group: "", kind: "ReplicationController"): { object, _ in ReplicaSetHealth.assess(object) },
            GroupKind(group: "apps", kind: "StatefulSet"): { object, _ in StatefulSetHealth.assess(object) },
            GroupKind(group: "apps", kind: "DaemonSet"): { object, _ in DaemonSetHealth.assess(object) },
            GroupKind(group: "batch", kind: "Job"): { object, _ in JobHealth.assess(object) },
            GroupKind(group: "", kind: "Pod"): PodHealth.assess,
            GroupKind(group: "", kind: "PersistentVolumeClaim"): PersistentVolumeClaimHealth.assess,
            GroupKind(group: "", kind: "PersistentVolume"): { object, _ in PersistentVolumeHealth.assess(object) },
            GroupKind(group: "", kind: "Service"): { object, _ in ServiceHealth.assess(object) },
            GroupKind(group: "networking.k8s.io", kind: "Ingress"): IngressHealth.assess,
            GroupKind(group: "extensions", kind: "Ingress"): IngressHealth.assess,
            GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition"): { object, _ in
                CustomResourceDefinitionHealth.assess(object)
            },
            GroupKind(group: "apiregistration.k8s.io", kind: "APIService"): { object, _ in
                APIServiceHealth.assess(object)
            },
            GroupKind(group: "", kind: "Namespace"): { object, _ in NamespaceHealth.assess(object) },
            GroupKind(group: "autoscaling", kind: "HorizontalPodAutoscaler"): { object, _ in
                HorizontalPodAutoscalerHealth.assess(object)
            },
        ]
        for groupKind in ExistenceHealth.kinds {
            rules[groupKind] = { _, _ in ExistenceHealth.health }
        }
        return rules
    }()

    private static func deletion(of object: KubernetesObject) -> ObjectHealth? {
        guard object.isBeingDeleted else { return nil }
        let finalizers = (object.metadata["finalizers"]?.array ?? []).compactMap(\.string)
        let message =
            finalizers.isEmpty
            ? "the object is being deleted"
            : "the object is being deleted and waits for \(finalizers.joined(separator: ", "))"
        return ObjectHealth(.terminating, "Terminating", message)
    }

    private static func unobservedGeneration(of object: KubernetesObject) -> ObjectHealth? {
        guard let generation = object.generation else { return nil }
        let observed =
            object.status["observedGeneration"]?.integer
            ?? (kindsThatObserve.contains(object.groupVersionKind.groupKind) ? 0 : nil)
        guard let observed, observed < generation else { return nil }
        return .inProgress("LatestGenerationNotObserved", "the controller has not yet seen the latest change")
    }

    /// Kinds whose controllers always write `observedGeneration`, so that its absence means they have seen nothing.
    private static let kindsThatObserve: Set<GroupKind> = [
        GroupKind(group: "apps", kind: "Deployment"), GroupKind(group: "apps", kind: "ReplicaSet"),
        GroupKind(group: "apps", kind: "StatefulSet"), GroupKind(group: "apps", kind: "DaemonSet"),
    ]

    private static func standardConditions(of object: KubernetesObject) -> ObjectHealth? {
        if let stalled = object.condition("Stalled"), stalled.isTrue {
            return .failed(stalled.reason ?? "Stalled", stalled.text(or: "the controller cannot make progress"))
        }
        if let reconciling = object.condition("Reconciling"), reconciling.isTrue {
            return .inProgress(
                reconciling.reason ?? "Reconciling",
                reconciling.text(or: "the controller is still at work")
            )
        }
        return nil
    }
}
