internal import Resources

/// Kinds that are current as soon as they exist: no controller reports on them.
enum ExistenceHealth {
    static let health = ObjectHealth.current("Exists", "the object exists")

    static let kinds: [GroupKind] = [
        GroupKind(group: "", kind: "ConfigMap"),
        GroupKind(group: "", kind: "Secret"),
        GroupKind(group: "", kind: "ServiceAccount"),
        GroupKind(group: "", kind: "LimitRange"),
        GroupKind(group: "", kind: "ResourceQuota"),
        GroupKind(group: "", kind: "Endpoints"),
        GroupKind(group: "batch", kind: "CronJob"),
        GroupKind(group: "policy", kind: "PodDisruptionBudget"),
        GroupKind(group: "rbac.authorization.k8s.io", kind: "Role"),
        GroupKind(group: "rbac.authorization.k8s.io", kind: "RoleBinding"),
        GroupKind(group: "rbac.authorization.k8s.io", kind: "ClusterRole"),
        GroupKind(group: "rbac.authorization.k8s.io", kind: "ClusterRoleBinding"),
        GroupKind(group: "networking.k8s.io", kind: "NetworkPolicy"),
        GroupKind(group: "networking.k8s.io", kind: "IngressClass"),
        GroupKind(group: "storage.k8s.io", kind: "StorageClass"),
        GroupKind(group: "scheduling.k8s.io", kind: "PriorityClass"),
        GroupKind(group: "node.k8s.io", kind: "RuntimeClass"),
    ]
}
