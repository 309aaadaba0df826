/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let labels: [ObservedCase] = [
        ObservedCase(
            update: "a bad label", "Pod", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "Deployment", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "ReplicaSet", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "StatefulSet", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "DaemonSet", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "ReplicationController", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "Job", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "CronJob", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "Service", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "ConfigMap", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "Secret", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "Namespace", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "Node", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "PersistentVolume", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "PersistentVolumeClaim", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "StorageClass", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "ResourceQuota", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "LimitRange", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "Endpoints", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "Ingress", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "IngressClass", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "NetworkPolicy", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "Role", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "ClusterRole", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "RoleBinding", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "ClusterRoleBinding", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "HPA", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "HPAv1", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "PriorityClass", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "Lease", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "RuntimeClass", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "ServiceAccount", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "MutatingWebhookConfiguration", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "APIService", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "CRD", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label", "EndpointSlice", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
    ]
}
