/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let others: [ObservedCase] = [
        ObservedCase(
            "no pods at most", "HPA", #"{"spec.maxReplicas": 0}"#,
            finds: [
                "spec.maxReplicas: Invalid value: 0: must be greater than 0",
                "spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`",
            ]),
        ObservedCase(
            "fewer at most than at least", "HPA", #"{"spec.minReplicas": 5}"#,
            finds: [
                "spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`"
            ]),
        ObservedCase(
            "none at least", "HPA", #"{"spec.minReplicas": 0}"#,
            finds: [
                "spec.minReplicas: Invalid value: 0: must be greater than or equal to 1",
                "spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas",
            ]),
        ObservedCase(
            "no target", "HPA", #"{"spec.scaleTargetRef": {"kind": "", "name": ""}}"#,
            finds: [
                "spec.scaleTargetRef.kind: Required value",
                "spec.scaleTargetRef.name: Required value",
            ]),
        ObservedCase(
            "metrics", "HPA",
            #"{"spec.metrics": [{"type": "Foo"}, {"type": "Resource"}, {"type": "Pods", "resource": {"name": "", "target": {}}}, {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 0, "averageValue": "-1"}}}]}"#,
            finds: [
                #"spec.metrics[0].type: Unsupported value: "Foo": supported values: "ContainerResource", "External", "Object", "Pods", "Resource""#,
                #"spec.metrics[0].type: Unsupported value: "Foo": supported values: "ContainerResource", "External", "Object", "Pods", "Resource""#,
                "spec.metrics[1].resource: Required value: must populate information for the given metric source",
                "spec.metrics[2].resource.name: Required value: must specify a resource name",
                "spec.metrics[2].resource.target.type: Required value: must specify a metric target type",
                #"spec.metrics[2].resource.target.type: Invalid value: "": must be either Utilization, Value, or AverageValue"#,
                "spec.metrics[2].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization",
                "spec.metrics[2].pods: Required value: must populate information for the given metric source",
                #"spec.metrics[3].resource.target.averageValue: Invalid value: resource.Quantity{i:resource.int64Amount{value:-1, scale:0}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"-1", Format:"DecimalSI"}: must be positive"#,
                "spec.metrics[3].resource.target.averageUtilization: Invalid value: 0: must be greater than 0",
                "spec.metrics[3].resource.target.averageValue: Forbidden: may not set both a target raw value and a target utilization",
            ]),
        ObservedCase(
            "behaviour", "HPA",
            #"{"spec.behavior": {"scaleUp": {"stabilizationWindowSeconds": -1, "selectPolicy": "Foo", "policies": [{"type": "Foo", "value": 0, "periodSeconds": 2000}]}, "scaleDown": {"stabilizationWindowSeconds": 4000}}}"#,
            finds: [
                "spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: -1: must be greater than or equal to zero",
                #"spec.behavior.scaleUp.selectPolicy: Unsupported value: "Foo": supported values: "Disabled", "Max", "Min""#,
                #"spec.behavior.scaleUp.policies[0].type: Unsupported value: "Foo": supported values: "Percent", "Pods""#,
                "spec.behavior.scaleUp.policies[0].value: Invalid value: 0: must be greater than zero",
                "spec.behavior.scaleUp.policies[0].periodSeconds: Invalid value: 2000: must be less than or equal to 1800",
                "spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 4000: must be less than or equal to 3600",
            ]),
        ObservedCase(
            "an old metric", "HPAv1", #"{"spec.targetCPUUtilizationPercentage": 0}"#,
            finds: [
                "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0"
            ]),
        ObservedCase(
            "both budgets", "PDB", #"{"spec.maxUnavailable": 1}"#,
            finds: [
                "spec: Invalid value: policy.PodDisruptionBudgetSpec{MinAvailable:(*intstr.IntOrString)(0xc000000000), Selector:(*v1.LabelSelector)(0xc000000000), MaxUnavailable:(*intstr.IntOrString)(0xc000000000)}: minAvailable and maxUnavailable cannot be both set"
            ]),
        ObservedCase(
            "a budget of more than all", "PDB", #"{"spec.minAvailable": "101%"}"#,
            finds: [
                #"spec.minAvailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"101%"}: must not be greater than 100%"#
            ]),
        ObservedCase(
            "a budget that is none", "PDB", #"{"spec.minAvailable": "a"}"#,
            finds: [
                #"spec.minAvailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"a"}: a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"#
            ]),
        ObservedCase(
            "a negative budget", "PDB", #"{"spec.minAvailable": -1}"#,
            finds: [
                "spec.minAvailable: Invalid value: -1: must be greater than or equal to 0"
            ]),
        ObservedCase(
            "a selector of a budget", "PDB",
            #"{"spec.selector": {"matchExpressions": [{"key": "a", "operator": "Foo"}]}}"#,
            finds: [
                #"spec.selector.matchExpressions[0].operator: Invalid value: "Foo": not a valid selector operator"#
            ]),
        ObservedCase(
            "a priority too high", "PriorityClass", #"{"value": 1000000001}"#,
            finds: [
                "value: Forbidden: maximum allowed value of a user defined priority is 1000000000"
            ]),
        ObservedCase(
            "a priority of the system", "PriorityClass", #"{"metadata.name": "system-foo"}"#,
            finds: [
                "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-foo is not a known system priority class"
            ]),
        ObservedCase(
            update: "another priority", "PriorityClass", #"{"value": 6}"#,
            finds: [
                "Value: Forbidden: may not be changed in an update."
            ]),
        ObservedCase(
            "a policy of preemption", "PriorityClass", #"{"preemptionPolicy": "Foo"}"#,
            finds: [
                #"preemptionPolicy: Unsupported value: "Foo": supported values: "PreemptLowerPriority", "Never""#
            ]),
        ObservedCase(
            "a lease of no time", "Lease", #"{"spec.leaseDurationSeconds": 0, "spec.leaseTransitions": -1}"#,
            finds: [
                "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0",
                "spec.leaseTransitions: Invalid value: -1: must to greater or equal than 0",
            ]),
        ObservedCase(
            "a handler that is none", "RuntimeClass", #"{"handler": "A_"}"#,
            finds: [
                #"handler: Invalid value: "A_": {label}"#
            ]),
        ObservedCase(
            update: "another handler", "RuntimeClass", #"{"handler": "g"}"#,
            finds: [
                #"handler: Invalid value: "g": field is immutable"#
            ]),
        ObservedCase(
            "taints", "Node",
            #"{"spec.taints": [{"key": "a b", "effect": "Foo"}, {"key": "c", "value": "x y", "effect": ""}, {"key": "d", "effect": "NoSchedule"}, {"key": "d", "effect": "NoSchedule"}]}"#,
            finds: [
                #"metadata.taints[0].key: Invalid value: "a b": name part {qualified}"#,
                #"metadata.taints[0].effect: Unsupported value: "Foo": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute""#,
                #"metadata.taints[1].value: Invalid value: "x y": {value}"#,
                "metadata.taints[1].effect: Required value",
                #"metadata.taints[3]: Duplicate value: core.Taint{Key:"d", Value:"", Effect:"NoSchedule", TimeAdded:<nil>}: taints must be unique by key and effect pair"#,
            ]),
        ObservedCase(
            "ranges of pods", "Node", #"{"spec.podCIDR": "x", "spec.podCIDRs": ["x"]}"#,
            finds: [
                #"spec.podCIDRs[0]: Invalid value: []string{"x"}: must be valid CIDR"#
            ]),
        ObservedCase(
            update: "a provider that changes", "Node", #"{"spec.externalID": "x"}"#,
            finds: [
                "[]: Forbidden: node updates may only change labels, taints, or capacity (or configSource, if the DynamicKubeletConfig feature gate is enabled)"
            ]),
        ObservedCase(
            "an event of another namespace", "Event", #"{"involvedObject.namespace": "other"}"#,
            finds: [
                #"involvedObject.namespace: Invalid value: "other": does not match event.namespace"#
            ]),
        ObservedCase(
            "webhooks", "MutatingWebhookConfiguration",
            #"{"webhooks": [{"name": "a", "clientConfig": {}, "rules": [{}]}]}"#,
            finds: [
                #"webhooks[0].name: Invalid value: "a": should be a domain with at least three segments separated by dots"#,
                "webhooks[0].rules[0].operations: Required value",
                "webhooks[0].rules[0].apiGroups: Required value",
                "webhooks[0].rules[0].apiVersions: Required value",
                "webhooks[0].rules[0].resources: Required value",
                "webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun",
                "webhooks[0].clientConfig: Required value: exactly one of url or service is required",
                "webhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1",
            ]),
        ObservedCase(
            "more of webhooks", "MutatingWebhookConfiguration",
            #"{"webhooks.0.timeoutSeconds": 31, "webhooks.0.sideEffects": "Some", "webhooks.0.failurePolicy": "Foo", "webhooks.0.matchPolicy": "Foo", "webhooks.0.reinvocationPolicy": "Foo", "webhooks.0.admissionReviewVersions": ["v9"], "webhooks.0.rules": [{"operations": ["*", "CREATE"], "apiGroups": ["*", "a"], "apiVersions": ["*", "a"], "resources": ["*", "a"], "scope": "Foo"}]}"#,
            finds: [
                #"webhooks[0].rules[0].operations: Invalid value: []admissionregistration.OperationType{"*", "CREATE"}: if '*' is present, must not specify other operations"#,
                #"webhooks[0].rules[0].apiGroups: Invalid value: []string{"*", "a"}: if '*' is present, must not specify other API groups"#,
                #"webhooks[0].rules[0].apiVersions: Invalid value: []string{"*", "a"}: if '*' is present, must not specify other API versions"#,
                #"webhooks[0].rules[0].resources: Invalid value: []string{"*", "a"}: if '*' is present, must not specify other resources without subresources"#,
                #"webhooks[0].rules[0].scope: Unsupported value: "Foo": supported values: "*", "Cluster", "Namespaced""#,
                #"webhooks[0].failurePolicy: Unsupported value: "Foo": supported values: "Fail", "Ignore""#,
                #"webhooks[0].matchPolicy: Unsupported value: "Foo": supported values: "Equivalent", "Exact""#,
                #"webhooks[0].sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun""#,
                "webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds",
                #"webhooks[0].reinvocationPolicy: Unsupported value: "Foo": supported values: "IfNeeded", "Never""#,
                #"webhooks[0].admissionReviewVersions: Invalid value: []string{"v9"}: must include at least one of v1, v1beta1"#,
            ]),
        ObservedCase(
            "URLs of webhooks", "MutatingWebhookConfiguration",
            #"{"webhooks.0.clientConfig": {"url": "http://a:b@c/?x=y#z"}}"#,
            finds: [
                #"webhooks[0].clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]"#,
                #"webhooks[0].clientConfig.url: Invalid value: "a:b": user information is not permitted in the URL"#,
                #"webhooks[0].clientConfig.url: Invalid value: "z": fragments are not permitted in the URL"#,
                #"webhooks[0].clientConfig.url: Invalid value: "x=y": query parameters are not permitted in the URL"#,
            ]),
        ObservedCase(
            "services of webhooks", "MutatingWebhookConfiguration",
            #"{"webhooks.0.clientConfig": {"service": {"name": "", "namespace": "", "path": "x", "port": 0}}}"#,
            finds: [
                "webhooks[0].clientConfig.service.name: Required value: service name is required",
                "webhooks[0].clientConfig.service.namespace: Required value: service namespace is required",
                "webhooks[0].clientConfig.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive",
                #"webhooks[0].clientConfig.service.path: Invalid value: "x": must start with a '/'"#,
                #"webhooks[0].clientConfig.service.path: Invalid value: "x": segment[0] may not be empty"#,
            ]),
        ObservedCase(
            "a service of another version", "APIService", #"{"spec.version": "v2"}"#,
            finds: [
                #"metadata.name: Invalid value: "v1.example.test": must be `spec.version+"."+spec.group`: "v2.example.test""#
            ]),
        ObservedCase(
            "priorities of a service", "APIService", #"{"spec.groupPriorityMinimum": 0, "spec.versionPriority": 1001}"#,
            finds: [
                "spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000",
                "spec.versionPriority: Invalid value: 1001: must be positive and less than 1000",
            ]),
        ObservedCase(
            "a service without a name", "APIService", #"{"spec.service": {}}"#,
            finds: [
                "spec.service.namespace: Required value",
                "spec.service.name: Required value",
            ]),
        ObservedCase(
            "a local service", "APIService",
            #"{"spec.service": null, "spec.insecureSkipTLSVerify": true, "spec.caBundle": "eA=="}"#,
            finds: [
                #"spec.caBundle: Invalid value: "1 bytes": local APIServices may not have a caBundle"#,
                "spec.insecureSkipTLSVerify: Invalid value: true: local APIServices may not have insecureSkipTLSVerify",
            ]),
    ]
}
