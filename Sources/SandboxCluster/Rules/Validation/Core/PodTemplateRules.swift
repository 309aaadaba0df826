internal import Resources

/// A pod's template in a workload (`ValidatePodTemplateSpec`).
enum PodTemplateRules {
    static func check(_ template: Field, _ findings: inout Findings) {
        let (labels, annotations) = (template[path: "metadata", "labels"], template[path: "metadata", "annotations"])
        // The server's paths leave out `metadata` here.
        MetadataRules.checkLabels(labels.named(template.place["labels"]), &findings)
        let named = annotations.named(template.place["annotations"])
        MetadataRules.checkAnnotations(named, &findings)
        PodAnnotationRules.check(named, template["spec"], &findings)
        PodRules.checkSpec(template["spec"], pod: nil, &findings)
        PodAnnotationRules.checkSeccompAgreement(annotations, template["spec"], &findings)
        if !template[path: "spec", "ephemeralContainers"].isEmpty {
            findings.forbidden(
                template[path: "spec", "ephemeralContainers"], "ephemeral containers not allowed in pod template")
        }
    }

    /// Whether the labels of a template are those that its workload selects.
    static func checkSelected(_ template: Field, by selector: Field, _ findings: inout Findings) {
        let labels = template[path: "metadata", "labels"]
        if !SelectorRules.matches(selector, labels) {
            findings.invalid(labels, shown: GoSyntax.map(labels), "`selector` does not match template `labels`")
        }
    }

    /// What pods must be that are always started anew.
    static func checkAlwaysRestarts(_ template: Field, of kind: String, _ findings: inout Findings) {
        let policy = template[path: "spec", "restartPolicy"]
        if policy.isPresent, policy.string != "Always" { findings.unsupported(policy, supported: ["Always"]) }
        let deadline = template[path: "spec", "activeDeadlineSeconds"]
        if deadline.isPresent {
            findings.forbidden(deadline, "activeDeadlineSeconds in \(kind) is not Supported")
        }
    }

    /// A disk of Google's is written by one machine at most.
    static func checkSharedDisks(_ template: Field, _ findings: inout Findings) {
        for volume in template[path: "spec", "volumes"].elements {
            let disk = volume["gcePersistentDisk"]
            guard disk.isPresent, !disk["readOnly"].isTrue else { continue }
            findings.invalid(
                disk["readOnly"], shown: "false",
                "must be true for replicated pods > 1; GCE PD can only be mounted on multiple machines if it is "
                    + "read-only")
        }
    }
}
