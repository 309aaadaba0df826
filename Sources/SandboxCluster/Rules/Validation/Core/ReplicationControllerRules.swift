internal import Resources

/// ReplicationControllers, whose selector is a plain map, and PodTemplates.
enum ReplicationControllerRules {
    static func check(_ controller: Field, _ findings: inout Findings) {
        MetadataRules.check(controller["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(controller["metadata"], &findings)
        checkSpec(controller["spec"], &findings)
    }

    private static func checkSpec(_ spec: Field, _ findings: inout Findings) {
        findings.checkNotNegative(spec["minReadySeconds"])
        let (selector, template) = (spec["selector"], spec["template"])
        if selector.isEmpty { findings.required(selector) }
        findings.checkNotNegative(spec["replicas"])
        guard template.isPresent else { return findings.required(template) }
        let labels = template[path: "metadata", "labels"]
        if !LabelSelector(matchLabels: selector.stringMap).matches(labels.stringMap) {
            findings.invalid(labels, shown: GoSyntax.map(labels), "`selector` does not match template `labels`")
        }
        PodTemplateRules.check(template, &findings)
        if spec["replicas"].number > 1 { PodTemplateRules.checkSharedDisks(template, &findings) }
        PodTemplateRules.checkAlwaysRestarts(template, of: "ReplicationController", &findings)
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        check(new, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkSpec(new["spec"], &findings)
    }

    static func checkTemplate(_ template: Field, _ findings: inout Findings) {
        MetadataRules.check(template["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(template["metadata"], &findings)
        PodTemplateRules.check(template["template"], &findings)
    }

    static func checkTemplateUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        PodTemplateRules.check(new["template"], &findings)
    }
}
