import Resources

// pkg/apis/networking/*/defaults.go, pkg/apis/discovery/*/defaults.go
extension DefaultRule {
    static let networking: [String: DefaultRule] = [
        "networking.k8s.io/v1 NetworkPolicyPort": DefaultRule(["protocol": "TCP"]),
        "networking.k8s.io/v1 NetworkPolicySpec": DefaultRule { fields in
            fields.setDefault("policyTypes", fields["egress"] == nil ? ["Ingress"] : ["Ingress", "Egress"])
        },
        "networking.k8s.io/v1 IngressClassSpec": DefaultRule { fields, version in
            if version.minor >= 22 { fields.edit("parameters") { $0.setDefault("scope", "Cluster") } }
        },
        "networking.k8s.io/v1beta1 HTTPIngressPath": DefaultRule(["pathType": "ImplementationSpecific"]),
        "discovery.k8s.io/v1 EndpointPort": DefaultRule(["name": "", "protocol": "TCP"]),
        "discovery.k8s.io/v1beta1 EndpointPort": DefaultRule(["name": "", "protocol": "TCP"]),
    ]
}
