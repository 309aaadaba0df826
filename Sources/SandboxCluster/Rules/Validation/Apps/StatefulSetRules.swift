internal import Resources

/// StatefulSets; as on the real server, their pods' specs are looked at only when pods are made.
enum StatefulSetRules {
    static func check(_ set: Field, _ findings: inout Findings) {
        MetadataRules.check(set["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(set["metadata"], &findings)
        let spec = set["spec"]
        let management = spec["podManagementPolicy"]
        if !management.isEmpty, !["OrderedReady", "Parallel"].contains(management.string) {
            findings.invalid(management, "must be 'OrderedReady' or 'Parallel'")
        }
        checkStrategy(spec["updateStrategy"], &findings)
        findings.checkNotNegative(spec["replicas"])
        checkSelectorAndTemplate(spec, &findings)
        PodTemplateRules.checkAlwaysRestarts(spec["template"], of: "StatefulSet", &findings)
    }

    private static func checkStrategy(_ strategy: Field, _ findings: inout Findings) {
        let rolling = strategy["rollingUpdate"]
        switch strategy["type"].string {
        case "", "RollingUpdate": findings.checkNotNegative(rolling["partition"])
        case "OnDelete":
            guard rolling.isPresent else { return }
            findings.invalid(
                rolling, shown: "apps.RollingUpdateStatefulSetStrategy{Partition:\(rolling["partition"].number)}",
                "only allowed for updateStrategy 'RollingUpdate'")
        default:
            let shown =
                "apps.StatefulSetUpdateStrategy{Type:\(GoSyntax.quoted(strategy["type"].string)), "
                + "RollingUpdate:\(GoSyntax.pointer("apps.RollingUpdateStatefulSetStrategy", to: rolling))}"
            findings.invalid(strategy, shown: shown, "must be 'RollingUpdate' or 'OnDelete'")
        }
    }

    private static func checkSelectorAndTemplate(_ spec: Field, _ findings: inout Findings) {
        let (selector, template) = (spec["selector"], spec["template"])
        if selector.isPresent {
            SelectorRules.check(selector, &findings)
            if SelectorRules.isEmpty(selector) {
                findings.invalid(
                    selector, shown: GoSyntax.labelSelector(selector), "empty selector is invalid for statefulset")
            }
        } else {
            findings.required(selector)
        }
        guard SelectorRules.isUsable(selector) else {
            return findings.invalid(selector, shown: GoSyntax.labelSelector(selector), "")
        }
        PodTemplateRules.checkSelected(template, by: selector, &findings)
        MetadataRules.checkLabels(template[path: "metadata", "labels"].named(template.place["labels"]), &findings)
        let annotations = template[path: "metadata", "annotations"].named(template.place["annotations"])
        MetadataRules.checkAnnotations(annotations, &findings)
        PodAnnotationRules.check(annotations, template["spec"], &findings)
    }

    /// What may change in a StatefulSet. Kubernetes 1.20 names three fields; those that it allows later are let through.
    private static let changeable = [
        "replicas", "template", "updateStrategy", "minReadySeconds", "persistentVolumeClaimRetentionPolicy", "ordinals",
    ]

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        check(new, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        var (spec, before) = (new["spec"].value ?? [:], old["spec"].value ?? [:])
        for field in changeable {
            spec[field] = nil
            before[field] = nil
        }
        if !Sameness.holds(spec, before) {
            findings.forbidden(
                new["spec"],
                "updates to statefulset spec for fields other than 'replicas', 'template', and 'updateStrategy' are "
                    + "forbidden")
        }
        findings.checkNotNegative(new[path: "spec", "replicas"])
    }

    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        let status = new["status"]
        let counts = [
            "replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "observedGeneration", "collisionCount",
        ]
        StatusCounts.check(
            status, counts, notAbove: ["readyReplicas", "currentReplicas", "updatedReplicas"], &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        StatusCounts.checkCollisions(status, old: old["status"], &findings)
    }
}
