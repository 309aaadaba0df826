internal import Resources

/// Jobs (pkg/apis/batch/validation).
enum JobRules {
    static func check(_ job: Field, _ findings: inout Findings) {
        MetadataRules.check(job["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(job["metadata"], &findings)
        checkGenerated(job, &findings)
        checkWhole(job["spec"], &findings)
    }

    /// A selector that the server makes has two labels; nobody else may make one like it.
    private static func checkGenerated(_ job: Field, _ findings: inout Findings) {
        let spec = job["spec"]
        guard !spec["manualSelector"].isTrue, spec["selector"].isPresent else { return }
        let metadata = job["metadata"]
        if metadata["uid"].isEmpty { findings.required(metadata["uid"]) }
        let labels = spec[path: "template", "metadata", "labels"]
        let expected = [("controller-uid", metadata["uid"].string), ("job-name", metadata["name"].string)]
        for (key, value) in expected {
            let label = Field(labels[key].value, at: labels.place.key(key))
            if !label.isPresent {
                findings.required(label, "must be '\(value)'")
            } else if label.string != value {
                findings.invalid(label, shown: GoSyntax.map(labels), "must be '\(value)'")
            }
        }
        // From 1.27 on the labels have a prefix as well, and the selector goes by that.
        let prefixed = expected.map { ("batch.kubernetes.io/\($0.0)", $0.1) }
        let all = (expected + prefixed).map { ($0.0, Value.string($0.1)) }
        let made = Field(.object(Dictionary(uniqueKeysWithValues: all)), at: .root)
        if SelectorRules.isUsable(spec["selector"]), !SelectorRules.matches(spec["selector"], made) {
            findings.invalid(
                spec["selector"], shown: GoSyntax.labelSelector(spec["selector"]), "`selector` not auto-generated")
        }
    }

    private static func checkWhole(_ spec: Field, _ findings: inout Findings) {
        checkSpec(spec, &findings)
        let selector = spec["selector"]
        if selector.isPresent { SelectorRules.check(selector, &findings) } else { findings.required(selector) }
        if SelectorRules.isUsable(selector) {
            PodTemplateRules.checkSelected(spec["template"], by: selector, &findings)
        }
    }

    /// What a Job's spec and that of a CronJob's template have in common.
    static func checkSpec(_ spec: Field, _ findings: inout Findings) {
        let numbers = [
            "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished",
        ]
        for name in numbers { findings.checkNotNegative(spec[name]) }
        PodTemplateRules.check(spec["template"], &findings)
        let policy = spec[path: "template", "spec", "restartPolicy"]
        switch policy.string {
        case "", "Always": findings.required(policy, "valid values: \"OnFailure\", \"Never\"")
        case "OnFailure", "Never": break
        default: findings.unsupported(policy, supported: ["OnFailure", "Never"])
        }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        check(new, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        let (spec, before) = (new["spec"], old["spec"])
        checkWhole(spec, &findings)
        findings.checkUnchanged(
            spec["completions"], from: before["completions"], shown: spec["completions"].isPresent ? nil : "\"null\"")
        findings.checkUnchanged(
            spec["selector"], from: before["selector"], shown: GoSyntax.labelSelector(spec["selector"]))
        findings.checkUnchanged(
            spec["template"], from: before["template"], shown: GoSyntax.podTemplate(spec["template"]))
    }

    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        for name in ["active", "succeeded", "failed"] { findings.checkNotNegative(new["status"][name]) }
    }
}

extension GoSyntax {
    /// A template without the specification of its pods, whose pointers differ from one run of the server to the next.
    static func podTemplate(_ template: Field) -> String {
        let metadata = template["metadata"]
        return
            "core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{Name:\"\", GenerateName:\"\", Namespace:\"\", SelfLink:\"\", "
            + "UID:\"\", ResourceVersion:\"\", Generation:0, CreationTimestamp:time.Date(1, time.January, 1, 0, 0, 0, 0, "
            + "time.UTC), DeletionTimestamp:<nil>, DeletionGracePeriodSeconds:(*int64)(nil), "
            + "Labels:\(map(metadata["labels"])), Annotations:\(map(metadata["annotations"])), "
            + "OwnerReferences:[]v1.OwnerReference(nil), Finalizers:[]string(nil), ClusterName:\"\", "
            + "ManagedFields:[]v1.ManagedFieldsEntry(nil)}, Spec:core.PodSpec{...}}"
    }
}
