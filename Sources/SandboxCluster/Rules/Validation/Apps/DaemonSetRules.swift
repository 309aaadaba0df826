internal import Resources

/// DaemonSets, and the revisions that they and StatefulSets keep.
enum DaemonSetRules {
    static func check(_ set: Field, _ findings: inout Findings) {
        MetadataRules.check(set["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(set["metadata"], &findings)
        checkSpec(set["spec"], &findings)
    }

    private static func checkSpec(_ spec: Field, _ findings: inout Findings) {
        let (selector, template) = (spec["selector"], spec["template"])
        SelectorRules.check(selector, &findings)
        if SelectorRules.isUsable(selector) { PodTemplateRules.checkSelected(template, by: selector, &findings) }
        if selector.isPresent, SelectorRules.isEmpty(selector) {
            findings.invalid(
                selector, shown: GoSyntax.labelSelector(selector), "empty selector is invalid for daemonset")
        }
        PodTemplateRules.check(template, &findings)
        PodTemplateRules.checkSharedDisks(template, &findings)
        PodTemplateRules.checkAlwaysRestarts(template, of: "DaemonSet", &findings)
        findings.checkNotNegative(spec["minReadySeconds"])
        checkStrategy(spec["updateStrategy"], &findings)
        findings.checkNotNegative(spec["revisionHistoryLimit"])
    }

    private static func checkStrategy(_ strategy: Field, _ findings: inout Findings) {
        let rolling = strategy["rollingUpdate"]
        switch strategy["type"].string {
        case "OnDelete": break
        case "", "RollingUpdate":
            let unavailable = rolling["maxUnavailable"]
            PortionRules.check(unavailable, &findings)
            if PortionRules.amount(unavailable, default: 1) == 0,
                PortionRules.amount(rolling["maxSurge"], default: 0) == 0
            {
                findings.invalid(unavailable, shown: GoSyntax.intOrString(unavailable.value), "cannot be 0")
            }
            PortionRules.checkAtMostAll(unavailable, &findings)
        default:
            let shown =
                "apps.DaemonSetUpdateStrategy{Type:\(GoSyntax.quoted(strategy["type"].string)), "
                + "RollingUpdate:\(GoSyntax.pointer("apps.RollingUpdateDaemonSet", to: rolling))}"
            findings.unsupported(strategy, shown: shown, supported: ["RollingUpdate", "OnDelete"])
        }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        check(new, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkSpec(new["spec"], &findings)
        DeploymentRules.checkSelectorKept(new, old: old, &findings)
    }

    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        let counts = [
            "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady",
            "observedGeneration", "updatedNumberScheduled", "numberAvailable", "numberUnavailable", "collisionCount",
        ]
        StatusCounts.check(new["status"], counts, notAbove: [], &findings)
        StatusCounts.checkCollisions(new["status"], old: old["status"], &findings)
    }

    // MARK: ControllerRevision

    static func checkRevision(_ revision: Field, _ findings: inout Findings) {
        MetadataRules.check(revision["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(revision["metadata"], &findings)
        if !revision["data"].isPresent { findings.required(revision["data"], "data is mandatory") }
        findings.checkNotNegative(revision["revision"])
    }

    static func checkRevisionUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkRevision(new, &findings)
        findings.checkUnchanged(new["data"], from: old["data"], shown: "runtime.RawExtension{}")
    }
}
