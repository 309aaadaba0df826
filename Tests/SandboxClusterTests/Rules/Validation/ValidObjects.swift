/// Objects that nothing is wrong with, as small as they can be.
enum ValidObjects {
    static let texts: [String: String] = [
        "Pod":
            #"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "default"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}"#,
        "Deployment":
            #"{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d", "namespace": "default"}, "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "a"}}, "template": {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}}}"#,
        "ReplicaSet":
            #"{"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "r", "namespace": "default"}, "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "a"}}, "template": {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}}}"#,
        "StatefulSet":
            #"{"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "s", "namespace": "default"}, "spec": {"replicas": 0, "serviceName": "s", "selector": {"matchLabels": {"app": "a"}}, "template": {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}}}"#,
        "DaemonSet":
            #"{"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "ds", "namespace": "default"}, "spec": {"selector": {"matchLabels": {"app": "a"}}, "template": {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": [{"name": "c", "image": "i"}], "nodeSelector": {"none": "none"}}}}}"#,
        "ReplicationController":
            #"{"apiVersion": "v1", "kind": "ReplicationController", "metadata": {"name": "rc", "namespace": "default"}, "spec": {"replicas": 0, "selector": {"app": "a"}, "template": {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}}}"#,
        "Job":
            #"{"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "j", "namespace": "default"}, "spec": {"parallelism": 0, "manualSelector": true, "selector": {"matchLabels": {"app": "a"}}, "template": {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": [{"name": "c", "image": "i"}], "restartPolicy": "Never"}}}}"#,
        "CronJob":
            #"{"apiVersion": "batch/v1beta1", "kind": "CronJob", "metadata": {"name": "cj", "namespace": "default"}, "spec": {"schedule": "0 0 1 1 *", "suspend": true, "jobTemplate": {"spec": {"template": {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": [{"name": "c", "image": "i"}], "restartPolicy": "Never"}}}}}}"#,
        "Service":
            #"{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "svc", "namespace": "default"}, "spec": {"ports": [{"port": 80}]}}"#,
        "ConfigMap":
            #"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "cm", "namespace": "default"}, "data": {"a": "b"}}"#,
        "Secret":
            #"{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "sec", "namespace": "default"}, "data": {"a": "Yg=="}}"#,
        "Namespace": #"{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "example-b"}}"#,
        "Node":
            #"{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "example-node"}, "spec": {"unschedulable": true}}"#,
        "PersistentVolume":
            #"{"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "example-pv"}, "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "hostPath": {"path": "/a"}, "storageClassName": "sb-none"}}"#,
        "PersistentVolumeClaim":
            #"{"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "pvc", "namespace": "default"}, "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}, "storageClassName": "sb-none"}}"#,
        "StorageClass":
            #"{"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "example-sc"}, "provisioner": "a.b/c", "parameters": {"a": "b"}}"#,
        "ResourceQuota":
            #"{"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "rq", "namespace": "default"}, "spec": {"hard": {"pods": "1000"}}}"#,
        "LimitRange":
            #"{"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "lr", "namespace": "default"}, "spec": {"limits": []}}"#,
        "Endpoints":
            #"{"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "ep", "namespace": "default"}, "subsets": [{"addresses": [{"ip": "10.0.0.1"}], "ports": [{"port": 80}]}]}"#,
        "Ingress":
            #"{"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "ing", "namespace": "default"}, "spec": {"rules": [{"host": "a.b", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "s", "port": {"number": 80}}}}]}}]}}"#,
        "IngressClass":
            #"{"apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "metadata": {"name": "example-ic"}, "spec": {"controller": "a.b/c"}}"#,
        "NetworkPolicy":
            #"{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "np", "namespace": "default"}, "spec": {"podSelector": {}}}"#,
        "Role":
            #"{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "role", "namespace": "default"}, "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}"#,
        "ClusterRole":
            #"{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "example-cr"}, "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}"#,
        "RoleBinding":
            #"{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "rb", "namespace": "default"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "role"}, "subjects": [{"kind": "ServiceAccount", "name": "a", "namespace": "b"}]}"#,
        "ClusterRoleBinding":
            #"{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "example-crb"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "example-cr"}, "subjects": [{"kind": "ServiceAccount", "name": "a", "namespace": "b"}]}"#,
        "HPA":
            #"{"apiVersion": "autoscaling/v2beta2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "hpa", "namespace": "default"}, "spec": {"minReplicas": 1, "maxReplicas": 3, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "none"}, "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 50}}}]}}"#,
        "HPAv1":
            #"{"apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "hpa1", "namespace": "default"}, "spec": {"minReplicas": 1, "maxReplicas": 3, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "none"}}}"#,
        "PDB":
            #"{"apiVersion": "policy/v1beta1", "kind": "PodDisruptionBudget", "metadata": {"name": "pdb", "namespace": "default"}, "spec": {"minAvailable": 1, "selector": {"matchLabels": {"a": "b"}}}}"#,
        "PriorityClass":
            #"{"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "example-pc"}, "value": 5}"#,
        "Lease":
            #"{"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "lease", "namespace": "default"}, "spec": {"holderIdentity": "a"}}"#,
        "RuntimeClass":
            #"{"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": "example-rc"}, "handler": "h"}"#,
        "ServiceAccount":
            #"{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "sa", "namespace": "default"}}"#,
        "MutatingWebhookConfiguration":
            #"{"apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration", "metadata": {"name": "example-mwc"}, "webhooks": [{"name": "a.b.c", "sideEffects": "None", "admissionReviewVersions": ["v1"], "namespaceSelector": {"matchLabels": {"none": "none"}}, "clientConfig": {"url": "https://127.0.0.1:1/"}, "rules": [{"operations": ["CREATE"], "apiGroups": ["none.none"], "apiVersions": ["v1"], "resources": ["nones"]}]}]}"#,
        "APIService":
            #"{"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": {"name": "v1.example.test"}, "spec": {"group": "example.test", "version": "v1", "groupPriorityMinimum": 10, "versionPriority": 10, "service": {"namespace": "default", "name": "none"}}}"#,
        "CRD":
            #"{"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "gadgets.example.test"}, "spec": {"group": "example.test", "scope": "Namespaced", "names": {"plural": "gadgets", "kind": "Gadget"}, "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": {"type": "object", "properties": {"a": {"type": "string"}}}}}}}]}}"#,
        "EndpointSlice":
            #"{"apiVersion": "discovery.k8s.io/v1beta1", "kind": "EndpointSlice", "metadata": {"name": "es", "namespace": "default"}, "addressType": "IPv4", "endpoints": [{"addresses": ["10.0.0.1"]}], "ports": [{"name": "a", "port": 80}]}"#,
        "Event":
            #"{"apiVersion": "v1", "kind": "Event", "metadata": {"name": "ev", "namespace": "default"}, "involvedObject": {"kind": "Pod", "namespace": "default", "name": "x"}, "reason": "r"}"#,
        "FrozenConfigMap":
            #"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "cm", "namespace": "default"}, "data": {"a": "b"}, "immutable": true}"#,
        "FrozenSecret":
            #"{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "sec", "namespace": "default"}, "data": {"a": "Yg=="}, "immutable": true}"#,
        "ToleratingPod":
            #"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "default"}, "spec": {"containers": [{"name": "c", "image": "i"}], "tolerations": [{"key": "a", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 5}], "activeDeadlineSeconds": 100}}"#,
    ]
}
