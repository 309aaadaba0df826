internal import Resources

/// Namespaces, and objects of which only the metadata is looked at.
enum NamespaceRules {
    static func check(_ namespace: Field, _ findings: inout Findings) {
        MetadataRules.check(namespace["metadata"], isNamespaced: false, name: Names.label, &findings)
        MetadataRules.checkKubernetesFinalizers(namespace["metadata"], &findings)
        let finalizers = namespace[path: "spec", "finalizers"]
        for finalizer in finalizers.elements { checkFinalizer(finalizer.named(finalizers.place), &findings) }
    }

    static func checkFinalizer(_ finalizer: Field, _ findings: inout Findings) {
        findings.invalid(finalizer, all: Names.qualified(finalizer.string))
        MetadataRules.checkKubernetesFinalizer(finalizer, &findings)
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
    }

    static func checkFinalize(_ new: Field, old: Field, _ findings: inout Findings) {
        checkUpdate(new, old: old, &findings)
        for finalizer in new[path: "spec", "finalizers"].elements { checkFinalizer(finalizer, &findings) }
    }

    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        checkUpdate(new, old: old, &findings)
        let phase = new[path: "status", "phase"]
        let isDeleted = new[path: "metadata", "deletionTimestamp"].isPresent
        let named = phase.named(.root["status"]["Phase"])
        if phase.isEmpty { return }
        if isDeleted, phase.string != "Terminating" {
            findings.invalid(named, "may only be 'Terminating' if `deletionTimestamp` is not empty")
        } else if !isDeleted, phase.string != "Active" {
            findings.invalid(named, "may only be 'Active' if `deletionTimestamp` is empty")
        }
    }
}
