internal import Resources

/// The addresses of a Service inside of the cluster, which stay once they are given.
enum ServiceAddressRules {
    /// `validateServiceClusterIPsRelatedFields`.
    static func check(_ spec: Field, _ findings: inout Findings) {
        let (primary, addresses) = (spec["clusterIP"], spec["clusterIPs"])
        if !primary.isEmpty, !addresses.isEmpty, addresses.strings.first != primary.string {
            findings.invalid(
                addresses, shown: GoSyntax.list(addresses, of: "string"), "element [0] must match clusterIP")
        } else if primary.isEmpty, !addresses.isEmpty {
            findings.invalid(
                addresses, shown: GoSyntax.list(addresses, of: "string"), "must be empty when clusterIP is empty")
        }
        checkFamilies(spec, &findings)
        // The server fills in the list from the one address before it looks at either.
        let list =
            addresses.isEmpty && !primary.isEmpty
            ? Field([primary.value ?? .null], at: addresses.place) : addresses
        guard checkAddresses(list, &findings) else { return }
        let parsed = list.strings.compactMap(IPAddress.init)
        if list.strings.count > 1, Set(parsed.map(\.isVersion4)).count != 2 {
            findings.invalid(
                addresses, shown: GoSyntax.list(addresses, of: "string"),
                "may specify no more than one IP for each IP family")
        }
        if !ServiceRules.isHeadless(spec) { checkAgreement(list, spec["ipFamilies"].strings, &findings) }
    }

    private static func checkFamilies(_ spec: Field, _ findings: inout Findings) {
        var seen: Set<String> = []
        for family in spec["ipFamilies"].elements {
            findings.checkSupported(family, ["IPv4", "IPv6"])
            if !seen.insert(family.string).inserted { findings.duplicate(family) }
        }
        findings.checkSupported(
            spec["ipFamilyPolicy"], ["PreferDualStack", "RequireDualStack", "SingleStack"])
    }

    /// Whether all are addresses.
    private static func checkAddresses(_ addresses: Field, _ findings: inout Findings) -> Bool {
        var isRight = true
        for (index, address) in addresses.elements.enumerated() {
            if index == 0, address.string == "None" {
                guard addresses.elements.count > 1 else { continue }
                findings.invalid(
                    addresses, shown: GoSyntax.list(addresses, of: "string"),
                    "'None' must be the first and only value")
                isRight = false
                continue
            }
            let messages = IPAddress.messages(address.string)
            findings.invalid(address, all: messages)
            isRight = isRight && messages.isEmpty
        }
        if addresses.elements.count > 2 {
            findings.invalid(addresses, shown: GoSyntax.list(addresses, of: "string"), "may only hold up to 2 values")
        }
        return isRight
    }

    private static func checkAgreement(_ addresses: Field, _ families: [String], _ findings: inout Findings) {
        for (index, address) in addresses.elements.enumerated() where index < families.count {
            guard let parsed = IPAddress(address.string) else { continue }
            let family = parsed.isVersion4 ? "IPv4" : "IPv6"
            if families[index] != family {
                findings.invalid(
                    address, "expected an \(families[index]) value as indicated by `ipFamilies[\(index)]`")
            }
        }
    }

    // MARK: Updates

    static func checkUpdate(_ spec: Field, old: Field, _ findings: inout Findings) {
        let kinds = [spec, old].map(ServiceRules.kind)
        guard !kinds.contains("ExternalName") else { return }
        let isHeadless = [spec, old].map(ServiceRules.isHeadless)
        if isHeadless != [true, true] { checkKept(spec, old, &findings) }
        if isHeadless == [false, false] { checkKeptFamilies(spec, old, &findings) }
    }

    private static func checkKept(_ spec: Field, _ old: Field, _ findings: inout Findings) {
        let addresses = spec["clusterIPs"]
        let (new, before) = (addresses.strings, old["clusterIPs"].strings)
        let first = Field(addresses.value, at: addresses.place[0])
        if new.count == before.count {
            for index in new.indices where new[index] != before[index] {
                findings.invalid(
                    Field(addresses.value, at: addresses.place[index]), shown: GoSyntax.list(addresses, of: "string"),
                    "may not change once set")
            }
            return
        }
        if new.isEmpty {
            findings.invalid(first, shown: GoSyntax.list(addresses, of: "string"), "primary clusterIP can not be unset")
        }
        if let kept = before.first, let now = new.first, kept != now {
            findings.invalid(first, shown: GoSyntax.list(addresses, of: "string"), "may not change once set")
        }
        if before.count > new.count, new.count == 1, spec["ipFamilyPolicy"].string != "SingleStack" {
            findings.invalid(
                first, shown: GoSyntax.list(addresses, of: "string"),
                "`ipFamilyPolicy` must be set to 'SingleStack' when releasing the secondary clusterIP")
        }
    }

    private static func checkKeptFamilies(_ spec: Field, _ old: Field, _ findings: inout Findings) {
        let families = spec["ipFamilies"]
        let (new, before) = (families.strings, old["ipFamilies"].strings)
        let first = Field(families.value, at: families.place[0])
        if new.count == before.count {
            for index in new.indices where new[index] != before[index] {
                findings.invalid(first, shown: GoSyntax.list(families, of: "core.IPFamily"), "may not change once set")
            }
        } else if let kept = before.first, let now = new.first, kept != now {
            findings.invalid(first, shown: GoSyntax.list(spec["clusterIPs"], of: "string"), "may not change once set")
        }
        if before.count > new.count, new.count == 1, spec["ipFamilyPolicy"].string != "SingleStack" {
            findings.invalid(
                Field(nil, at: spec["clusterIPs"].place[0]), shown: GoSyntax.list(spec["clusterIPs"], of: "string"),
                "`ipFamilyPolicy` must be set to 'SingleStack' when releasing the secondary ipFamily")
        }
    }
}
