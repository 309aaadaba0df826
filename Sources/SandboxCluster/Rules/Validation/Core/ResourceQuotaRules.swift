internal import Resources

/// Quotas of namespaces (`ValidateResourceQuota`).
enum ResourceQuotaRules {
    static func check(_ quota: Field, _ findings: inout Findings) {
        MetadataRules.check(quota["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(quota["metadata"], &findings)
        checkSpec(quota["spec"], &findings)
        checkStatus(quota["status"], &findings)
    }

    private static func checkStatus(_ status: Field, _ findings: inout Findings) {
        for list in ["hard", "used"] { checkAmounts(status[list], &findings) }
    }

    private static func checkAmounts(_ amounts: Field, _ findings: inout Findings) {
        for (name, amount) in amounts.entries {
            ResourceRules.checkQuotaName(name, amount, &findings)
            ResourceRules.checkAmount(name, amount, &findings)
        }
    }

    private static func checkSpec(_ spec: Field, _ findings: inout Findings) {
        checkAmounts(spec["hard"], &findings)
        checkScopes(spec, &findings)
        checkSelector(spec, &findings)
    }

    private static let known = ["BestEffort", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating"]
    private static let podAmounts: Set<String> = [
        "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory",
    ]

    private static func isApplicable(_ scope: String, _ resource: String) -> Bool {
        switch scope {
        case "Terminating", "NotTerminating", "NotBestEffort", "PriorityClass":
            resource == "pods" || podAmounts.contains(resource)
        case "BestEffort": resource == "pods"
        default: true
        }
    }

    private static func checkScopes(_ spec: Field, _ findings: inout Findings) {
        let scopes = spec["scopes"]
        let shown = GoSyntax.list(scopes, of: "core.ResourceQuotaScope")
        let resources = spec["hard"].entries.map(\.key).filter(ResourceRules.isQuotaResource)
        for scope in scopes.strings {
            if !known.contains(scope) { findings.invalid(scopes, shown: shown, "unsupported scope") }
            for resource in resources where !isApplicable(scope, resource) {
                findings.invalid(scopes, shown: shown, "unsupported scope applied to resource")
            }
        }
        checkConflicts(scopes.strings, scopes, shown, &findings)
    }

    private static func checkConflicts(
        _ names: [String], _ field: Field, _ shown: String, _ findings: inout Findings
    ) {
        for pair in [["BestEffort", "NotBestEffort"], ["NotTerminating", "Terminating"]]
        where pair.allSatisfy(names.contains) {
            findings.invalid(field, shown: shown, "conflicting scopes")
        }
    }

    private static func checkSelector(_ spec: Field, _ findings: inout Findings) {
        let expressions = spec[path: "scopeSelector", "matchExpressions"]
        let resources = spec["hard"].entries.map(\.key).filter(ResourceRules.isQuotaResource)
        for requirement in expressions.elements {
            let scope = requirement["scopeName"].named(expressions.place["scopeName"])
            if !known.contains(scope.string) { findings.invalid(scope, "unsupported scope") }
            for resource in resources where !isApplicable(scope.string, resource) {
                findings.invalid(
                    expressions, shown: "core.ScopeSelector{}", "unsupported scope applied to resource")
            }
            checkRequirement(requirement.named(expressions.place), scope.string, &findings)
        }
        checkConflicts(
            expressions.elements.map { $0["scopeName"].string }, expressions,
            GoSyntax.list(spec["scopes"], of: "core.ResourceQuotaScope"), &findings)
    }

    private static func checkRequirement(_ requirement: Field, _ scope: String, _ findings: inout Findings) {
        let (kind, values) = (requirement["operator"], requirement["values"])
        if known.contains(scope), scope != "PriorityClass", kind.string != "Exists" {
            findings.invalid(
                kind,
                "must be 'Exist' only operator when scope is any of ResourceQuotaScopeTerminating, "
                    + "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort and "
                    + "ResourceQuotaScopeNotBestEffort")
        }
        switch kind.string {
        case "In", "NotIn":
            if values.isEmpty {
                findings.required(
                    values, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector")
            }
        case "Exists", "DoesNotExist":
            if !values.isEmpty {
                findings.invalid(
                    values, shown: GoSyntax.list(values, of: "string"),
                    "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector")
            }
        default: findings.invalid(kind, "not a valid selector operator")
        }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        check(new, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkSpec(new["spec"], &findings)
        let scopes = new[path: "spec", "scopes"]
        if Set(scopes.strings) != Set(old[path: "spec", "scopes"].strings) {
            findings.invalid(
                scopes, shown: GoSyntax.list(scopes, of: "core.ResourceQuotaScope"), Findings.isImmutable)
        }
    }

    static func checkStatusUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkStatus(new["status"], &findings)
    }
}
