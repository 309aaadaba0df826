/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let roles: [ObservedCase] = [
        ObservedCase(
            "a rule of nothing", "Role", #"{"rules": [{}]}"#,
            finds: [
                "rules[0].verbs: Required value: verbs must contain at least one value",
                "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                "rules[0].resources: Required value: resource rules must supply at least one resource",
            ]),
        ObservedCase(
            "a URL in a namespace", "Role", #"{"rules": [{"verbs": ["get"], "nonResourceURLs": ["/a"]}]}"#,
            finds: [
                #"rules[0].nonResourceURLs: Invalid value: []string{"/a"}: namespaced rules cannot apply to non-resource URLs"#
            ]),
        ObservedCase(
            "a URL and resources", "ClusterRole",
            #"{"rules": [{"verbs": ["get"], "nonResourceURLs": ["/a"], "resources": ["pods"], "apiGroups": [""]}]}"#,
            finds: [
                #"rules[0].nonResourceURLs: Invalid value: []string{"/a"}: rules cannot apply to both regular resources and non-resource URLs"#
            ]),
        ObservedCase(
            "an aggregation of nothing", "ClusterRole", #"{"aggregationRule": {}}"#,
            finds: [
                "aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil"
            ]),
        ObservedCase(
            update: "another role", "RoleBinding", #"{"roleRef.name": "other"}"#,
            finds: [
                #"roleRef: Invalid value: rbac.RoleRef{APIGroup:"rbac.authorization.k8s.io", Kind:"Role", Name:"other"}: cannot change roleRef"#
            ]),
        ObservedCase(
            update: "another cluster role", "ClusterRoleBinding", #"{"roleRef.name": "other"}"#,
            finds: [
                #"roleRef: Invalid value: rbac.RoleRef{APIGroup:"rbac.authorization.k8s.io", Kind:"ClusterRole", Name:"other"}: cannot change roleRef"#
            ]),
        ObservedCase(
            "a role of another group", "RoleBinding", #"{"roleRef": {"apiGroup": "foo", "kind": "Foo", "name": ""}}"#,
            finds: [
                #"roleRef.apiGroup: Unsupported value: "foo": supported values: "rbac.authorization.k8s.io""#,
                #"roleRef.kind: Unsupported value: "Foo": supported values: "Role", "ClusterRole""#,
                "roleRef.name: Required value",
            ]),
        ObservedCase(
            "a role of a cluster", "ClusterRoleBinding", #"{"roleRef.kind": "Role"}"#,
            finds: [
                #"roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole""#
            ]),
        ObservedCase(
            "subjects", "RoleBinding",
            #"{"subjects": [{"kind": "ServiceAccount", "name": "A", "apiGroup": "x"}, {"kind": "User", "name": "", "apiGroup": "x"}, {"kind": "Foo", "name": "a"}]}"#,
            finds: [
                #"subjects[0].name: Invalid value: "A": {subdomain}"#,
                #"subjects[0].apiGroup: Unsupported value: "x": supported values: """#,
                "subjects[1].name: Required value",
                #"subjects[1].apiGroup: Unsupported value: "x": supported values: "rbac.authorization.k8s.io""#,
                #"subjects[2].kind: Unsupported value: "Foo": supported values: "ServiceAccount", "User", "Group""#,
            ]),
        ObservedCase(
            "a subject without namespace", "ClusterRoleBinding",
            #"{"subjects": [{"kind": "ServiceAccount", "name": "a"}]}"#,
            finds: [
                "subjects[0].namespace: Required value"
            ]),
    ]
}
