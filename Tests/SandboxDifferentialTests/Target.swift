/// What a path is about.
struct Target {
    var apiVersion = ""
    var isNamespaced = false
    var plural = ""
    var name: String?
    var subresource: String?

    /// - Parameter path: From the root; a query may follow.
    init(path: String) {
        let parts = path.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        guard let first = parts.first else { return }
        var rest: ArraySlice<String>
        if first == "apis", parts.count > 2 {
            apiVersion = "\(parts[1])/\(parts[2])"
            rest = parts.dropFirst(3)
        } else {
            apiVersion = parts.count > 1 ? parts[1] : ""
            rest = parts.dropFirst(2)
        }
        if rest.first == "namespaces", rest.count > 2,
            !["status", "finalize"].contains(rest.dropFirst(2).first)
        {
            isNamespaced = true
            rest = rest.dropFirst(2)
        }
        plural = rest.popFirst() ?? ""
        name = rest.popFirst()
        subresource = rest.popFirst()
        if subresource == "scale" { apiVersion = "autoscaling/v1" }
    }

    var kind: String {
        if subresource == "scale" { return "Scale" }
        return Self.kinds[plural] ?? ""
    }

    private static let kinds = [
        "configmaps": "ConfigMap", "secrets": "Secret", "services": "Service", "pods": "Pod",
        "podtemplates": "PodTemplate", "namespaces": "Namespace", "nodes": "Node", "events": "Event",
        "endpoints": "Endpoints", "limitranges": "LimitRange", "resourcequotas": "ResourceQuota",
        "serviceaccounts": "ServiceAccount", "replicationcontrollers": "ReplicationController",
        "persistentvolumes": "PersistentVolume", "persistentvolumeclaims": "PersistentVolumeClaim",
        "deployments": "Deployment", "replicasets": "ReplicaSet", "statefulsets": "StatefulSet",
        "daemonsets": "DaemonSet", "controllerrevisions": "ControllerRevision", "jobs": "Job",
        "cronjobs": "CronJob", "horizontalpodautoscalers": "HorizontalPodAutoscaler",
        "ingresses": "Ingress",
        "ingressclasses": "IngressClass", "networkpolicies": "NetworkPolicy",
        "poddisruptionbudgets": "PodDisruptionBudget", "roles": "Role", "rolebindings": "RoleBinding",
        "clusterroles": "ClusterRole", "clusterrolebindings": "ClusterRoleBinding", "leases": "Lease",
        "storageclasses": "StorageClass", "priorityclasses": "PriorityClass",
        "runtimeclasses": "RuntimeClass",
        "csidrivers": "CSIDriver", "endpointslices": "EndpointSlice",
        "customresourcedefinitions": "CustomResourceDefinition",
        "validatingwebhookconfigurations": "ValidatingWebhookConfiguration",
        "mutatingwebhookconfigurations": "MutatingWebhookConfiguration",
        "widgets": "Widget", "plainwidgets": "PlainWidget", "loosewidgets": "LooseWidget",
        "scaledwidgets": "ScaledWidget", "globalwidgets": "GlobalWidget",
    ]
}
