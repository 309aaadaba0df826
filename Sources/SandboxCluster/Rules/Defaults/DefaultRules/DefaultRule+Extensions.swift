import Resources

// pkg/apis/admissionregistration/*/defaults.go, apiextensions-apiserver and kube-aggregator
extension DefaultRule {
    static let extensions: [String: DefaultRule] = [
        "admissionregistration.k8s.io/v1 ValidatingWebhook": DefaultRule(webhook),
        "admissionregistration.k8s.io/v1 MutatingWebhook": DefaultRule(webhook.merging(reinvocation) { $1 }),
        "admissionregistration.k8s.io/v1 RuleWithOperations": DefaultRule(["scope": "*"]),
        "admissionregistration.k8s.io/v1 ServiceReference": https,
        "admissionregistration.k8s.io/v1beta1 ValidatingWebhook": DefaultRule(betaWebhook),
        "admissionregistration.k8s.io/v1beta1 MutatingWebhook": DefaultRule(betaWebhook.merging(reinvocation) { $1 }),
        "admissionregistration.k8s.io/v1beta1 RuleWithOperations": DefaultRule(["scope": "*"]),
        "admissionregistration.k8s.io/v1beta1 ServiceReference": https,
        "apiextensions.k8s.io/v1 CustomResourceDefinition": DefaultRule(body: storedVersions),
        "apiextensions.k8s.io/v1 CustomResourceDefinitionSpec": definition,
        "apiextensions.k8s.io/v1 CustomResourceDefinitionNames": DefaultRule(body: definitionNames),
        "apiextensions.k8s.io/v1 ServiceReference": https,
        "apiextensions.k8s.io/v1beta1 CustomResourceDefinition": DefaultRule(body: storedVersions),
        "apiextensions.k8s.io/v1beta1 CustomResourceDefinitionSpec": DefaultRule(
            ["conversion": ["strategy": "None"], "preserveUnknownFields": true], then: betaDefinition),
        "apiextensions.k8s.io/v1beta1 CustomResourceDefinitionNames": DefaultRule(body: definitionNames),
        "apiextensions.k8s.io/v1beta1 ServiceReference": https,
        "apiregistration.k8s.io/v1 ServiceReference": https,
    ]

    private static let https = DefaultRule(["port": 443])
    private static let reinvocation: [String: Value] = ["reinvocationPolicy": "Never"]
    private static let webhook: [String: Value] = [
        "failurePolicy": "Fail", "matchPolicy": "Equivalent", "namespaceSelector": [:], "objectSelector": [:],
        "timeoutSeconds": 10,
    ]
    private static let betaWebhook: [String: Value] = [
        "failurePolicy": "Ignore", "matchPolicy": "Exact", "namespaceSelector": [:], "objectSelector": [:],
        "timeoutSeconds": 30, "sideEffects": "Unknown", "admissionReviewVersions": ["v1beta1"],
    ]
    private static let definition = DefaultRule(["conversion": ["strategy": "None"]])

    private static func definitionNames(_ fields: inout [String: Value]) {
        guard let kind = fields["kind"]?.string, !kind.isEmpty else { return }
        fields.setDefault("singular", .string(kind.lowercased()))
        fields.setDefault("listKind", .string(kind + "List"))
    }

    private static func betaDefinition(_ fields: inout [String: Value], _: KubernetesVersion) {
        if fields.hasNothing(at: "scope") { fields["scope"] = "Namespaced" }
        if let version = fields["version"] {
            fields.setDefault("versions", [["name": version, "served": true, "storage": true]])
        } else if let first = fields["versions"]?[0]?["name"] {
            fields["version"] = first
        }
    }

    private static func storedVersions(_ fields: inout [String: Value]) {
        let versions = fields["spec"]?["versions"]?.array ?? []
        guard let stored = versions.first(where: { $0["storage"] == true })?["name"] else { return }
        fields.edit("status") { status in
            if status.hasNothing(at: "storedVersions") { status["storedVersions"] = [stored] }
        }
    }
}
