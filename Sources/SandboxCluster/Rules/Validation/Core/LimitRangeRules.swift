internal import Resources

/// The limits of a namespace (`ValidateLimitRange`).
enum LimitRangeRules {
    static func check(_ range: Field, _ findings: inout Findings) {
        MetadataRules.check(range["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(range["metadata"], &findings)
        var types: Set<String> = []
        for limit in range[path: "spec", "limits"].elements {
            let type = limit["type"]
            checkType(type, &findings)
            if !types.insert(type.string).inserted { findings.duplicate(type) }
            checkNames(limit, &findings)
            for name in names(of: limit).sorted() { checkAmounts(of: name, limit, &findings) }
        }
    }

    private static let lists = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"]

    private static func names(of limit: Field) -> Set<String> {
        let isPod = limit["type"].string == "Pod"
        return Set(
            lists.filter { !(isPod && $0.hasPrefix("default")) }.flatMap { limit[$0].entries.map(\.key) })
    }

    private static func checkType(_ type: Field, _ findings: inout Findings) {
        let messages = Names.qualified(type.string)
        findings.invalid(type, all: messages)
        let known = ["Pod", "Container", "PersistentVolumeClaim"]
        if messages.isEmpty, !type.string.contains("/"), !known.contains(type.string) {
            findings.invalid(type, "must be a standard limit type or fully qualified")
        }
    }

    private static func checkNames(_ limit: Field, _ findings: inout Findings) {
        let type = limit["type"].string
        for list in lists {
            if type == "Pod", list.hasPrefix("default") {
                if !limit[list].isEmpty { findings.forbidden(limit[list], "may not be specified when `type` is 'Pod'") }
                continue
            }
            for (name, amount) in limit[list].entries {
                if type == "Pod" || type == "Container" {
                    ResourceRules.checkContainerName(name, amount, &findings)
                } else {
                    _ = ResourceRules.checkName(name, amount, &findings)
                }
            }
        }
        if type == "PersistentVolumeClaim", !limit[path: "min", "storage"].isPresent,
            !limit[path: "max", "storage"].isPresent
        {
            findings.required(
                limit["limits"], "either minimum or maximum storage value is required, but neither was provided")
        }
    }

    private static func checkAmounts(of name: String, _ limit: Field, _ findings: inout Findings) {
        func entry(_ list: String) -> Field { Field(limit[list][name].value, at: limit[list].place.key(name)) }
        let isPod = limit["type"].string == "Pod"
        let words = [
            "min": "min value", "max": "max value", "default": "default value",
            "defaultRequest": "default request value",
        ]
        // What must not be greater than what, the field that is told, and whose value is shown.
        let orders = [
            ("min", "max", "min", "min"), ("min", "defaultRequest", "defaultRequest", "defaultRequest"),
            ("defaultRequest", "max", "defaultRequest", "defaultRequest"),
            ("defaultRequest", "default", "defaultRequest", "defaultRequest"), ("min", "default", "default", "min"),
            ("default", "max", "default", "max"),
        ]
        for (less, more, told, shown) in orders {
            if isPod, less.hasPrefix("default") || more.hasPrefix("default") { continue }
            guard let low = entry(less).quantity, let high = entry(more).quantity, low > high,
                let value = entry(shown).quantity
            else { continue }
            let limitWord =
                (less, more) == ("defaultRequest", "default") ? "default limit value" : words[more] ?? ""
            findings.invalid(
                entry(told), shown: GoSyntax.quantity(value),
                "\(words[less] ?? "") \(low.text) is greater than \(limitWord) \(high.text)")
        }
        checkRatio(entry("maxLimitRequestRatio"), entry("min").quantity, entry("max").quantity, &findings)
        checkOvercommitment(name, entry("default"), entry("defaultRequest"), &findings)
    }

    private static func checkRatio(
        _ field: Field, _ least: Quantity?, _ most: Quantity?, _ findings: inout Findings
    ) {
        guard let ratio = field.quantity else { return }
        let shown = GoSyntax.quantity(ratio)
        if ratio.nanos < 1_000_000_000 {
            findings.invalid(field, shown: shown, "ratio \(ratio.text) is less than 1")
        }
        guard let least, let most, least.nanos != 0 else { return }
        let limit = Double(most.nanos) / Double(least.nanos)
        if Double(ratio.nanos) / 1e9 > limit {
            let rounded = (limit * 1e6).rounded() / 1e6
            let parts = "\(rounded)".split(separator: ".")
            let fraction = parts.count > 1 ? String(parts[1]) : ""
            let digits = fraction + String(repeating: "0", count: max(0, 6 - fraction.count))
            findings.invalid(
                field, shown: shown, "ratio \(ratio.text) is greater than max/min = \(parts[0]).\(digits)")
        }
    }

    private static func checkOvercommitment(
        _ name: String, _ limit: Field, _ request: Field, _ findings: inout Findings
    ) {
        guard !ResourceRules.isOvercommittable(name), let most = limit.quantity, let usual = request.quantity,
            most != usual
        else { return }
        findings.invalid(
            request, shown: GoSyntax.quantity(usual),
            "default value \(most.text) must equal to defaultRequest value \(usual.text) in \(name)")
    }
}
