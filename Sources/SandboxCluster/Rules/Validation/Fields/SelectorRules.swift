internal import Resources

/// What label selectors must be (k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go).
enum SelectorRules {
    static func check(_ selector: Field, _ findings: inout Findings) {
        MetadataRules.checkLabels(selector["matchLabels"], &findings)
        for requirement in selector["matchExpressions"].elements { checkRequirement(requirement, &findings) }
    }

    private static func checkRequirement(_ requirement: Field, _ findings: inout Findings) {
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
        default: findings.invalid(requirement["operator"], "not a valid selector operator")
        }
        MetadataRules.checkLabelKey(requirement["key"].string, requirement["key"], &findings)
    }

    /// Whether a server can select by it at all (`metav1.LabelSelectorAsSelector`); an absent one selects nothing.
    static func isUsable(_ selector: Field) -> Bool {
        guard selector.isPresent else { return true }
        return LabelSelector(selector.value).map { selector in
            selector.requirements.allSatisfy { requirement in
                let isList = requirement.operator == .in || requirement.operator == .notIn
                return requirement.values.isEmpty != isList
                    && Names.qualified(requirement.key).isEmpty
                    && requirement.values.allSatisfy { Names.labelValue($0).isEmpty }
            }
        } ?? false
    }

    static func isEmpty(_ selector: Field) -> Bool {
        selector["matchLabels"].isEmpty && selector["matchExpressions"].isEmpty
    }

    /// Whether the labels are selected; an absent selector selects nothing, an empty one everything.
    static func matches(_ selector: Field, _ labels: Field) -> Bool {
        guard selector.isPresent, let parsed = LabelSelector(selector.value) else { return false }
        return parsed.matches(labels.stringMap)
    }
}
