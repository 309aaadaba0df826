internal import Resources

/// APIServices (k8s.io/kube-aggregator's validation).
enum APIServiceRules {
    static func check(_ service: Field, _ findings: inout Findings) {
        let spec = service["spec"]
        let (group, version) = (spec["group"], spec["version"])
        let name = "\(version.string).\(group.string)"
        let rule: Names.Rule = { text, _ in
            let messages = Names.pathSegment(text)
            if !messages.isEmpty || text == name { return messages }
            return ["must be `spec.version+\".\"+spec.group`: \(GoSyntax.quoted(name))"]
        }
        MetadataRules.check(service["metadata"], isNamespaced: false, name: rule, &findings)
        if group.isEmpty {
            if version.string != "v1" {
                findings.required(group, "only v1 may have an empty group and it better be legacy kube")
            }
        } else {
            findings.invalid(group, all: Names.dnsSubdomain(group.string))
        }
        findings.invalid(version, all: Names.dns1035Label(version.string))
        checkPriority(spec["groupPriorityMinimum"], most: 20000, &findings)
        checkPriority(spec["versionPriority"], most: 1000, &findings)
        checkTarget(spec, &findings)
    }

    private static func checkPriority(_ priority: Field, most: Int, _ findings: inout Findings) {
        if !(1...most).contains(priority.number) {
            findings.invalid(
                priority, shown: String(priority.number), "must be positive and less than \(most)")
        }
    }

    private static func checkTarget(_ spec: Field, _ findings: inout Findings) {
        let (service, bundle, skips) = (spec["service"], spec["caBundle"], spec["insecureSkipTLSVerify"])
        guard service.isPresent else {
            if !bundle.isEmpty {
                findings.invalid(
                    bundle, shown: "\"\(bundle.decodedSize) bytes\"", "local APIServices may not have a caBundle")
            }
            if skips.isTrue {
                findings.invalid(skips, "local APIServices may not have insecureSkipTLSVerify")
            }
            return
        }
        for name in ["namespace", "name"] where service[name].isEmpty { findings.required(service[name]) }
        let port = service["port"]
        if port.isPresent, !(1...65535).contains(port.number) {
            findings.invalid(port, "port is not valid: \(Names.rangeMessage(1...65535))")
        }
        if skips.isTrue, !bundle.isEmpty { findings.invalid(skips, "may not be true if caBundle is present") }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        check(new, &findings)
    }
}
