internal import Resources

/// The kinds that controllers know.
enum Kinds {
    static let pod = GroupKind(group: "", kind: "Pod")
    static let node = GroupKind(group: "", kind: "Node")
    static let event = GroupKind(group: "", kind: "Event")
    static let namespace = GroupKind(group: "", kind: "Namespace")
    static let service = GroupKind(group: "", kind: "Service")
    static let endpoints = GroupKind(group: "", kind: "Endpoints")
    static let configMap = GroupKind(group: "", kind: "ConfigMap")
    static let secret = GroupKind(group: "", kind: "Secret")
    static let serviceAccount = GroupKind(group: "", kind: "ServiceAccount")
    static let claim = GroupKind(group: "", kind: "PersistentVolumeClaim")
    static let volume = GroupKind(group: "", kind: "PersistentVolume")
    static let quota = GroupKind(group: "", kind: "ResourceQuota")
    static let replicationController = GroupKind(group: "", kind: "ReplicationController")
    static let deployment = GroupKind(group: "apps", kind: "Deployment")
    static let replicaSet = GroupKind(group: "apps", kind: "ReplicaSet")
    static let statefulSet = GroupKind(group: "apps", kind: "StatefulSet")
    static let daemonSet = GroupKind(group: "apps", kind: "DaemonSet")
    static let revision = GroupKind(group: "apps", kind: "ControllerRevision")
    static let job = GroupKind(group: "batch", kind: "Job")
    static let cronJob = GroupKind(group: "batch", kind: "CronJob")
    static let slice = GroupKind(group: "discovery.k8s.io", kind: "EndpointSlice")
    static let storageClass = GroupKind(group: "storage.k8s.io", kind: "StorageClass")
    static let autoscaler = GroupKind(group: "autoscaling", kind: "HorizontalPodAutoscaler")
    static let budget = GroupKind(group: "policy", kind: "PodDisruptionBudget")
    static let apiService = GroupKind(group: "apiregistration.k8s.io", kind: "APIService")
    static let definition = GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition")
}

/// Who writes, as managed fields name it.
enum Manager {
    static let controllers = "kube-controller-manager"
    static let scheduler = "kube-scheduler"
    static let kubelet = "kubelet"
}
