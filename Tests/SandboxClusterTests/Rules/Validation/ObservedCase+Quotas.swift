/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let quotas: [ObservedCase] = [
        ObservedCase(
            "resources that nobody knows", "ResourceQuota", #"{"spec.hard": {"foo": "1"}}"#,
            finds: [
                #"spec.hard[foo]: Invalid value: "foo": must be a standard resource type or fully qualified"#,
                #"spec.hard[foo]: Invalid value: "foo": must be a standard resource for quota"#,
            ]),
        ObservedCase(
            "negative amounts", "ResourceQuota", #"{"spec.hard": {"pods": "-1"}}"#,
            finds: [
                #"spec.hard[pods]: Invalid value: "-1": must be greater than or equal to 0"#
            ]),
        ObservedCase(
            "half a pod", "ResourceQuota", #"{"spec.hard": {"pods": "500m"}}"#,
            finds: [
                #"spec.hard[pods]: Invalid value: resource.Quantity{i:resource.int64Amount{value:500, scale:-3}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"500m", Format:"DecimalSI"}: must be an integer"#
            ]),
        ObservedCase(
            "scopes", "ResourceQuota", #"{"spec.scopes": ["Foo"]}"#,
            finds: [
                #"spec.scopes: Invalid value: []core.ResourceQuotaScope{"Foo"}: unsupported scope"#
            ]),
        ObservedCase(
            "scopes that disagree", "ResourceQuota", #"{"spec.scopes": ["BestEffort", "NotBestEffort"]}"#,
            finds: [
                #"spec.scopes: Invalid value: []core.ResourceQuotaScope{"BestEffort", "NotBestEffort"}: conflicting scopes"#
            ]),
        ObservedCase(
            "scopes of other resources", "ResourceQuota",
            #"{"spec.hard": {"services": "1"}, "spec.scopes": ["Terminating"]}"#,
            finds: [
                #"spec.scopes: Invalid value: []core.ResourceQuotaScope{"Terminating"}: unsupported scope applied to resource"#
            ]),
        ObservedCase(
            update: "scopes that change", "ResourceQuota", #"{"spec.scopes": ["BestEffort"]}"#,
            finds: [
                #"spec.scopes: Invalid value: []core.ResourceQuotaScope{"BestEffort"}: field is immutable"#
            ]),
        ObservedCase(
            "selectors of scopes", "ResourceQuota",
            #"{"spec.scopeSelector": {"matchExpressions": [{"scopeName": "PriorityClass", "operator": "In"}, {"scopeName": "BestEffort", "operator": "In", "values": ["x"]}, {"scopeName": "PriorityClass", "operator": "Exists", "values": ["x"]}]}}"#,
            finds: [
                "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
                #"spec.scopeSelector.matchExpressions.operator: Invalid value: "In": must be 'Exist' only operator when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort and ResourceQuotaScopeNotBestEffort"#,
                #"spec.scopeSelector.matchExpressions.values: Invalid value: []string{"x"}: must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"#,
            ]),
        ObservedCase(
            "limits that disagree", "LimitRange",
            #"{"spec.limits": [{"type": "Pod", "min": {"cpu": "2"}, "max": {"cpu": "1"}}]}"#,
            finds: [
                #"spec.limits[0].min[cpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:2, scale:0}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"2", Format:"DecimalSI"}: min value 2 is greater than max value 1"#
            ]),
        ObservedCase(
            "defaults out of range", "LimitRange",
            #"{"spec.limits": [{"type": "Container", "default": {"cpu": "3"}, "defaultRequest": {"cpu": "4"}, "max": {"cpu": "1"}}]}"#,
            finds: [
                #"spec.limits[0].defaultRequest[cpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:4, scale:0}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"4", Format:"DecimalSI"}: default request value 4 is greater than max value 1"#,
                #"spec.limits[0].defaultRequest[cpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:4, scale:0}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"4", Format:"DecimalSI"}: default request value 4 is greater than default limit value 3"#,
                #"spec.limits[0].default[cpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:1, scale:0}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"1", Format:"DecimalSI"}: default value 3 is greater than max value 1"#,
            ]),
        ObservedCase(
            "defaults of pods", "LimitRange", #"{"spec.limits": [{"type": "Pod", "default": {"cpu": "3"}}]}"#,
            finds: [
                "spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'"
            ]),
        ObservedCase(
            "a claim without limits", "LimitRange", #"{"spec.limits": [{"type": "PersistentVolumeClaim"}]}"#,
            finds: [
                "spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided"
            ]),
        ObservedCase(
            "types", "LimitRange", #"{"spec.limits": [{"type": "Foo"}, {"type": "Pod"}, {"type": "Pod"}]}"#,
            finds: [
                #"spec.limits[0].type: Invalid value: "Foo": must be a standard limit type or fully qualified"#,
                #"spec.limits[2].type: Duplicate value: "Pod""#,
            ]),
        ObservedCase(
            "ratios", "LimitRange",
            #"{"spec.limits": [{"type": "Container", "min": {"cpu": "1"}, "max": {"cpu": "2"}, "maxLimitRequestRatio": {"cpu": "3"}}, {"type": "Pod", "maxLimitRequestRatio": {"cpu": "500m"}}]}"#,
            finds: [
                #"spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:3, scale:0}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"3", Format:"DecimalSI"}: ratio 3 is greater than max/min = 2.000000"#,
                #"spec.limits[1].maxLimitRequestRatio[cpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:500, scale:-3}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"500m", Format:"DecimalSI"}: ratio 500m is less than 1"#,
            ]),
    ]
}
