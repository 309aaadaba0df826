internal import Resources

/// Roles and their bindings (pkg/apis/rbac/validation).
enum RoleRules {
    private static let group = "rbac.authorization.k8s.io"

    static func check(_ role: Field, isNamespaced: Bool, _ findings: inout Findings) {
        MetadataRules.check(role["metadata"], isNamespaced: isNamespaced, name: Names.segment, &findings)
        MetadataRules.checkKubernetesFinalizers(role["metadata"], &findings)
        for rule in role["rules"].elements { checkRule(rule, isNamespaced: isNamespaced, &findings) }
        let aggregation = role["aggregationRule"]
        guard !isNamespaced, aggregation.isPresent else { return }
        let selectors = aggregation["clusterRoleSelectors"]
        if selectors.isEmpty {
            findings.required(
                selectors, "at least one clusterRoleSelector required if aggregationRule is non-nil")
        }
        for selector in selectors.elements {
            SelectorRules.check(selector, &findings)
            if !SelectorRules.isUsable(selector) {
                findings.invalid(selector, shown: "\"null\"", "invalid label selector.")
            }
        }
    }

    private static func checkRule(_ rule: Field, isNamespaced: Bool, _ findings: inout Findings) {
        if rule["verbs"].isEmpty { findings.required(rule["verbs"], "verbs must contain at least one value") }
        let urls = rule["nonResourceURLs"]
        if !urls.isEmpty {
            let shown = GoSyntax.list(urls, of: "string")
            if isNamespaced {
                findings.invalid(urls, shown: shown, "namespaced rules cannot apply to non-resource URLs")
            }
            if !rule["apiGroups"].isEmpty || !rule["resources"].isEmpty || !rule["resourceNames"].isEmpty {
                findings.invalid(
                    urls, shown: shown, "rules cannot apply to both regular resources and non-resource URLs")
            }
            return
        }
        if rule["apiGroups"].isEmpty {
            findings.required(rule["apiGroups"], "resource rules must supply at least one api group")
        }
        if rule["resources"].isEmpty {
            findings.required(rule["resources"], "resource rules must supply at least one resource")
        }
    }

    static func checkUpdate(_ new: Field, old: Field, isNamespaced: Bool, _ findings: inout Findings) {
        check(new, isNamespaced: isNamespaced, &findings)
        check(new, isNamespaced: isNamespaced, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
    }

    // MARK: Bindings

    static func checkBinding(_ binding: Field, isNamespaced: Bool, _ findings: inout Findings) {
        MetadataRules.check(binding["metadata"], isNamespaced: isNamespaced, name: Names.segment, &findings)
        MetadataRules.checkKubernetesFinalizers(binding["metadata"], &findings)
        let role = binding["roleRef"]
        if role["apiGroup"].string != group, role["apiGroup"].isPresent {
            findings.unsupported(role["apiGroup"], supported: [group])
        }
        let kinds = isNamespaced ? ["Role", "ClusterRole"] : ["ClusterRole"]
        if !kinds.contains(role["kind"].string) { findings.unsupported(role["kind"], supported: kinds) }
        let name = role["name"]
        if name.isEmpty {
            findings.required(name)
        } else {
            findings.invalid(name, all: Names.pathSegment(name.string))
        }
        for subject in binding["subjects"].elements {
            checkSubject(subject, isNamespaced: isNamespaced, &findings)
        }
    }

    private static func checkSubject(_ subject: Field, isNamespaced: Bool, _ findings: inout Findings) {
        let (name, subjectGroup) = (subject["name"], subject["apiGroup"])
        if name.isEmpty { findings.required(name) }
        switch subject["kind"].string {
        case "ServiceAccount":
            if !name.isEmpty { findings.invalid(name, all: Names.dnsSubdomain(name.string)) }
            if !subjectGroup.isEmpty { findings.unsupported(subjectGroup, supported: [""]) }
            if !isNamespaced, subject["namespace"].isEmpty { findings.required(subject["namespace"]) }
        case "User", "Group":
            if subjectGroup.isPresent, subjectGroup.string != group {
                findings.unsupported(subjectGroup, supported: [group])
            }
        default: findings.unsupported(subject["kind"], supported: ["ServiceAccount", "User", "Group"])
        }
    }

    static func checkBindingUpdate(_ new: Field, old: Field, isNamespaced: Bool, _ findings: inout Findings) {
        checkBinding(new, isNamespaced: isNamespaced, &findings)
        checkBinding(new, isNamespaced: isNamespaced, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        let role = new["roleRef"]
        if !Sameness.holds(role.value, old["roleRef"].value) {
            let texts = [("APIGroup", "apiGroup"), ("Kind", "kind"), ("Name", "name")]
                .map { "\($0.0):\(GoSyntax.quoted(role[$0.1].string))" }
            findings.invalid(role, shown: "rbac.RoleRef{\(texts.joined(separator: ", "))}", "cannot change roleRef")
        }
    }
}
