/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let statefulsets: [ObservedCase] = [
        ObservedCase(
            "no selector", "StatefulSet", #"{"spec.selector": null}"#,
            finds: [
                "spec.selector: Required value",
                #"spec.template.metadata.labels: Invalid value: map[string]string{"app":"a"}: `selector` does not match template `labels`"#,
            ]),
        ObservedCase(
            "an empty selector", "StatefulSet", #"{"spec.selector": {}}"#,
            finds: [
                "spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for statefulset"
            ]),
        ObservedCase(
            "a selector that cannot be read", "StatefulSet",
            #"{"spec.selector.matchExpressions": [{"key": "a", "operator": "In"}]}"#,
            finds: [
                "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                #"spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"a"}, MatchExpressions:[]v1.LabelSelectorRequirement{v1.LabelSelectorRequirement{Key:"a", Operator:"In", Values:[]string(nil)}}}"#,
            ]),
        ObservedCase(
            "policies that nobody knows", "StatefulSet",
            #"{"spec.podManagementPolicy": "Foo", "spec.updateStrategy": {"type": "Foo"}}"#,
            finds: [
                #"spec.podManagementPolicy: Invalid value: "Foo": must be 'OrderedReady' or 'Parallel'"#,
                #"spec.updateStrategy: Invalid value: apps.StatefulSetUpdateStrategy{Type:"Foo", RollingUpdate:(*apps.RollingUpdateStatefulSetStrategy)(nil)}: must be 'RollingUpdate' or 'OnDelete'"#,
            ]),
        ObservedCase(
            "a partition of nothing", "StatefulSet",
            #"{"spec.updateStrategy": {"type": "OnDelete", "rollingUpdate": {"partition": 1}}}"#,
            finds: [
                "spec.updateStrategy.rollingUpdate: Invalid value: apps.RollingUpdateStatefulSetStrategy{Partition:1}: only allowed for updateStrategy 'RollingUpdate'"
            ]),
        ObservedCase(
            "a negative partition", "StatefulSet",
            #"{"spec.updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": -1}}, "spec.replicas": -1}"#,
            finds: [
                "spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0",
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
            ]),
        ObservedCase(
            "containers without images", "StatefulSet",
            #"{"spec.template.spec.containers.0.image": null, "spec.template.spec.restartPolicy": "Never"}"#,
            finds: [
                #"spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always""#
            ]),
        ObservedCase(
            update: "another service", "StatefulSet", #"{"spec.serviceName": "t"}"#,
            finds: [
                "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'template', and 'updateStrategy' are forbidden"
            ]),
        ObservedCase(
            update: "other claims", "StatefulSet",
            #"{"spec.volumeClaimTemplates": [{"metadata": {"name": "a"}, "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}]}"#,
            finds: [
                "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'template', and 'updateStrategy' are forbidden"
            ]),
        ObservedCase(
            "a DaemonSet of others", "DaemonSet", #"{"spec.selector.matchLabels.app": "b"}"#,
            finds: [
                #"spec.template.metadata.labels: Invalid value: map[string]string{"app":"a"}: `selector` does not match template `labels`"#
            ]),
        ObservedCase(
            "a DaemonSet without selector", "DaemonSet", #"{"spec.selector": null}"#,
            finds: [
                #"spec.template.metadata.labels: Invalid value: map[string]string{"app":"a"}: `selector` does not match template `labels`"#
            ]),
        ObservedCase(
            "an empty selector of a DaemonSet", "DaemonSet", #"{"spec.selector": {}}"#,
            finds: [
                "spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for daemonset"
            ]),
        ObservedCase(
            "a strategy of a DaemonSet", "DaemonSet", #"{"spec.updateStrategy": {"type": "Foo"}}"#,
            finds: [
                #"spec.updateStrategy: Unsupported value: apps.DaemonSetUpdateStrategy{Type:"Foo", RollingUpdate:(*apps.RollingUpdateDaemonSet)(nil)}: supported values: "RollingUpdate", "OnDelete""#
            ]),
        ObservedCase(
            "a DaemonSet without unavailability", "DaemonSet",
            #"{"spec.updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0}}}"#,
            finds: [
                #"spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:""}: cannot be 0"#
            ]),
        ObservedCase(
            "a DaemonSet that ends", "DaemonSet", #"{"spec.template.spec.restartPolicy": "Never"}"#,
            finds: [
                #"spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always""#
            ]),
        ObservedCase(
            update: "another selector of a DaemonSet", "DaemonSet",
            #"{"spec.selector.matchLabels.app": "b", "spec.template.metadata.labels.app": "b"}"#,
            finds: [
                #"spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"b"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable"#
            ]),
    ]
}
