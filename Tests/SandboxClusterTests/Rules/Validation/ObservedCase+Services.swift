/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let services: [ObservedCase] = [
        ObservedCase(
            "no ports", "Service", #"{"spec.ports": []}"#,
            finds: [
                "spec.ports: Required value"
            ]),
        ObservedCase(
            "a port out of range", "Service", #"{"spec.ports.0.port": 0, "spec.ports.0.targetPort": 80}"#,
            finds: [
                "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive"
            ]),
        ObservedCase(
            "ports without names", "Service", #"{"spec.ports.1": {"port": 81}}"#,
            finds: [
                "spec.ports[0].name: Required value",
                "spec.ports[1].name: Required value",
            ]),
        ObservedCase(
            "ports of one name", "Service", #"{"spec.ports": [{"name": "a", "port": 80}, {"name": "a", "port": 81}]}"#,
            finds: [
                #"spec.ports[1].name: Duplicate value: "a""#
            ]),
        ObservedCase(
            "one port twice", "Service", #"{"spec.ports": [{"name": "a", "port": 80}, {"name": "b", "port": 80}]}"#,
            finds: [
                #"spec.ports[1]: Duplicate value: core.ServicePort{Name:"", Protocol:"TCP", AppProtocol:(*string)(nil), Port:80, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}"#
            ]),
        ObservedCase(
            "names of ports", "Service", #"{"spec.ports.0.name": "A"}"#,
            finds: [
                #"spec.ports[0].name: Invalid value: "A": {label}"#
            ]),
        ObservedCase(
            "a target that is no port", "Service", #"{"spec.ports.0.targetPort": "a_b"}"#,
            finds: [
                #"spec.ports[0].targetPort: Invalid value: "a_b": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"#
            ]),
        ObservedCase(
            "a target out of range", "Service", #"{"spec.ports.0.targetPort": 70000}"#,
            finds: [
                "spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive"
            ]),
        ObservedCase(
            "a protocol that nobody knows", "Service", #"{"spec.ports.0.protocol": "ICMP"}"#,
            finds: [
                #"spec.ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP""#
            ]),
        ObservedCase(
            "a type that nobody knows", "Service", #"{"spec.type": "Foo"}"#,
            finds: [
                #"spec.type: Unsupported value: "Foo": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort""#
            ]),
        ObservedCase(
            "an affinity that nobody knows", "Service", #"{"spec.sessionAffinity": "Foo"}"#,
            finds: [
                #"spec.sessionAffinity: Unsupported value: "Foo": supported values: "ClientIP", "None""#
            ]),
        ObservedCase(
            "an affinity for too long", "Service",
            #"{"spec.sessionAffinity": "ClientIP", "spec.sessionAffinityConfig": {"clientIP": {"timeoutSeconds": 100000}}}"#,
            finds: [
                "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 100000: must be greater than 0 and less than 86400"
            ]),
        ObservedCase(
            "an external name that is missing", "Service", #"{"spec.type": "ExternalName"}"#,
            finds: [
                "spec.externalName: Required value"
            ]),
        ObservedCase(
            "an external name that is none", "Service", #"{"spec.type": "ExternalName", "spec.externalName": "A_"}"#,
            finds: [
                #"spec.externalName: Invalid value: "A_": {subdomain}"#
            ]),
        ObservedCase(
            "a node port of a cluster address", "Service", #"{"spec.ports.0.nodePort": 30000}"#,
            finds: [
                "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"
            ]),
        ObservedCase(
            "node ports that are the same", "Service",
            #"{"spec.type": "NodePort", "spec.ports": [{"name": "a", "port": 80, "nodePort": 31000}, {"name": "b", "port": 81, "nodePort": 31000}]}"#,
            finds: [
                "spec.ports[1].nodePort: Duplicate value: 31000"
            ]),
        ObservedCase(
            "an address that is none", "Service", #"{"spec.clusterIP": "x"}"#,
            finds: [
                #"spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"#
            ]),
        ObservedCase(
            "addresses that disagree", "Service", #"{"spec.clusterIP": "None", "spec.clusterIPs": ["10.0.0.1"]}"#,
            finds: [
                #"spec.clusterIPs: Invalid value: []string{"10.0.0.1"}: element [0] must match clusterIP"#
            ]),
        ObservedCase(
            "special external addresses", "Service",
            #"{"spec.externalIPs": ["x", "127.0.0.1", "0.0.0.0", "169.254.1.1", "224.0.0.1"]}"#,
            finds: [
                #"spec.externalIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"#,
                #"spec.externalIPs[1]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8)"#,
                #"spec.externalIPs[2]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)"#,
                #"spec.externalIPs[3]: Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16)"#,
                #"spec.externalIPs[4]: Invalid value: "224.0.0.1": may not be in the link-local multicast range (224.0.0.0/24)"#,
            ]),
        ObservedCase(
            "a selector that is none", "Service", #"{"spec.selector": {"a b": "x y"}}"#,
            finds: [
                #"spec.selector: Invalid value: "a b": name part {qualified}"#,
                #"spec.selector: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            "a headless balancer", "Service", #"{"spec.type": "LoadBalancer", "spec.clusterIP": "None"}"#,
            finds: [
                #"spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for LoadBalancer services"#
            ]),
        ObservedCase(
            "ranges of a balancer", "Service", #"{"spec.loadBalancerSourceRanges": ["x"]}"#,
            finds: [
                "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
                #"spec.LoadBalancerSourceRanges: Invalid value: "[x]": must be a list of IP ranges. For example, 10.240.0.0/24,10.250.0.0/24 "#,
            ]),
        ObservedCase(
            "a traffic policy that nobody knows", "Service",
            #"{"spec.type": "NodePort", "spec.externalTrafficPolicy": "Foo"}"#,
            finds: [
                #"spec.externalTrafficPolicy: Invalid value: "Foo": ExternalTrafficPolicy must be empty, Cluster or Local"#
            ]),
        ObservedCase(
            "a protocol of applications", "Service", #"{"spec.ports.0.appProtocol": "a b"}"#,
            finds: [
                #"spec.ports[0].appProtocol: Invalid value: "a b": name part {qualified}"#
            ]),
        ObservedCase(
            "the kubelet's port", "Service", #"{"spec.type": "LoadBalancer", "spec.ports.0.port": 10250}"#,
            finds: [
                "spec.ports[0]: Invalid value: 10250: may not expose port 10250 externally since it is used by kubelet"
            ]),
        ObservedCase(
            update: "another address", "Service", #"{"spec.clusterIP": "10.9.9.9", "spec.clusterIPs": ["10.9.9.9"]}"#,
            finds: [
                #"spec.clusterIPs[0]: Invalid value: []string{"10.9.9.9"}: may not change once set"#
            ]),
        ObservedCase(
            update: "a headless one that was none", "Service",
            #"{"spec.clusterIP": "None", "spec.clusterIPs": ["None"]}"#,
            finds: [
                #"spec.clusterIPs[0]: Invalid value: []string{"None"}: may not change once set"#
            ]),
        ObservedCase(
            "a node port out of range", "Service", #"{"spec.type": "NodePort", "spec.ports.0.nodePort": 99}"#,
            finds: [
                "spec.ports[0].nodePort: Invalid value: 99: provided port is not in the valid range. The range of valid ports is 30000-32767"
            ]),
        ObservedCase(
            "a node port out of all ranges", "Service", #"{"spec.type": "NodePort", "spec.ports.0.nodePort": -5}"#,
            finds: [
                "spec.ports[0].nodePort: Invalid value: -5: provided port is not in the valid range. The range of valid ports is 30000-32767"
            ]),
        ObservedCase(
            "a traffic policy of a cluster address", "Service", #"{"spec.externalTrafficPolicy": "Local"}"#,
            finds: [
                #"spec.externalTrafficPolicy: Invalid value: "Local": ExternalTrafficPolicy can only be set on NodePort and LoadBalancer service"#
            ]),
        ObservedCase(
            "a port of health checks", "Service", #"{"spec.type": "NodePort", "spec.healthCheckNodePort": 31234}"#,
            finds: [
                "spec.healthCheckNodePort: Invalid value: 31234: HealthCheckNodePort can only be set on LoadBalancer service with ExternalTrafficPolicy=Local"
            ]),
        ObservedCase(
            "an address outside of the cluster", "Service", #"{"spec.clusterIP": "1.2.3.4"}"#,
            finds: [
                #"spec.clusterIPs: Invalid value: []string{"1.2.3.4"}: failed to allocated ip:1.2.3.4 with error:provided IP is not in the valid range. The range of valid IPs is 10.96.0.0/16"#
            ]),
    ]
}
