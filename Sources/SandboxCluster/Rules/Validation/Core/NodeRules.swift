internal import Resources

/// Nodes (`ValidateNode`, `ValidateNodeUpdate`).
enum NodeRules {
    static func check(_ node: Field, _ findings: inout Findings) {
        MetadataRules.check(node["metadata"], isNamespaced: false, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(node["metadata"], &findings)
        // The server's path is off.
        TolerationRules.checkTaints(node[path: "spec", "taints"].named(.root["metadata"]["taints"]), &findings)
        checkResources(node["status"], &findings)
        let ranges = node[path: "spec", "podCIDRs"]
        for range in ranges.elements where AddressRange(range.string) == nil {
            findings.invalid(range, shown: GoSyntax.list(ranges, of: "string"), "must be valid CIDR")
        }
    }

    private static func checkResources(_ status: Field, _ findings: inout Findings) {
        for list in ["capacity", "allocatable"] {
            for (name, amount) in status[list].entries {
                ResourceRules.checkAmount(name, amount.named(status[list].place[name]), &findings)
            }
        }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        check(new, &findings)
        checkStatus(new, old: old, &findings)
    }

    /// Of the status alone, too: the spec was put back before.
    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkResources(new["status"], &findings)
        checkAddresses(new[path: "status", "addresses"], &findings)
        let (spec, before) = (new["spec"], old["spec"])
        let ranges = before["podCIDRs"]
        if !ranges.isEmpty, ranges.strings != spec["podCIDRs"].strings {
            findings.forbidden(
                spec["podCIDRs"], "node updates may not change podCIDR except from \"\" to valid")
        }
        if !before["providerID"].isEmpty, before["providerID"].string != spec["providerID"].string {
            findings.forbidden(
                spec["providerID"], "node updates may not change providerID except from \"\" to valid")
        }
        TolerationRules.checkTaints(spec["taints"].named(.root["metadata"]["taints"]), &findings)
        checkRest(spec, before, &findings)
    }

    private static func checkAddresses(_ addresses: Field, _ findings: inout Findings) {
        var seen: Set<Value> = []
        for address in addresses.elements {
            guard let value = address.value, !seen.insert(value).inserted else { continue }
            let shown =
                "core.NodeAddress{Type:\(GoSyntax.quoted(address["type"].string)), "
                + "Address:\(GoSyntax.quoted(address["address"].string))}"
            findings.duplicate(address, shown: shown)
        }
    }

    private static func checkRest(_ spec: Field, _ before: Field, _ findings: inout Findings) {
        var (left, right) = (spec.value ?? [:], before.value ?? [:])
        for field in ["taints", "unschedulable", "configSource", "podCIDR", "podCIDRs", "providerID"] {
            left[field] = nil
            right[field] = nil
        }
        if !Sameness.holds(left, right) {
            findings.forbidden(
                Field(nil, at: .root[""]),
                "node updates may only change labels, taints, or capacity (or configSource, if the DynamicKubeletConfig "
                    + "feature gate is enabled)")
        }
    }
}
