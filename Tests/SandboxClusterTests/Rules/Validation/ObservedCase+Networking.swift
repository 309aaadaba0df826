/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let networking: [ObservedCase] = [
        ObservedCase(
            "no rules", "Ingress", #"{"spec": {}}"#,
            finds: [
                "spec: Invalid value: []networking.IngressRule(nil): either `defaultBackend` or `rules` must be specified"
            ]),
        ObservedCase(
            "no type of path", "Ingress", #"{"spec.rules.0.http.paths.0.pathType": null}"#,
            finds: [
                "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified"
            ]),
        ObservedCase(
            "a type of path that nobody knows", "Ingress", #"{"spec.rules.0.http.paths.0.pathType": "Foo"}"#,
            finds: [
                #"spec.rules[0].http.paths[0].pathType: Unsupported value: "Foo": supported values: "Exact", "ImplementationSpecific", "Prefix""#
            ]),
        ObservedCase(
            "relative paths", "Ingress", #"{"spec.rules.0.http.paths.0.path": "a//b/../c/."}"#,
            finds: [
                #"spec.rules[0].http.paths[0].path: Invalid value: "a//b/../c/.": must be an absolute path"#,
                #"spec.rules[0].http.paths[0].path: Invalid value: "a//b/../c/.": must not contain '//'"#,
                #"spec.rules[0].http.paths[0].path: Invalid value: "a//b/../c/.": must not contain '/../'"#,
                #"spec.rules[0].http.paths[0].path: Invalid value: "a//b/../c/.": cannot end with '/.'"#,
            ]),
        ObservedCase(
            "no backend", "Ingress", #"{"spec.rules.0.http.paths.0.backend": {}}"#,
            finds: [
                #"spec.rules[0].http.paths[0].backend: Invalid value: "": resource or service backend is required"#
            ]),
        ObservedCase(
            "a backend without port", "Ingress",
            #"{"spec.rules.0.http.paths.0.backend": {"service": {"name": "", "port": {}}}}"#,
            finds: [
                "spec.rules[0].http.paths[0].backend.service.name: Required value",
                "spec.rules[0].http.paths[0].backend: Required value: port name or number is required",
            ]),
        ObservedCase(
            "two names of a port", "Ingress",
            #"{"spec.rules.0.http.paths.0.backend": {"service": {"name": "A", "port": {"name": "a", "number": 80}}}}"#,
            finds: [
                #"spec.rules[0].http.paths[0].backend.service.name: Invalid value: "A": {service}"#,
                #"spec.rules[0].http.paths[0].backend: Invalid value: "": cannot set both port name & port number"#,
            ]),
        ObservedCase(
            "two backends", "Ingress",
            #"{"spec.rules.0.http.paths.0.backend": {"resource": {"kind": "a", "name": "b"}, "service": {"name": "s", "port": {"number": 80}}}}"#,
            finds: [
                #"spec.rules[0].http.paths[0].backend: Invalid value: "": cannot set both resource and service backends"#
            ]),
        ObservedCase(
            "a resource without a name", "Ingress",
            #"{"spec.defaultBackend": {"resource": {"kind": "", "name": "a/b"}}}"#,
            finds: [
                "spec.defaultBackend.resource.kind: Required value: kind is required",
                #"spec.defaultBackend.resource.name: Invalid value: "a/b": may not contain '/'"#,
            ]),
        ObservedCase(
            "hosts", "Ingress",
            #"{"spec.rules": [{"host": "A_"}, {"host": "1.2.3.4"}, {"host": "*.*.a"}, {"host": "a", "http": {"paths": []}}]}"#,
            finds: [
                #"spec.rules[0].host: Invalid value: "A_": {subdomain}"#,
                #"spec.rules[1].host: Invalid value: "1.2.3.4": must be a DNS name, not an IP address"#,
                #"spec.rules[2].host: Invalid value: "*.*.a": {wildcard}"#,
                "spec.rules[3].http.paths: Required value",
            ]),
        ObservedCase(
            "certificates", "Ingress", #"{"spec.tls": [{"hosts": ["A_", "*x.a"], "secretName": "A_"}]}"#,
            finds: [
                #"spec.tls[0].hosts[0]: Invalid value: "A_": {subdomain}"#,
                #"spec.tls[0].hosts[1]: Invalid value: "*x.a": {wildcard}"#,
                #"spec.tls[0].secretName: Invalid value: "A_": {subdomain}"#,
            ]),
        ObservedCase(
            "a class twice", "Ingress",
            #"{"metadata.annotations": {"kubernetes.io/ingress.class": "a"}, "spec.ingressClassName": "b"}"#,
            finds: [
                #"annotations.kubernetes.io/ingress.class: Invalid value: "a": can not be set when the class field is also set"#
            ]),
        ObservedCase(
            "a port out of range", "Ingress", #"{"spec.rules.0.http.paths.0.backend.service.port.number": 70000}"#,
            finds: [
                "spec.rules[0].http.paths[0].backend.service.port.number: Invalid value: 70000: must be between 1 and 65535, inclusive"
            ]),
        ObservedCase(
            "a controller without a domain", "IngressClass", #"{"spec.controller": "a"}"#,
            finds: [
                #"spec.controller: Invalid value: "a": must be a domain-prefixed path (such as "acme.io/foo")"#
            ]),
        ObservedCase(
            update: "another controller", "IngressClass", #"{"spec.controller": "a.b/d"}"#,
            finds: [
                #"spec.controller: Invalid value: "a.b/d": field is immutable"#
            ]),
        ObservedCase(
            "peers", "NetworkPolicy",
            #"{"spec.ingress": [{"from": [{}, {"ipBlock": {"cidr": "x"}}, {"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.0.0.0/8", "x"]}}, {"ipBlock": {"cidr": "10.0.0.0/8"}, "podSelector": {}}], "ports": [{"port": 0, "protocol": "Foo"}, {"port": "a_b"}]}]}"#,
            finds: [
                #"spec.ingress[0].ports[0].protocol: Unsupported value: "Foo": supported values: "TCP", "UDP", "SCTP""#,
                "spec.ingress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
                #"spec.ingress[0].ports[1].port: Invalid value: "a_b": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"#,
                "spec.ingress[0].from[0]: Required value: must specify a peer",
                #"spec.ingress[0].from[1].ipBlock.cidr: Invalid value: "x": not a valid CIDR"#,
                #"spec.ingress[0].from[2].ipBlock.except[0]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`"#,
                #"spec.ingress[0].from[2].ipBlock.except[1]: Invalid value: "x": not a valid CIDR"#,
                "spec.ingress[0].from[3]: Forbidden: may not specify both ipBlock and another peer",
            ]),
        ObservedCase(
            "types of policies", "NetworkPolicy", #"{"spec.policyTypes": ["Foo"]}"#,
            finds: [
                #"spec.policyTypes[0]: Unsupported value: "Foo": supported values: "Ingress", "Egress""#
            ]),
        ObservedCase(
            "too many types of policies", "NetworkPolicy", #"{"spec.policyTypes": ["Ingress", "Egress", "Ingress"]}"#,
            finds: [
                #"spec.policyTypes: Invalid value: []networking.PolicyType{"Ingress", "Egress", "Ingress"}: may not specify more than two policyTypes"#
            ]),
        ObservedCase(
            "addresses of endpoints", "Endpoints",
            #"{"subsets": [{}, {"addresses": [{"ip": "x"}, {"ip": "127.0.0.1", "hostname": "A", "nodeName": "A_"}], "ports": [{"port": 0}, {"port": 1, "name": "A", "protocol": "Foo"}]}]}"#,
            finds: [
                "subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`",
                #"subsets[1].addresses[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"#,
                #"subsets[1].addresses[0].ip: Invalid value: "x": must be a valid IP address"#,
                #"subsets[1].addresses[1].hostname: Invalid value: "A": {label}"#,
                #"subsets[1].addresses[1].nodeName: Invalid value: "A_": {subdomain}"#,
                #"subsets[1].addresses[1].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8)"#,
                "subsets[1].ports[0].name: Required value",
                "subsets[1].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
                #"subsets[1].ports[1].name: Invalid value: "A": {label}"#,
                #"subsets[1].ports[1].protocol: Unsupported value: "Foo": supported values: "SCTP", "TCP", "UDP""#,
            ]),
        ObservedCase(
            "slices of endpoints", "EndpointSlice", #"{"addressType": "Foo"}"#,
            finds: [
                #"addressType: Unsupported value: "Foo": supported values: "FQDN", "IPv4", "IPv6""#
            ]),
        ObservedCase(
            "addresses of slices", "EndpointSlice",
            #"{"endpoints": [{"addresses": []}, {"addresses": ["::1"]}], "ports": [{"name": "A"}, {"name": "a", "protocol": "Foo"}, {"name": "a"}]}"#,
            finds: [
                "endpoints[0].addresses: Required value: must contain at least 1 address",
                #"endpoints[1].addresses[0]: Invalid value: "::1": must be a valid IPv4 address"#,
                #"ports[0].name: Invalid value: "A": {label}"#,
                #"ports[1].protocol: Unsupported value: "Foo": supported values: "SCTP", "TCP", "UDP""#,
                #"ports[2].name: Duplicate value: "a""#,
            ]),
        ObservedCase(
            update: "another type of addresses", "EndpointSlice", #"{"addressType": "FQDN", "endpoints": []}"#,
            finds: [
                #"addressType: Invalid value: "FQDN": field is immutable"#
            ]),
    ]
}
