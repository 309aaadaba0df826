internal import Resources

/// Claims of persistent volumes (`ValidatePersistentVolumeClaim`, `ValidatePersistentVolumeClaimUpdate`).
enum PersistentVolumeClaimRules {
    static func check(_ claim: Field, _ findings: inout Findings) {
        MetadataRules.check(claim["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(claim["metadata"], &findings)
        checkSpec(claim["spec"], &findings)
    }

    static func checkSpec(_ spec: Field, _ findings: inout Findings) {
        let modes = spec["accessModes"]
        if modes.isEmpty { findings.required(modes, "at least 1 access mode is required") }
        SelectorRules.check(spec["selector"], &findings)
        let known = PersistentVolumeRules.accessModes
        for mode in modes.elements
        where !(known + PersistentVolumeRules.laterAccessModes).contains(mode.string) {
            findings.unsupported(mode.named(modes.place), supported: known)
        }
        let storage = spec[path: "resources", "requests", "storage"].named(spec["resources"].place.key("storage"))
        if let quantity = storage.quantity {
            PersistentVolumeRules.checkPositive(storage, quantity, &findings)
        } else {
            findings.required(storage)
        }
        let storageClass = spec["storageClassName"]
        if !storageClass.isEmpty {
            findings.invalid(storageClass, all: Names.dnsSubdomain(storageClass.string))
        }
        findings.checkSupported(spec["volumeMode"], PersistentVolumeRules.volumeModes)
        checkSource(spec["dataSource"], &findings)
    }

    private static func checkSource(_ source: Field, _ findings: inout Findings) {
        guard source.isPresent else { return }
        for name in ["name", "kind"] where source[name].isEmpty { findings.required(source[name]) }
        if source["apiGroup"].isEmpty, source["kind"].string != "PersistentVolumeClaim" {
            findings.invalid(source, shown: GoSyntax.quoted(source["kind"].string), "")
        }
    }

    /// Once made, a claim only grows, and only when it is bound; whether its class lets it grow is up to admission.
    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        check(new, &findings)
        checkClassAnnotation(new["metadata"], old["metadata"], &findings)
        var (spec, before) = (new["spec"].value ?? [:], old["spec"].value ?? [:])
        if old[path: "spec", "volumeName"].isEmpty { before["volumeName"] = spec["volumeName"] }
        if new[path: "status", "phase"].string == "Bound" {
            let size = before[path: "resources", "requests", "storage"]
            spec.change(at: ["resources", "requests"]) { $0["storage"] = size }
        }
        if !Sameness.holds(spec, before) {
            findings.forbidden(
                new["spec"],
                "spec is immutable after creation except resources.requests for bound claims\n"
                    + Differences.lines(spec, before))
        }
        let sizes = [new, old].map { $0[path: "spec", "resources", "requests", "storage"] }
        if let size = sizes[0].quantity, let earlier = sizes[1].quantity, size < earlier {
            findings.forbidden(sizes[0], "field can not be less than previous value")
        }
        let modes = [new, old].map { $0[path: "spec", "volumeMode"].named(.root["volumeMode"]) }
        findings.checkUnchanged(modes[0], from: modes[1])
    }

    private static func checkClassAnnotation(_ new: Field, _ old: Field, _ findings: inout Findings) {
        let key = "volume.beta.kubernetes.io/storage-class"
        let annotations = [new, old].map { $0["annotations"][key] }
        findings.checkUnchanged(annotations[0], from: annotations[1])
    }

    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        for (_, amount) in new[path: "status", "capacity"].entries {
            guard let quantity = amount.quantity, quantity.nanos < 0 else { continue }
            findings.invalid(
                amount, shown: String(quantity.nanos / 1_000_000_000), "must be a valid resource quantity")
        }
    }
}
