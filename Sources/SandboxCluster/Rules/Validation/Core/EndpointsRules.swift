internal import Resources

/// Endpoints and EndpointSlices.
enum EndpointsRules {
    static func check(_ endpoints: Field, _ findings: inout Findings) {
        MetadataRules.check(endpoints["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(endpoints["metadata"], &findings)
        for subset in endpoints["subsets"].elements {
            let (ready, others) = (subset["addresses"], subset["notReadyAddresses"])
            if ready.isEmpty, others.isEmpty {
                findings.required(subset, "must specify `addresses` or `notReadyAddresses`")
            }
            for address in ready.elements + others.elements { checkAddress(address, &findings) }
            let ports = subset["ports"].elements
            for port in ports { checkPort(port, requiresName: ports.count > 1, &findings) }
        }
    }

    private static func checkAddress(_ address: Field, _ findings: inout Findings) {
        let text = address["ip"]
        findings.invalid(text, all: IPAddress.messages(text.string))
        let (host, node) = (address["hostname"], address["nodeName"])
        if !host.isEmpty { findings.invalid(host, all: Names.dnsLabel(host.string)) }
        if node.isPresent { findings.invalid(node, all: Names.dnsSubdomain(node.string)) }
        findings.checkNotSpecial(text)
    }

    private static func checkPort(_ port: Field, requiresName: Bool, _ findings: inout Findings) {
        let name = port["name"]
        if name.isEmpty {
            if requiresName { findings.required(name) }
        } else {
            findings.invalid(name, all: Names.dnsLabel(name.string))
        }
        findings.checkRange(port["port"], 1...65535)
        findings.checkSupported(port["protocol"], ContainerRules.protocols)
        checkApplication(port["appProtocol"], &findings)
    }

    private static func checkApplication(_ name: Field, _ findings: inout Findings) {
        if name.isPresent { findings.invalid(name, all: Names.qualified(name.string)) }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        check(new, &findings)
    }

    // MARK: EndpointSlice

    static func checkSlice(_ slice: Field, _ findings: inout Findings) {
        MetadataRules.check(slice["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(slice["metadata"], &findings)
        let type = slice["addressType"]
        if type.isEmpty { findings.required(type) } else { findings.checkSupported(type, ["FQDN", "IPv4", "IPv6"]) }
        let endpoints = slice["endpoints"].elements
        if endpoints.count > 1000 {
            findings.tooMany(slice["endpoints"], count: endpoints.count, most: 1000)
        } else {
            for endpoint in endpoints { checkEndpoint(endpoint, type.string, &findings) }
        }
        checkSlicePorts(slice["ports"], &findings)
    }

    private static func checkEndpoint(_ endpoint: Field, _ type: String, _ findings: inout Findings) {
        let addresses = endpoint["addresses"]
        if addresses.isEmpty { findings.required(addresses, "must contain at least 1 address") }
        if addresses.elements.count > 100 {
            findings.tooMany(addresses, count: addresses.elements.count, most: 100)
        }
        for address in addresses.elements {
            let parsed = IPAddress(address.string)
            switch type {
            case "IPv4": if parsed?.isVersion4 != true { findings.invalid(address, "must be a valid IPv4 address") }
            case "IPv6": if parsed?.isVersion4 != false { findings.invalid(address, "must be a valid IPv6 address") }
            default: break
            }
        }
        let (node, host) = (endpoint["nodeName"], endpoint["hostname"])
        if node.isPresent { findings.invalid(node, all: Names.dnsSubdomain(node.string)) }
        MetadataRules.checkLabels(endpoint["topology"], &findings)
        if host.isPresent { findings.invalid(host, all: Names.dnsLabel(host.string)) }
    }

    private static func checkSlicePorts(_ ports: Field, _ findings: inout Findings) {
        var names: Set<String> = []
        for port in ports.elements {
            let name = port["name"]
            if !name.isEmpty { findings.invalid(name, all: Names.dnsLabel(name.string)) }
            if !names.insert(name.string).inserted { findings.duplicate(name) }
            findings.checkSupported(port["protocol"], ContainerRules.protocols)
            checkApplication(port["appProtocol"], &findings)
        }
    }

    static func checkSliceUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        checkSlice(new, &findings)
        findings.checkUnchanged(new["addressType"], from: old["addressType"])
    }
}
