internal import Resources

/// What the server finds when it reserves addresses and ports for a Service in which nothing else is wrong
/// (pkg/registry/core/service/storage/rest.go).
enum ServiceAllocationRules {
    static let addresses = "10.96.0.0/16"
    static let nodePorts = 30000...32767

    static func check(_ service: Field, old: Field?, checksRanges: Bool, _ findings: inout Findings) {
        let spec = service["spec"]
        if checksRanges {
            checkAddress(spec, hasAddress: old.map { !$0[path: "spec", "clusterIP"].isEmpty } ?? false, &findings)
            if findings.isEmpty { checkPorts(spec["ports"], &findings) }
        }
        if findings.isEmpty { checkTraffic(spec, &findings) }
    }

    private static func checkAddress(_ spec: Field, hasAddress: Bool, _ findings: inout Findings) {
        let text = spec["clusterIP"].string
        guard !hasAddress, !text.isEmpty, text != "None", ServiceRules.kind(of: spec) != "ExternalName",
            let address = IPAddress(text), let range = AddressRange(addresses), address.isVersion4,
            !range.contains(address)
        else { return }
        findings.invalid(
            spec["clusterIPs"], shown: "[]string{\(GoSyntax.quoted(text))}",
            "failed to allocated ip:\(text) with error:provided IP is not in the valid range. The range of valid IPs is "
                + addresses)
    }

    private static func checkPorts(_ ports: Field, _ findings: inout Findings) {
        for port in ports.elements.map({ $0["nodePort"] })
        where port.number != 0 && !nodePorts.contains(port.number) {
            let range = "\(nodePorts.lowerBound)-\(nodePorts.upperBound)"
            return findings.invalid(
                port, "provided port is not in the valid range. The range of valid ports is \(range)")
        }
    }

    private static func checkTraffic(_ spec: Field, _ findings: inout Findings) {
        let (type, policy) = (ServiceRules.kind(of: spec), spec["externalTrafficPolicy"])
        if !["LoadBalancer", "NodePort"].contains(type), !policy.isEmpty {
            findings.invalid(policy, "ExternalTrafficPolicy can only be set on NodePort and LoadBalancer service")
        }
        let port = spec["healthCheckNodePort"]
        if port.number != 0, !(type == "LoadBalancer" && policy.string == "Local") {
            findings.invalid(
                port, "HealthCheckNodePort can only be set on LoadBalancer service with ExternalTrafficPolicy=Local")
        }
    }
}
