internal import Resources

/// The environment of containers, and what of the pod may be shown in it.
enum EnvironmentRules {
    static func check(_ variables: Field, _ findings: inout Findings) {
        for variable in variables.elements {
            let name = variable["name"]
            if name.isEmpty {
                findings.required(name)
            } else {
                findings.invalid(name, all: Names.environmentVariable(name.string))
            }
            let source = variable["valueFrom"]
            if source.isPresent { checkSource(source, hasValue: !variable["value"].isEmpty, &findings) }
        }
    }

    private static let podFields = [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
        "status.hostIP", "status.podIP", "status.podIPs",
    ]

    private static func checkSource(_ source: Field, hasValue: Bool, _ findings: inout Findings) {
        var count = 0
        if source["fieldRef"].isPresent {
            count += 1
            checkPodField(source["fieldRef"], podFields, &findings)
        }
        if source["resourceFieldRef"].isPresent {
            count += 1
            checkResourceField(source["resourceFieldRef"], inVolume: false, &findings)
        }
        for name in ["configMapKeyRef", "secretKeyRef"] where source[name].isPresent {
            count += 1
            checkKey(source[name], &findings)
        }
        if count == 0 {
            findings.invalid(
                source, shown: "\"\"",
                "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`")
        } else if hasValue {
            findings.invalid(source, shown: "\"\"", "may not be specified when `value` is not empty")
        } else if count > 1 {
            findings.invalid(source, shown: "\"\"", "may not have more than one field specified at a time")
        }
    }

    private static func checkKey(_ reference: Field, _ findings: inout Findings) {
        findings.invalid(reference["name"], all: Names.dnsSubdomain(reference["name"].string))
        if reference["key"].isEmpty {
            findings.required(reference["key"])
        } else {
            findings.invalid(reference["key"], all: Names.configKey(reference["key"].string))
        }
    }

    static func checkSources(_ sources: Field, _ findings: inout Findings) {
        for source in sources.elements {
            let prefix = source["prefix"]
            if !prefix.isEmpty { findings.invalid(prefix, all: Names.environmentVariable(prefix.string)) }
            var count = 0
            for name in ["configMapRef", "secretRef"] where source[name].isPresent {
                count += 1
                let reference = source[name]["name"]
                if reference.isEmpty {
                    findings.required(reference)
                } else {
                    findings.invalid(reference, all: Names.subdomain(reference.string, true))
                }
            }
            if count != 1 {
                findings.invalid(
                    sources, shown: "\"\"",
                    count == 0
                        ? "must specify one of: `configMapRef` or `secretRef`"
                        : "may not have more than one field specified at a time")
            }
        }
    }

    /// A field of the pod: `metadata.name`, `metadata.labels['app']`.
    static func checkPodField(_ reference: Field, _ known: [String], _ findings: inout Findings) {
        let path = reference["fieldPath"]
        guard !path.isEmpty else { return findings.required(path) }
        let text = path.string
        if let bracket = text.firstIndex(of: "["), text.hasSuffix("']"), text[bracket...].hasPrefix("['") {
            let key = String(text[text.index(bracket, offsetBy: 2)...].dropLast(2))
            switch text[..<bracket] {
            case "metadata.annotations":
                findings.invalid(reference, shown: GoSyntax.quoted(key), all: Names.qualified(key.lowercased()))
            case "metadata.labels":
                findings.invalid(reference, shown: GoSyntax.quoted(key), all: Names.qualified(key))
            default: unknown(path, &findings)
            }
        } else if !convertible.contains(text) {
            unknown(path, &findings)
        } else if !known.contains(text) {
            findings.unsupported(path, supported: known.sorted())
        }
    }

    private static let convertible = Set(
        podFields + ["metadata.labels", "metadata.annotations", "spec.restartPolicy", "spec.schedulerName"]
            + ["status.phase", "spec.hostNetwork", "status.hostIPs"])

    private static func unknown(_ path: Field, _ findings: inout Findings) {
        findings.invalid(path, "error converting fieldPath: field label not supported: \(path.string)")
    }

    /// A resource of a container: `limits.cpu`.
    static func checkResourceField(_ reference: Field, inVolume: Bool, _ findings: inout Findings) {
        let resources = ["cpu", "ephemeral-storage", "memory"]
        let known = resources.map { "limits.\($0)" } + resources.map { "requests.\($0)" }
        let resource = reference["resource"]
        if inVolume, reference["containerName"].isEmpty {
            findings.required(reference["containerName"])
        } else if resource.isEmpty {
            findings.required(resource)
        } else if !known.contains(resource.string) {
            findings.unsupported(resource, supported: known)
        }
        checkDivisor(reference["divisor"], of: resource.string, &findings)
    }

    private static func checkDivisor(_ divisor: Field, of resource: String, _ findings: inout Findings) {
        guard let quantity = divisor.quantity, quantity.nanos != 0 else { return }
        let sizes = ["1"] + ["k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map { "1" + $0 }
        let kinds = [
            ("cpu", ["1m", "1"], "1m and 1 are supported with the cpu"),
            ("memory", sizes, "\(sizes.joined(separator: ", ")) are supported with the memory"),
            (
                "ephemeral-storage", sizes,
                "\(sizes.joined(separator: ", ")) are supported with the local ephemeral storage"
            ),
        ]
        for (name, allowed, words) in kinds where resource == "limits.\(name)" || resource == "requests.\(name)" {
            if !allowed.contains(quantity.text) {
                findings.invalid(
                    divisor, shown: GoSyntax.quoted(resource), "only divisor's values \(words) resource")
            }
        }
    }
}
