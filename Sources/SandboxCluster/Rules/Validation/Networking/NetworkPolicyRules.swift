internal import Resources

/// Network policies (pkg/apis/networking/validation).
enum NetworkPolicyRules {
    static func check(_ policy: Field, _ findings: inout Findings) {
        MetadataRules.check(policy["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(policy["metadata"], &findings)
        checkSpec(policy["spec"], &findings)
    }

    private static func checkSpec(_ spec: Field, _ findings: inout Findings) {
        SelectorRules.check(spec["podSelector"], &findings)
        for (direction, peers) in [("ingress", "from"), ("egress", "to")] {
            for rule in spec[direction].elements {
                for port in rule["ports"].elements { checkPort(port, &findings) }
                for peer in rule[peers].elements { checkPeer(peer, &findings) }
            }
        }
        let types = spec["policyTypes"]
        if types.elements.count > 2 {
            return findings.invalid(
                types, shown: GoSyntax.list(types, of: "networking.PolicyType"),
                "may not specify more than two policyTypes")
        }
        for type in types.elements { findings.checkSupported(type, ["Ingress", "Egress"]) }
    }

    private static func checkPort(_ port: Field, _ findings: inout Findings) {
        findings.checkSupported(port["protocol"], ["TCP", "UDP", "SCTP"])
        if port["port"].isPresent { ProbeRules.checkPort(port["port"], &findings) }
    }

    private static func checkPeer(_ peer: Field, _ findings: inout Findings) {
        let block = peer["ipBlock"]
        let selectors = ["podSelector", "namespaceSelector"].filter { peer[$0].isPresent }
        for name in selectors { SelectorRules.check(peer[name], &findings) }
        if block.isPresent { checkBlock(block, &findings) }
        if selectors.isEmpty, !block.isPresent {
            findings.required(peer, "must specify a peer")
        } else if !selectors.isEmpty, block.isPresent {
            findings.forbidden(peer, "may not specify both ipBlock and another peer")
        }
    }

    private static func checkBlock(_ block: Field, _ findings: inout Findings) {
        let range = block["cidr"]
        if range.isEmpty { return findings.required(range) }
        guard let whole = AddressRange(range.string) else {
            return findings.invalid(range, "not a valid CIDR")
        }
        for exception in block["except"].elements {
            guard let part = AddressRange(exception.string) else {
                return findings.invalid(exception, "not a valid CIDR")
            }
            if !whole.contains(part.network) || whole.length >= part.length {
                findings.invalid(exception, "must be a strict subset of `cidr`")
            }
        }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        check(new, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkSpec(new["spec"], &findings)
    }
}
