package import Resources

/// Whether a kind's objects live in namespaces.
package enum KindScope: Hashable, Sendable {
    case namespaced
    case cluster
}

/// What is known of Kubernetes' own kinds without asking a server.
package enum BuiltInKinds {
    /// The scope of a kind of Kubernetes 1.16 to 1.36; nil for any other.
    package static func scope(of groupKind: GroupKind) -> KindScope? {
        guard let kinds = groups[groupKind.group] else { return nil }
        if kinds.namespaced.contains(groupKind.kind) { return .namespaced }
        return kinds.cluster.contains(groupKind.kind) ? .cluster : nil
    }

    /// The kinds of one of Kubernetes' own groups; nil for other groups.
    package static func kinds(of group: String) -> Set<String>? {
        groups[group].map { $0.namespaced.union($0.cluster) }
    }

    /// Whether the name is that of one of Kubernetes' own kinds, in the named group or in any.
    package static func include(_ name: KindName) -> Bool {
        groups.contains { group, kinds in
            (name.group == nil || name.group == group)
                && (kinds.namespaced.contains(name.kind) || kinds.cluster.contains(name.kind))
        }
    }

    private static let groups: [String: (namespaced: Set<String>, cluster: Set<String>)] = [
        "": (
            [
                "Binding", "ConfigMap", "Endpoints", "Event", "LimitRange", "PersistentVolumeClaim", "Pod",
                "PodTemplate", "ReplicationController", "ResourceQuota", "Secret", "Service", "ServiceAccount",
            ],
            ["ComponentStatus", "Namespace", "Node", "PersistentVolume"]
        ),
        "admissionregistration.k8s.io": (
            [],
            [
                "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration",
                "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration",
            ]
        ),
        "apiextensions.k8s.io": ([], ["CustomResourceDefinition"]),
        "apiregistration.k8s.io": ([], ["APIService"]),
        "apps": (["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"], []),
        "authentication.k8s.io": ([], ["SelfSubjectReview", "TokenReview"]),
        "authorization.k8s.io": (
            ["LocalSubjectAccessReview"],
            ["SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview"]
        ),
        "autoscaling": (["HorizontalPodAutoscaler"], []),
        "batch": (["CronJob", "Job"], []),
        "certificates.k8s.io": (["PodCertificateRequest"], ["CertificateSigningRequest", "ClusterTrustBundle"]),
        "coordination.k8s.io": (["Lease", "LeaseCandidate"], []),
        "discovery.k8s.io": (["EndpointSlice"], []),
        "events.k8s.io": (["Event"], []),
        "extensions": (
            ["DaemonSet", "Deployment", "Ingress", "NetworkPolicy", "ReplicaSet"],
            ["PodSecurityPolicy"]
        ),
        "flowcontrol.apiserver.k8s.io": ([], ["FlowSchema", "PriorityLevelConfiguration"]),
        "internal.apiserver.k8s.io": ([], ["StorageVersion"]),
        "networking.k8s.io": (["Ingress", "NetworkPolicy"], ["IPAddress", "IngressClass", "ServiceCIDR"]),
        "node.k8s.io": ([], ["RuntimeClass"]),
        "policy": (["Eviction", "PodDisruptionBudget"], ["PodSecurityPolicy"]),
        "rbac.authorization.k8s.io": (["Role", "RoleBinding"], ["ClusterRole", "ClusterRoleBinding"]),
        "resource.k8s.io": (
            ["PodSchedulingContext", "ResourceClaim", "ResourceClaimTemplate"],
            ["DeviceClass", "DeviceTaintRule", "ResourceClass", "ResourceSlice"]
        ),
        "scheduling.k8s.io": (["PodGroup", "Workload"], ["PriorityClass"]),
        "storage.k8s.io": (
            ["CSIStorageCapacity"],
            ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"]
        ),
        "storagemigration.k8s.io": ([], ["StorageVersionMigration"]),
    ]
}

/// The scopes of Kubernetes' own kinds and of those that a set of objects defines.
package struct KindScopes: Sendable {
    private var defined: [GroupKind: KindScope] = [:]

    /// - Parameter objects: whose CustomResourceDefinitions count.
    package init(objects: some Sequence<KubernetesObject> = []) {
        for object in objects where object.kind == "CustomResourceDefinition" {
            guard let group = object.value[path: "spec", "group"]?.string,
                let kind = object.value[path: "spec", "names", "kind"]?.string
            else { continue }
            let isClusterScoped = object.value[path: "spec", "scope"]?.string == "Cluster"
            defined[GroupKind(group: group, kind: kind)] = isClusterScoped ? .cluster : .namespaced
        }
    }

    /// The scope of a kind; nil where only the cluster can tell.
    package subscript(groupKind: GroupKind) -> KindScope? {
        BuiltInKinds.scope(of: groupKind) ?? defined[groupKind]
    }

    /// The object's identity once its namespace is settled; that of a kind of unknown scope stays as the object has it.
    package func identity(of object: KubernetesObject, defaultNamespace: String?) -> ObjectIdentity {
        let identity = object.identity
        let namespace =
            switch self[identity.groupKind] {
            case .cluster: ""
            case .namespaced where identity.namespace.isEmpty: defaultNamespace ?? ""
            default: identity.namespace
            }
        return ObjectIdentity(groupKind: identity.groupKind, namespace: namespace, name: identity.name)
    }
}
