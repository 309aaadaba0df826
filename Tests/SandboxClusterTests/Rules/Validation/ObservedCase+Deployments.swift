/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let deployments: [ObservedCase] = [
        ObservedCase(
            "negative replicas", "Deployment", #"{"spec.replicas": -1}"#,
            finds: [
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0"
            ]),
        ObservedCase(
            "no selector", "Deployment", #"{"spec.selector": null}"#,
            finds: [
                "spec.selector: Required value",
                #"spec.template.metadata.labels: Invalid value: map[string]string{"app":"a"}: `selector` does not match template `labels`"#,
            ]),
        ObservedCase(
            "an empty selector", "Deployment", #"{"spec.selector": {}}"#,
            finds: [
                "spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for deployment"
            ]),
        ObservedCase(
            "a selector of other labels", "Deployment", #"{"spec.selector.matchLabels.app": "b"}"#,
            finds: [
                #"spec.template.metadata.labels: Invalid value: map[string]string{"app":"a"}: `selector` does not match template `labels`"#
            ]),
        ObservedCase(
            "a selector that cannot be read", "Deployment",
            #"{"spec.selector.matchExpressions": [{"key": "a", "operator": "Foo"}]}"#,
            finds: [
                #"spec.selector.matchExpressions[0].operator: Invalid value: "Foo": not a valid selector operator"#,
                #"spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"a"}, MatchExpressions:[]v1.LabelSelectorRequirement{v1.LabelSelectorRequirement{Key:"a", Operator:"Foo", Values:[]string(nil)}}}: invalid label selector"#,
            ]),
        ObservedCase(
            "no template", "Deployment", #"{"spec.template": null}"#,
            finds: [
                "spec.template.metadata.labels: Invalid value: map[string]string(nil): `selector` does not match template `labels`",
                "spec.template.spec.containers: Required value",
            ]),
        ObservedCase(
            "a strategy that nobody knows", "Deployment", #"{"spec.strategy": {"type": "Foo"}}"#,
            finds: [
                #"spec.strategy: Unsupported value: apps.DeploymentStrategy{Type:"Foo", RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}: supported values: "Recreate", "RollingUpdate""#
            ]),
        ObservedCase(
            "Recreate with a rolling update", "Deployment",
            #"{"spec.strategy": {"type": "Recreate", "rollingUpdate": {"maxSurge": 1}}}"#,
            finds: [
                "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"
            ]),
        ObservedCase(
            "neither surge nor unavailability", "Deployment",
            #"{"spec.strategy": {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}}}"#,
            finds: [
                #"spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:""}: may not be 0 when `maxSurge` is 0"#
            ]),
        ObservedCase(
            "no percentages", "Deployment",
            #"{"spec.strategy": {"rollingUpdate": {"maxSurge": "a", "maxUnavailable": "101%"}}}"#,
            finds: [
                #"spec.strategy.rollingUpdate.maxSurge: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"a"}: a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"#,
                #"spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"101%"}: must not be greater than 100%"#,
            ]),
        ObservedCase(
            "negative portions", "Deployment",
            #"{"spec.strategy": {"rollingUpdate": {"maxSurge": -1, "maxUnavailable": -1}}}"#,
            finds: [
                "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: -1: must be greater than or equal to 0",
                "spec.strategy.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0",
            ]),
        ObservedCase(
            "a deadline before readiness", "Deployment",
            #"{"spec.progressDeadlineSeconds": 5, "spec.minReadySeconds": 5}"#,
            finds: [
                "spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds"
            ]),
        ObservedCase(
            "negative numbers", "Deployment",
            #"{"spec.progressDeadlineSeconds": -5, "spec.minReadySeconds": -6, "spec.revisionHistoryLimit": -1}"#,
            finds: [
                "spec.minReadySeconds: Invalid value: -6: must be greater than or equal to 0",
                "spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0",
                "spec.progressDeadlineSeconds: Invalid value: -5: must be greater than or equal to 0",
            ]),
        ObservedCase(
            "a restart policy that ends", "Deployment", #"{"spec.template.spec.restartPolicy": "Never"}"#,
            finds: [
                #"spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always""#
            ]),
        ObservedCase(
            "a deadline of pods", "Deployment", #"{"spec.template.spec.activeDeadlineSeconds": 5}"#,
            finds: [
                "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported"
            ]),
        ObservedCase(
            "a bad template", "Deployment",
            #"{"spec.template.metadata.labels": {"app": "a", "b": "x y"}, "spec.template.metadata.annotations": {"a b": "x"}, "spec.template.spec.containers.0.image": null}"#,
            finds: [
                #"spec.template.labels: Invalid value: "x y": {value}"#,
                #"spec.template.annotations: Invalid value: "a b": name part {qualified}"#,
                "spec.template.spec.containers[0].image: Required value",
            ]),
        ObservedCase(
            "a mount of nothing", "Deployment",
            #"{"spec.template.spec.containers.0.volumeMounts": [{"name": "v", "mountPath": "/a"}]}"#,
            finds: [
                #"spec.template.spec.containers[0].volumeMounts[0].name: Not found: "v""#
            ]),
        ObservedCase(
            update: "another selector", "Deployment",
            #"{"spec.selector.matchLabels.app": "b", "spec.template.metadata.labels.app": "b"}"#,
            finds: [
                #"spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"b"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable"#
            ]),
        ObservedCase(
            update: "negative replicas on an update", "Deployment", #"{"spec.replicas": -1}"#,
            finds: [
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0"
            ]),
        ObservedCase(
            "a ReplicaSet without selector", "ReplicaSet", #"{"spec.selector": null}"#,
            finds: [
                "spec.selector: Required value",
                #"spec.template.metadata.labels: Invalid value: map[string]string{"app":"a"}: `selector` does not match template `labels`"#,
            ]),
        ObservedCase(
            "an empty selector of a ReplicaSet", "ReplicaSet", #"{"spec.selector": {}}"#,
            finds: [
                "spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for deployment"
            ]),
        ObservedCase(
            update: "another selector of a ReplicaSet", "ReplicaSet",
            #"{"spec.selector.matchLabels.app": "b", "spec.template.metadata.labels.app": "b"}"#,
            finds: [
                #"spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"b"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable"#
            ]),
        ObservedCase(
            "a ReplicationController of others", "ReplicationController", #"{"spec.selector": {"app": "b"}}"#,
            finds: [
                #"spec.template.metadata.labels: Invalid value: map[string]string{"app":"a"}: `selector` does not match template `labels`"#
            ]),
        ObservedCase(
            "a ReplicationController without template", "ReplicationController",
            #"{"spec.template": null, "spec.selector": {}}"#,
            finds: [
                "spec.selector: Required value",
                "spec.template: Required value",
            ]),
    ]
}
