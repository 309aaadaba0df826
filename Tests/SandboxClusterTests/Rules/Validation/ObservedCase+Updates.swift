/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let updates: [ObservedCase] = [
        ObservedCase(
            update: "frozen data", "FrozenConfigMap", #"{"data.a": "c", "binaryData": {"x": "eA=="}}"#,
            finds: [
                "data: Forbidden: field is immutable when `immutable` is set",
                "binaryData: Forbidden: field is immutable when `immutable` is set",
            ]),
        ObservedCase(
            update: "data that thaw", "FrozenConfigMap", #"{"immutable": false, "data.b": "x"}"#,
            finds: [
                "immutable: Forbidden: field is immutable when `immutable` is set",
                "data: Forbidden: field is immutable when `immutable` is set",
            ]),
        ObservedCase(
            update: "a frozen Secret", "FrozenSecret", #"{"data.a": "eA==", "immutable": null}"#,
            finds: [
                "immutable: Forbidden: field is immutable when `immutable` is set",
                "data: Forbidden: field is immutable when `immutable` is set",
            ]),
        ObservedCase(
            update: "a label of frozen data", "FrozenSecret", #"{"metadata.labels": {"a": "b"}}"#,
            finds: []),
        ObservedCase(
            update: "a claim that grows unbound", "PersistentVolumeClaim",
            #"{"spec.resources.requests.storage": "2Gi"}"#,
            finds: [
                "spec: Forbidden: spec is immutable after creation except resources.requests for bound claims"
            ]),
        ObservedCase(
            update: "a claim that shrinks", "PersistentVolumeClaim", #"{"spec.resources.requests.storage": "500Mi"}"#,
            finds: [
                "spec: Forbidden: spec is immutable after creation except resources.requests for bound claims",
                "spec.resources.requests.storage: Forbidden: field can not be less than previous value",
            ]),
        ObservedCase(
            update: "a claim of another class", "PersistentVolumeClaim", #"{"spec.storageClassName": "other"}"#,
            finds: [
                "spec: Forbidden: spec is immutable after creation except resources.requests for bound claims"
            ]),
        ObservedCase(
            update: "a volume elsewhere", "PersistentVolume", #"{"spec.hostPath.path": "/b"}"#,
            finds: [
                "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation"
            ]),
        ObservedCase(
            update: "a volume that grows", "PersistentVolume", #"{"spec.capacity.storage": "2Gi"}"#,
            finds: []),
        ObservedCase(
            update: "other pods of a Job", "Job", #"{"spec.template.spec.containers.0.image": "j"}"#,
            finds: [
                #"spec.template: Invalid value: core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{Name:"", GenerateName:"", Namespace:"", SelfLink:"", UID:"", ResourceVersion:"", Generation:0, CreationTimestamp:time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC), DeletionTimestamp:<nil>, DeletionGracePeriodSeconds:(*int64)(nil), Labels:map[string]string{"app":"a"}, Annotations:map[string]string(nil), OwnerReferences:[]v1.OwnerReference(nil), Finalizers:[]string(nil), ClusterName:"", ManagedFields:[]v1.ManagedFieldsEntry(nil)}, Spec:core.PodSpec{...}}: field is immutable"#
            ]),
        ObservedCase(
            update: "another selector of a Job", "Job",
            #"{"spec.selector.matchLabels": {"app": "a", "b": "c"}, "spec.template.metadata.labels": {"app": "a", "b": "c"}}"#,
            finds: [
                #"spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"a", "b":"c"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable"#,
                #"spec.template: Invalid value: core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{Name:"", GenerateName:"", Namespace:"", SelfLink:"", UID:"", ResourceVersion:"", Generation:0, CreationTimestamp:time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC), DeletionTimestamp:<nil>, DeletionGracePeriodSeconds:(*int64)(nil), Labels:map[string]string{"app":"a", "b":"c"}, Annotations:map[string]string(nil), OwnerReferences:[]v1.OwnerReference(nil), Finalizers:[]string(nil), ClusterName:"", ManagedFields:[]v1.ManagedFieldsEntry(nil)}, Spec:core.PodSpec{...}}: field is immutable"#,
            ]),
        ObservedCase(
            update: "more parallelism of a Job", "Job", #"{"spec.parallelism": -1}"#,
            finds: [
                "spec.parallelism: Invalid value: -1: must be greater than or equal to 0",
                "spec.parallelism: Invalid value: -1: must be greater than or equal to 0",
            ]),
        ObservedCase(
            update: "a toleration that is gone", "ToleratingPod", #"{"spec.tolerations": []}"#,
            finds: [
                "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds"
            ]),
        ObservedCase(
            update: "a toleration for longer", "ToleratingPod", #"{"spec.tolerations.0.tolerationSeconds": 9}"#,
            finds: []),
        ObservedCase(
            update: "a deadline that is later", "ToleratingPod", #"{"spec.activeDeadlineSeconds": 200}"#,
            finds: [
                "spec.activeDeadlineSeconds: Invalid value: 200: must be less than or equal to previous value"
            ]),
        ObservedCase(
            update: "a deadline that is gone", "ToleratingPod", #"{"spec.activeDeadlineSeconds": null}"#,
            finds: [
                #"spec.activeDeadlineSeconds: Invalid value: "null": must not update from a positive integer to nil value"#
            ]),
        ObservedCase(
            update: "another grace period", "Pod", #"{"spec.terminationGracePeriodSeconds": 5}"#,
            finds: [
                "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds` or `spec.tolerations` (only additions to existing tolerations)"
            ]),
        ObservedCase(
            update: "a rule of nothing", "Role", #"{"rules": [{}]}"#,
            finds: [
                "rules[0].verbs: Required value: verbs must contain at least one value",
                "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                "rules[0].resources: Required value: resource rules must supply at least one resource",
                "rules[0].verbs: Required value: verbs must contain at least one value",
                "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                "rules[0].resources: Required value: resource rules must supply at least one resource",
            ]),
        ObservedCase(
            update: "a port out of range", "NetworkPolicy", #"{"spec.ingress": [{"ports": [{"port": 0}]}]}"#,
            finds: [
                "spec.ingress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
                "spec.ingress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
            ]),
        ObservedCase(
            update: "a subject that nobody knows", "ClusterRoleBinding",
            #"{"subjects": [{"kind": "Foo", "name": "a"}]}"#,
            finds: [
                #"subjects[0].kind: Unsupported value: "Foo": supported values: "ServiceAccount", "User", "Group""#,
                #"subjects[0].kind: Unsupported value: "Foo": supported values: "ServiceAccount", "User", "Group""#,
            ]),
        ObservedCase(
            update: "a service without ports", "Service", #"{"spec.ports": []}"#,
            finds: [
                "spec.ports: Required value"
            ]),
        ObservedCase(
            update: "an Ingress without rules", "Ingress", #"{"spec": {}}"#,
            finds: [
                "spec: Invalid value: []networking.IngressRule(nil): either `defaultBackend` or `rules` must be specified"
            ]),
        ObservedCase(
            update: "a schedule that is none", "CronJob", #"{"spec.schedule": "x"}"#,
            finds: [
                #"spec.schedule: Invalid value: "x": Expected exactly 5 fields, found 1: x"#
            ]),
        ObservedCase(
            update: "an autoscaler of nothing", "HPA", #"{"spec.maxReplicas": -1}"#,
            finds: [
                "spec.maxReplicas: Invalid value: -1: must be greater than 0",
                "spec.maxReplicas: Invalid value: -1: must be greater than or equal to `minReplicas`",
            ]),
        ObservedCase(
            update: "limits of nobody", "LimitRange", #"{"spec.limits": [{"type": "Foo"}]}"#,
            finds: [
                #"spec.limits[0].type: Invalid value: "Foo": must be a standard limit type or fully qualified"#
            ]),
        ObservedCase(
            update: "replicas below nothing", "StatefulSet", #"{"spec.replicas": -1}"#,
            finds: [
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
            ]),
        ObservedCase(
            update: "containers without images", "DaemonSet", #"{"spec.template.spec.containers.0.image": null}"#,
            finds: [
                "spec.template.spec.containers[0].image: Required value",
                "spec.template.spec.containers[0].image: Required value",
            ]),
        ObservedCase(
            update: "a lease of no time", "Lease", #"{"spec.leaseDurationSeconds": 0}"#,
            finds: [
                "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0"
            ]),
        ObservedCase(
            update: "endpoints without addresses", "Endpoints", #"{"subsets": [{}]}"#,
            finds: [
                "subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`"
            ]),
        ObservedCase(
            update: "a schema that is none", "CRD", #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec": {}}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields"
            ]),
        ObservedCase(
            update: "a node port out of range", "Service", #"{"spec.type": "NodePort", "spec.ports.0.nodePort": 99}"#,
            finds: [
                "spec.ports[0].nodePort: Invalid value: 99: provided port is not in the valid range. The range of valid ports is 30000-32767"
            ]),
        ObservedCase(
            update: "a traffic policy of a cluster address", "Service", #"{"spec.externalTrafficPolicy": "Local"}"#,
            finds: [
                #"spec.externalTrafficPolicy: Invalid value: "Local": ExternalTrafficPolicy can only be set on NodePort and LoadBalancer service"#
            ]),
    ]
}
