import Resources

extension DefaultRule {
    static let services: [String: DefaultRule] = [
        "v1 ServiceSpec": DefaultRule(["sessionAffinity": "None", "type": "ClusterIP"], then: service),
        "v1 ServicePort": DefaultRule(["protocol": "TCP"]) { fields, _ in
            if fields.hasNothing(at: "targetPort") { fields["targetPort"] = fields["port"] }
        },
    ]

    private static func service(_ fields: inout [String: Value], _ version: KubernetesVersion) {
        affinity(&fields)
        let type = fields["type"]?.string ?? ""
        let isOutward = type == "NodePort" || type == "LoadBalancer"
        if isOutward { fields.setDefault("externalTrafficPolicy", "Cluster") }
        if version.minor >= 22 {
            if isOutward || type == "ClusterIP" { fields.setDefault("internalTrafficPolicy", "Cluster") }
            if type == "LoadBalancer" { fields.setDefault("allocateLoadBalancerNodePorts", true) }
        } else if version.minor == 20 {
            // Behind a feature gate that is off there.
            for key in ["internalTrafficPolicy", "allocateLoadBalancerNodePorts", "ipFamilies", "ipFamilyPolicy"] {
                fields[key] = nil
            }
        }
    }

    private static func affinity(_ fields: inout [String: Value]) {
        switch fields["sessionAffinity"] {
        case "None": fields["sessionAffinityConfig"] = nil
        case "ClientIP":
            if fields["sessionAffinityConfig"]?[path: "clientIP", "timeoutSeconds"] == nil {
                fields["sessionAffinityConfig"] = ["clientIP": ["timeoutSeconds": 10_800]]
            }
        default: break
        }
    }
}
