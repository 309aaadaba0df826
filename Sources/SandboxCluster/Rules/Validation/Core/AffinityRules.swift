internal import Resources

/// Where pods may and should run.
enum AffinityRules {
    private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
    private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

    static func check(_ affinity: Field, _ findings: inout Findings) {
        guard affinity.isPresent else { return }
        let nodes = affinity["nodeAffinity"]
        if nodes[required].isPresent { checkNodeSelector(nodes[required], &findings) }
        for term in nodes[preferred].elements {
            checkWeight(term["weight"], &findings)
            checkNodeTerm(term["preference"], &findings)
        }
        for kind in ["podAffinity", "podAntiAffinity"] {
            for term in affinity[kind][required].elements { checkPodTerm(term, &findings) }
            for term in affinity[kind][preferred].elements {
                checkWeight(term["weight"], &findings)
                checkPodTerm(term["podAffinityTerm"], &findings)
            }
        }
    }

    private static func checkWeight(_ weight: Field, _ findings: inout Findings) {
        if !(1...100).contains(weight.number) {
            findings.invalid(weight, shown: String(weight.number), "must be in the range 1-100")
        }
    }

    private static func checkPodTerm(_ term: Field, _ findings: inout Findings) {
        // The server's path is that of one part of the selector.
        SelectorRules.check(term["labelSelector"].named(term.place["matchExpressions"]), &findings)
        for namespace in term["namespaces"].elements {
            findings.invalid(namespace.named(term.place["namespace"]), all: Names.dnsLabel(namespace.string))
        }
        let key = term["topologyKey"]
        if key.isEmpty { findings.required(key, "can not be empty") }
        MetadataRules.checkLabelKey(key.string, key, &findings)
    }

    /// Also of a persistent volume's `nodeAffinity.required`.
    static func checkNodeSelector(_ selector: Field, _ findings: inout Findings) {
        let terms = selector["nodeSelectorTerms"]
        if terms.isEmpty { findings.required(terms, "must have at least one node selector term") }
        for term in terms.elements { checkNodeTerm(term, &findings) }
    }

    private static func checkNodeTerm(_ term: Field, _ findings: inout Findings) {
        for requirement in term["matchExpressions"].elements { checkNodeLabel(requirement, &findings) }
        for requirement in term["matchFields"].elements { checkNodeField(requirement, &findings) }
    }

    private static func checkNodeLabel(_ requirement: Field, _ findings: inout Findings) {
        let values = requirement["values"]
        switch requirement["operator"].string {
        case "In", "NotIn":
            if values.isEmpty {
                findings.required(values, "must be specified when `operator` is 'In' or 'NotIn'")
            }
        case "Exists", "DoesNotExist":
            if !values.isEmpty {
                findings.forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
            }
        case "Gt", "Lt":
            if values.strings.count != 1 {
                findings.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'")
            }
        default: findings.invalid(requirement["operator"], "not a valid selector operator")
        }
        MetadataRules.checkLabelKey(requirement["key"].string, requirement["key"], &findings)
    }

    private static func checkNodeField(_ requirement: Field, _ findings: inout Findings) {
        if !["In", "NotIn"].contains(requirement["operator"].string) {
            findings.invalid(requirement["operator"], "not a valid selector operator")
        } else if requirement["values"].strings.count != 1 {
            findings.required(
                requirement["values"],
                "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")
        }
        guard requirement["key"].string == "metadata.name" else {
            return findings.invalid(requirement["key"], "not a valid field selector key")
        }
        for name in requirement["values"].elements { findings.invalid(name, all: Names.dnsSubdomain(name.string)) }
    }

    static func checkSpread(_ constraints: Field, _ findings: inout Findings) {
        let all = constraints.elements
        for (index, constraint) in all.enumerated() {
            let (key, action) = (constraint["topologyKey"], constraint["whenUnsatisfiable"])
            if constraint["maxSkew"].number <= 0 {
                findings.invalid(
                    constraint["maxSkew"], shown: String(constraint["maxSkew"].number), "must be greater than zero")
            }
            if key.isEmpty { findings.required(key, "can not be empty") }
            if !["DoNotSchedule", "ScheduleAnyway"].contains(action.string) {
                findings.unsupported(action, supported: ["DoNotSchedule", "ScheduleAnyway"])
            }
            let isRepeated = all[(index + 1)...].contains {
                $0["topologyKey"].string == key.string && $0["whenUnsatisfiable"].string == action.string
            }
            if isRepeated {
                findings.duplicate(
                    Field(
                        .string("{\(key.string), \(action.string)}"),
                        at: constraint.place["{topologyKey, whenUnsatisfiable}"]))
            }
        }
    }
}
