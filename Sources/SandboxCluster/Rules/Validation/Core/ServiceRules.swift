internal import Resources

/// A Service (`ValidateService`).
enum ServiceRules {
    static func check(_ service: Field, _ findings: inout Findings) {
        MetadataRules.check(service["metadata"], isNamespaced: true, name: Names.serviceLabel, &findings)
        MetadataRules.checkKubernetesFinalizers(service["metadata"], &findings)
        let spec = service["spec"]
        let type = kind(of: spec)
        if spec["ports"].isEmpty, !isHeadless(spec), type != "ExternalName" { findings.required(spec["ports"]) }
        checkKind(spec, type, &findings)
        checkPorts(spec, &findings)
        MetadataRules.checkLabels(spec["selector"], &findings)
        checkAffinity(spec, &findings)
        if type != "ExternalName" { ServiceAddressRules.check(spec, &findings) }
        checkExternalAddresses(spec["externalIPs"], &findings)
        findings.checkSupported(spec["type"], ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"])
        checkPortUses(spec, type, &findings)
        checkSourceRanges(service, type, &findings)
        if spec["allocateLoadBalancerNodePorts"].isPresent, type != "LoadBalancer" {
            findings.forbidden(
                spec["allocateLoadBalancerNodePorts"], "may only be used when `type` is 'LoadBalancer'")
        }
        checkTrafficPolicy(spec, &findings)
    }

    static func kind(of spec: Field) -> String { spec["type"].isEmpty ? "ClusterIP" : spec["type"].string }

    static func isHeadless(_ spec: Field) -> Bool {
        let addresses = spec["clusterIPs"].strings
        return addresses.isEmpty ? spec["clusterIP"].string == "None" : addresses == ["None"]
    }

    private static func checkKind(_ spec: Field, _ type: String, _ findings: inout Findings) {
        let addresses = spec["clusterIPs"]
        switch type {
        case "LoadBalancer", "NodePort":
            if type == "LoadBalancer" {
                for port in spec["ports"].elements where port["port"].number == 10250 {
                    findings.invalid(
                        port, shown: "10250", "may not expose port 10250 externally since it is used by kubelet")
                }
            }
            if isHeadless(spec) {
                findings.invalid(
                    Field("None", at: addresses.place[0]), "may not be set to 'None' for \(type) services")
            }
        case "ExternalName":
            for name in ["clusterIPs", "ipFamilies", "ipFamilyPolicy"] where !spec[name].isEmpty {
                findings.forbidden(spec[name], "may not be set for ExternalName services")
            }
            let name = spec["externalName"]
            let plain = name.string.hasSuffix(".") ? String(name.string.dropLast()) : name.string
            if plain.isEmpty {
                findings.required(name)
            } else {
                findings.invalid(name, shown: GoSyntax.quoted(plain), all: Names.dnsSubdomain(plain))
            }
        default: break
        }
    }

    private static func checkPorts(_ spec: Field, _ findings: inout Findings) {
        var names: Set<String> = []
        let ports = spec["ports"].elements
        for port in ports {
            let name = port["name"]
            if name.isEmpty {
                if ports.count > 1 { findings.required(name) }
            } else {
                findings.invalid(name, all: Names.dnsLabel(name.string))
                if !names.insert(name.string).inserted { findings.duplicate(name) }
            }
            findings.checkRange(port["port"], 1...65535)
            findings.checkSupported(port["protocol"], ContainerRules.protocols)
            if port["targetPort"].isPresent { ProbeRules.checkPort(port["targetPort"], &findings) }
            let application = port["appProtocol"]
            if application.isPresent { findings.invalid(application, all: Names.qualified(application.string)) }
        }
    }

    private static func checkAffinity(_ spec: Field, _ findings: inout Findings) {
        let (affinity, config) = (spec["sessionAffinity"], spec["sessionAffinityConfig"])
        findings.checkSupported(affinity, ["ClientIP", "None"])
        if affinity.string == "ClientIP" {
            let timeout = config[path: "clientIP", "timeoutSeconds"]
            if timeout.isPresent, !(1...86400).contains(timeout.number) {
                findings.invalid(timeout, "must be greater than 0 and less than 86400")
            }
        } else if config.isPresent, ["", "None"].contains(affinity.string) {
            findings.forbidden(config, "must not be set when session affinity is None")
        }
    }

    private static func checkExternalAddresses(_ addresses: Field, _ findings: inout Findings) {
        for address in addresses.elements {
            let messages = IPAddress.messages(address.string)
            findings.invalid(address, all: messages)
            if messages.isEmpty { findings.checkNotSpecial(address) }
        }
    }

    private static func checkPortUses(_ spec: Field, _ type: String, _ findings: inout Findings) {
        let ports = spec["ports"].elements
        if type == "ClusterIP" {
            for port in ports where port["nodePort"].number != 0 {
                findings.forbidden(port["nodePort"], "may not be used when `type` is 'ClusterIP'")
            }
        }
        func transport(_ port: Field) -> String { port["protocol"].isPresent ? port["protocol"].string : "TCP" }
        var nodePorts: Set<String> = []
        for port in ports where port["nodePort"].number != 0 {
            let key = "\(transport(port)) \(port["nodePort"].number)"
            if !nodePorts.insert(key).inserted { findings.duplicate(port["nodePort"]) }
        }
        var numbers: Set<String> = []
        for port in ports where !numbers.insert("\(transport(port)) \(port["port"].number)").inserted {
            let shown =
                "core.ServicePort{Name:\"\", Protocol:\(GoSyntax.quoted(transport(port))), AppProtocol:(*string)(nil), "
                + "Port:\(port["port"].number), TargetPort:\(GoSyntax.intOrString(nil)), NodePort:0}"
            findings.duplicate(port, shown: shown)
        }
    }

    private static func checkSourceRanges(_ service: Field, _ type: String, _ findings: inout Findings) {
        let key = "service.beta.kubernetes.io/load-balancer-source-ranges"
        let ranges = service[path: "spec", "loadBalancerSourceRanges"]
        let annotation = service[path: "metadata", "annotations"]
        guard !ranges.isEmpty || annotation[key].isPresent else { return }
        let place =
            ranges.isEmpty ? annotation.place.key(key) : service["spec"].place["LoadBalancerSourceRanges"]
        let texts =
            ranges.isEmpty
            ? annotation[key].string.split(separator: ",").map { String($0).trimmingSpaces } : ranges.strings
        let shown = ranges.isEmpty ? annotation[key].string : GoSyntax.plainList(ranges.strings)
        let field = Field(.string(shown), at: place)
        if type != "LoadBalancer" { findings.forbidden(field, "may only be used when `type` is 'LoadBalancer'") }
        if !texts.allSatisfy({ AddressRange($0.trimmingSpaces) != nil }) {
            findings.invalid(field, "must be a list of IP ranges. For example, 10.240.0.0/24,10.250.0.0/24 ")
        }
    }

    private static func checkTrafficPolicy(_ spec: Field, _ findings: inout Findings) {
        let policy = spec["externalTrafficPolicy"]
        if !["", "Cluster", "Local"].contains(policy.string) {
            findings.invalid(policy, "ExternalTrafficPolicy must be empty, Cluster or Local")
        }
        let port = spec["healthCheckNodePort"]
        if port.number < 0 { findings.invalid(port, "HealthCheckNodePort must be not less than 0") }
    }

    /// `ValidateLoadBalancerStatus`, of Ingresses too.
    static func checkBalancer(_ balancer: Field, _ findings: inout Findings) {
        for ingress in balancer["ingress"].elements {
            let (address, host) = (ingress["ip"], ingress["hostname"])
            if !address.isEmpty, IPAddress(address.string) == nil {
                findings.invalid(address, "must be a valid IP address")
            }
            guard !host.isEmpty else { continue }
            findings.invalid(host, all: Names.dnsSubdomain(host.string))
            if IPAddress(host.string) != nil {
                findings.invalid(host, "must be a DNS name, not an IP address")
            }
        }
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = Substring(self)
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
