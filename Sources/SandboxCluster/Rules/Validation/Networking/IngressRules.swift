internal import Resources

/// Ingresses and their classes (pkg/apis/networking/validation).
enum IngressRules {
    static func check(_ ingress: Field, _ findings: inout Findings) {
        checkWhole(ingress, old: nil, &findings)
        let annotation = ingress[path: "metadata", "annotations"]["kubernetes.io/ingress.class"]
        if annotation.isPresent, ingress[path: "spec", "ingressClassName"].isPresent {
            let place = Place.root["annotations"]["kubernetes.io/ingress.class"]
            findings.invalid(annotation.named(place), "can not be set when the class field is also set")
        }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkWhole(new, old: old, &findings)
    }

    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        ServiceRules.checkBalancer(new[path: "status", "loadBalancer"], &findings)
    }

    private static func checkWhole(_ ingress: Field, old: Field?, _ findings: inout Findings) {
        MetadataRules.check(ingress["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(ingress["metadata"], &findings)
        let spec = ingress["spec"]
        let backend = spec["defaultBackend"]
        if spec["rules"].isEmpty, !backend.isPresent {
            findings.invalid(
                spec, shown: "[]networking.IngressRule(nil)", "either `defaultBackend` or `rules` must be specified")
        }
        if backend.isPresent { checkBackend(backend, &findings) }
        for rule in spec["rules"].elements { checkRule(rule, &findings) }
        let oldSecrets = old?[path: "spec", "tls"].elements.map { $0["secretName"].string } ?? []
        let allowsBadSecrets = oldSecrets.contains { !$0.isEmpty && !Names.isSubdomain($0) }
        for entry in spec["tls"].elements { checkTLS(entry, allowsBadSecrets: allowsBadSecrets, &findings) }
        let ingressClass = spec["ingressClassName"]
        if ingressClass.isPresent {
            findings.invalid(ingressClass, all: Names.dnsSubdomain(ingressClass.string))
        }
    }

    private static func checkTLS(_ entry: Field, allowsBadSecrets: Bool, _ findings: inout Findings) {
        for host in entry["hosts"].elements { checkHost(host, &findings) }
        let secret = entry["secretName"]
        if !allowsBadSecrets, !secret.isEmpty { findings.invalid(secret, all: Names.dnsSubdomain(secret.string)) }
    }

    private static func checkHost(_ host: Field, _ findings: inout Findings) {
        let text = host.string
        findings.invalid(
            host, all: text.contains("*") ? Names.wildcardSubdomain(text) : Names.dnsSubdomain(text))
    }

    private static func checkRule(_ rule: Field, _ findings: inout Findings) {
        let host = rule["host"]
        if !host.isEmpty {
            if IPAddress(host.string) != nil { findings.invalid(host, "must be a DNS name, not an IP address") }
            checkHost(host, &findings)
        }
        let http = rule["http"]
        guard http.isPresent else { return }
        if http["paths"].isEmpty { findings.required(http["paths"]) }
        for path in http["paths"].elements { checkPath(path, &findings) }
    }

    private static func checkPath(_ path: Field, _ findings: inout Findings) {
        let (type, text) = (path["pathType"], path["path"])
        switch type.string {
        case "" where !type.isPresent: return findings.required(type, "pathType must be specified")
        case "Exact", "Prefix":
            if !text.string.hasPrefix("/") { findings.invalid(text, "must be an absolute path") }
            for sequence in ["//", "/./", "/../", "%2f", "%2F"] where text.string.contains(sequence) {
                findings.invalid(text, "must not contain '\(sequence)'")
            }
            for suffix in ["/..", "/."] where text.string.hasSuffix(suffix) {
                findings.invalid(text, "cannot end with '\(suffix)'")
            }
        case "ImplementationSpecific":
            if !text.isEmpty, !text.string.hasPrefix("/") { findings.invalid(text, "must be an absolute path") }
        default: findings.unsupported(type, supported: ["Exact", "ImplementationSpecific", "Prefix"])
        }
        checkBackend(path["backend"], &findings)
    }

    private static func checkBackend(_ backend: Field, _ findings: inout Findings) {
        let (resource, service) = (backend["resource"], backend["service"])
        switch (resource.isPresent, service.isPresent) {
        case (true, true):
            findings.invalid(backend, shown: "\"\"", "cannot set both resource and service backends")
        case (true, false): checkReference(resource, &findings)
        case (false, true): checkService(backend, &findings)
        case (false, false):
            findings.invalid(backend, shown: "\"\"", "resource or service backend is required")
        }
    }

    private static func checkService(_ backend: Field, _ findings: inout Findings) {
        let name = backend[path: "service", "name"]
        if name.isEmpty {
            findings.required(name)
        } else {
            findings.invalid(name, all: Names.dns1035Label(name.string))
        }
        let (port, portName) = (backend[path: "service", "port", "number"], backend[path: "service", "port", "name"])
        let (hasName, hasNumber) = (!portName.string.isEmpty, port.number != 0)
        if hasName, hasNumber {
            findings.invalid(backend, shown: "\"\"", "cannot set both port name & port number")
        } else if hasName {
            findings.invalid(portName, all: Names.portName(portName.string))
        } else if hasNumber {
            findings.checkRange(port, 1...65535)
        } else {
            findings.required(backend, "port name or number is required")
        }
    }

    private static func checkReference(_ reference: Field, _ findings: inout Findings) {
        guard reference.isPresent else { return }
        let group = reference["apiGroup"]
        if group.isPresent { findings.invalid(group, all: Names.dnsSubdomain(group.string)) }
        for name in ["kind", "name"] {
            if reference[name].isEmpty {
                findings.required(reference[name], "\(name) is required")
            } else {
                findings.invalid(reference[name], all: Names.pathSegment(reference[name].string))
            }
        }
    }

    // MARK: IngressClass

    static func checkClass(_ ingressClass: Field, _ findings: inout Findings) {
        MetadataRules.check(ingressClass["metadata"], isNamespaced: false, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(ingressClass["metadata"], &findings)
        let controller = ingressClass[path: "spec", "controller"]
        if controller.string.utf8.count > 250 { findings.tooLong(controller, most: 250) }
        checkController(controller, &findings)
        checkReference(ingressClass[path: "spec", "parameters"], &findings)
    }

    private static func checkController(_ controller: Field, _ findings: inout Findings) {
        if controller.isEmpty { return findings.required(controller) }
        let parts = controller.string.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return findings.invalid(
                controller, "must be a domain-prefixed path (such as \"acme.io/foo\")")
        }
        findings.invalid(
            controller, shown: GoSyntax.quoted(String(parts[0])), all: Names.dnsSubdomain(String(parts[0])))
    }

    static func checkClassUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        findings.checkUnchanged(new[path: "spec", "controller"], from: old[path: "spec", "controller"])
        checkClass(new, &findings)
    }
}
