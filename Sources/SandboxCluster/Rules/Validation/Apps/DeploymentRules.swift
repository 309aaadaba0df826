internal import Resources

/// Deployments and ReplicaSets (pkg/apis/apps/validation).
enum DeploymentRules {
    static func check(_ deployment: Field, _ findings: inout Findings) {
        MetadataRules.check(deployment["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(deployment["metadata"], &findings)
        checkSpec(deployment["spec"], &findings)
    }

    private static func checkSpec(_ spec: Field, _ findings: inout Findings) {
        findings.checkNotNegative(spec["replicas"])
        checkSelectorAndTemplate(spec, &findings)
        checkStrategy(spec["strategy"], &findings)
        findings.checkNotNegative(spec["minReadySeconds"])
        findings.checkNotNegative(spec["revisionHistoryLimit"])
        let deadline = spec["progressDeadlineSeconds"]
        guard deadline.isPresent else { return }
        findings.checkNotNegative(deadline)
        if deadline.number <= spec["minReadySeconds"].number {
            findings.invalid(deadline, "must be greater than minReadySeconds")
        }
    }

    private static func checkSelectorAndTemplate(_ spec: Field, _ findings: inout Findings) {
        let (selector, template) = (spec["selector"], spec["template"])
        if selector.isPresent {
            SelectorRules.check(selector, &findings)
            if SelectorRules.isEmpty(selector) {
                findings.invalid(
                    selector, shown: GoSyntax.labelSelector(selector), "empty selector is invalid for deployment")
            }
        } else {
            findings.required(selector)
        }
        guard SelectorRules.isUsable(selector) else {
            return findings.invalid(selector, shown: GoSyntax.labelSelector(selector), "invalid label selector")
        }
        PodTemplateRules.checkSelected(template, by: selector, &findings)
        PodTemplateRules.check(template, &findings)
        if spec["replicas"].integer ?? 1 > 1 { PodTemplateRules.checkSharedDisks(template, &findings) }
        PodTemplateRules.checkAlwaysRestarts(template, of: "ReplicaSet", &findings)
    }

    private static func checkStrategy(_ strategy: Field, _ findings: inout Findings) {
        let rolling = strategy["rollingUpdate"]
        switch strategy["type"].string {
        case "Recreate":
            if rolling.isPresent {
                findings.forbidden(rolling, "may not be specified when strategy `type` is 'Recreate'")
            }
        case "", "RollingUpdate":
            if rolling.isPresent { checkRolling(rolling, &findings) }
        default:
            let shown =
                "apps.DeploymentStrategy{Type:\(GoSyntax.quoted(strategy["type"].string)), "
                + "RollingUpdate:\(GoSyntax.pointer("apps.RollingUpdateDeployment", to: rolling))}"
            findings.unsupported(strategy, shown: shown, supported: ["Recreate", "RollingUpdate"])
        }
    }

    private static func checkRolling(_ rolling: Field, _ findings: inout Findings) {
        let (unavailable, surge) = (rolling["maxUnavailable"], rolling["maxSurge"])
        PortionRules.check(unavailable, &findings)
        PortionRules.check(surge, &findings)
        if PortionRules.amount(unavailable, default: 25) == 0, PortionRules.amount(surge, default: 25) == 0 {
            findings.invalid(
                unavailable, shown: GoSyntax.intOrString(unavailable.value), "may not be 0 when `maxSurge` is 0")
        }
        PortionRules.checkAtMostAll(unavailable, &findings)
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkSpec(new["spec"], &findings)
        checkSelectorKept(new, old: old, &findings)
    }

    /// Of ReplicaSets and DaemonSets too.
    static func checkSelectorKept(_ new: Field, old: Field, _ findings: inout Findings) {
        let selector = new[path: "spec", "selector"]
        findings.checkUnchanged(
            selector, from: old[path: "spec", "selector"],
            shown: selector.isPresent ? GoSyntax.labelSelector(selector) : "\"null\"")
    }

    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        let status = new["status"]
        let counts = [
            "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas",
            "unavailableReplicas", "collisionCount",
        ]
        StatusCounts.check(
            status, counts, notAbove: ["updatedReplicas", "readyReplicas", "availableReplicas"], &findings)
        StatusCounts.checkReady(status, &findings)
        StatusCounts.checkCollisions(status, old: old["status"], &findings)
    }

    // MARK: ReplicaSet

    static func checkReplicaSet(_ set: Field, _ findings: inout Findings) {
        MetadataRules.check(set["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(set["metadata"], &findings)
        checkReplicaSetSpec(set["spec"], &findings)
    }

    private static func checkReplicaSetSpec(_ spec: Field, _ findings: inout Findings) {
        findings.checkNotNegative(spec["replicas"])
        findings.checkNotNegative(spec["minReadySeconds"])
        checkSelectorAndTemplate(spec, &findings)
    }

    static func checkReplicaSetUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        checkReplicaSet(new, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkReplicaSetSpec(new["spec"], &findings)
        checkSelectorKept(new, old: old, &findings)
    }

    /// Of ReplicationControllers too.
    static func checkReplicaSetStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        let counts = ["replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration"]
        StatusCounts.check(
            new["status"], counts, notAbove: ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"], &findings)
        StatusCounts.checkReady(new["status"], &findings)
    }
}
