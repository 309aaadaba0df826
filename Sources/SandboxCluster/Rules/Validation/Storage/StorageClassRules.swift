internal import Resources

/// The group storage.k8s.io (pkg/apis/storage/validation).
enum StorageClassRules {
    static func check(_ storageClass: Field, _ findings: inout Findings) {
        MetadataRules.check(storageClass["metadata"], isNamespaced: false, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(storageClass["metadata"], &findings)
        let provisioner = storageClass["provisioner"]
        if provisioner.isEmpty {
            findings.required(provisioner)
        } else {
            findings.invalid(provisioner, all: Names.qualified(provisioner.string.lowercased()))
        }
        checkParameters(storageClass["parameters"], &findings)
        findings.checkSupported(storageClass["reclaimPolicy"], ["Delete", "Retain"])
        findings.checkSupported(storageClass["volumeBindingMode"], ["Immediate", "WaitForFirstConsumer"])
        checkTopologies(storageClass["allowedTopologies"], &findings)
    }

    private static func checkParameters(_ parameters: Field, _ findings: inout Findings) {
        let entries = parameters.entries
        if entries.count > 512 { return findings.tooLong(parameters, most: 512) }
        if entries.contains(where: { $0.key.isEmpty }) {
            findings.invalid(parameters, shown: "\"\"", "field can not be empty.")
        }
        let size = entries.reduce(0) { $0 + $1.key.utf8.count + $1.field.string.utf8.count }
        if size > 256 * 1024 { findings.tooLong(parameters, most: 256 * 1024) }
    }

    private static func checkTopologies(_ terms: Field, _ findings: inout Findings) {
        var seen: Set<[String: Set<String>]> = []
        for term in terms.elements {
            var values: [String: Set<String>] = [:]
            for requirement in term["matchLabelExpressions"].elements {
                let key = requirement["key"]
                if requirement["values"].isEmpty { findings.required(requirement["values"]) }
                var own: Set<String> = []
                for value in requirement["values"].elements where !own.insert(value.string).inserted {
                    findings.duplicate(value)
                }
                MetadataRules.checkLabelKey(key.string, key, &findings)
                if values[key.string] != nil { findings.duplicate(key) }
                values[key.string] = own
            }
            if !seen.insert(values).inserted {
                findings.duplicate(Field("", at: term["matchLabelExpressions"].place))
            }
        }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        check(new, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        for name in ["parameters", "provisioner", "reclaimPolicy"]
        where !Sameness.holds(new[name].value, old[name].value) {
            findings.forbidden(new[name], "updates to \(name) are forbidden.")
        }
        findings.checkUnchanged(new["volumeBindingMode"], from: old["volumeBindingMode"])
    }

    // MARK: CSIDriver

    static func checkDriver(_ driver: Field, _ findings: inout Findings) {
        MetadataRules.check(driver["metadata"], isNamespaced: false, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(driver["metadata"], &findings)
        for mode in driver[path: "spec", "volumeLifecycleModes"].elements
        where !["Persistent", "Ephemeral"].contains(mode.string) {
            findings.unsupported(
                mode.named(driver[path: "spec", "volumeLifecycleModes"].place), supported: ["Persistent", "Ephemeral"])
        }
        findings.checkSupported(
            driver[path: "spec", "fsGroupPolicy"], ["File", "None", "ReadWriteOnceWithFSType"])
    }
}
