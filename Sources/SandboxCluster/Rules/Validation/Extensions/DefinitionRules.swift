internal import Resources

/// CustomResourceDefinitions (k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation).
enum DefinitionRules {
    static func check(_ definition: Field, _ findings: inout Findings) {
        let spec = definition["spec"]
        let name = "\(spec[path: "names", "plural"].string).\(spec["group"].string)"
        let rule: Names.Rule = { text, isPrefix in
            Names.subdomain(text, isPrefix) + (text == name ? [] : ["must be spec.names.plural+\".\"+spec.group"])
        }
        MetadataRules.check(definition["metadata"], isNamespaced: false, name: rule, &findings)
        checkSpec(spec, &findings)
        DefinitionNameRules.check(definition[path: "status", "acceptedNames"], &findings)
        checkStoredVersions(definition, &findings)
        checkApproval(definition, &findings)
        checkUnknownFields(spec, &findings)
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        let (spec, before) = (new["spec"], old["spec"])
        checkSpec(spec, &findings)
        let isEstablished = old[path: "status", "conditions"].elements.contains {
            $0["type"].string == "Established" && $0["status"].string == "True"
        }
        if isEstablished {
            findings.checkUnchanged(spec["scope"], from: before["scope"])
            findings.checkUnchanged(spec[path: "names", "kind"], from: before[path: "names", "kind"])
        }
        findings.checkUnchanged(spec["group"], from: before["group"])
        findings.checkUnchanged(spec[path: "names", "plural"], from: before[path: "names", "plural"])
        DefinitionNameRules.check(new[path: "status", "acceptedNames"], &findings)
        checkStoredVersions(new, &findings)
        checkApproval(new, &findings)
        if !before["preserveUnknownFields"].isTrue { checkUnknownFields(spec, &findings) }
    }

    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        DefinitionNameRules.check(new[path: "status", "acceptedNames"], &findings)
    }

    private static func checkSpec(_ spec: Field, _ findings: inout Findings) {
        let group = spec["group"]
        if group.isEmpty {
            findings.required(group)
        } else if !Names.dnsSubdomain(group.string).isEmpty {
            findings.invalid(group, Names.dnsSubdomain(group.string).joined(separator: ","))
        } else if !group.string.contains(".") {
            findings.invalid(group, "should be a domain with at least one dot")
        }
        if spec["scope"].isEmpty {
            findings.required(spec["scope"])
        } else {
            findings.checkSupported(spec["scope"], ["Cluster", "Namespaced"])
        }
        DefinitionVersionRules.check(spec, &findings)
        let names = spec["names"]
        // The server makes the others of the kind, where there is one.
        for name in ["plural", "singular", "kind", "listKind"] where names[name].isEmpty {
            if name == "plural" || names["kind"].isEmpty { findings.required(names[name]) }
        }
        DefinitionNameRules.check(names, &findings)
        DefinitionVersionRules.checkShared(spec, &findings)
        checkConversion(spec["conversion"], &findings)
    }

    private static func checkConversion(_ conversion: Field, _ findings: inout Findings) {
        guard conversion.isPresent else { return }
        let strategy = conversion["strategy"]
        findings.checkSupported(strategy, ["None", "Webhook"])
        let hook = conversion["webhook"]
        let client = hook["clientConfig"].named(conversion.place["webhookClientConfig"])
        let versions = hook["conversionReviewVersions"].named(conversion.place["conversionReviewVersions"])
        if strategy.string == "Webhook" {
            if client.isPresent {
                WebhookRules.checkClient(client, &findings)
            } else {
                findings.required(client, "required when strategy is set to Webhook")
            }
            if versions.isEmpty { findings.required(versions) }
        } else {
            for field in [client, versions] where field.isPresent {
                findings.forbidden(field, "should not be set when strategy is not set to Webhook")
            }
        }
    }

    /// The server itself notes the storage version when a definition is made.
    private static func checkStoredVersions(_ definition: Field, _ findings: inout Findings) {
        let field = definition[path: "status", "storedVersions"]
        let versions = definition[path: "spec", "versions"].elements
        let storage = versions.filter { $0["storage"].isTrue }
        let stored = field.isPresent ? field.strings : storage.prefix(1).map { $0["name"].string }
        if stored.isEmpty {
            return findings.invalid(
                field, shown: GoSyntax.list(field, of: "string"), "must have at least one stored version")
        }
        for version in storage where !stored.contains(version["name"].string) {
            findings.invalid(
                field, shown: DefinitionVersionRules.shown(version, in: definition["spec"]),
                "must have the storage version \(version["name"].string)")
        }
        let known = Set(versions.map { $0["name"].string })
        for (index, name) in stored.enumerated() where !known.contains(name) {
            findings.invalid(Field(.string(name), at: field.place[index]), "must appear in spec.versions")
        }
    }

    /// Groups that belong to Kubernetes need to say who approved of them.
    private static func checkApproval(_ definition: Field, _ findings: inout Findings) {
        let group = definition[path: "spec", "group"].string
        let isProtected = ["k8s.io", "kubernetes.io"].contains { group == $0 || group.hasSuffix(".\($0)") }
        guard isProtected else { return }
        let key = "api-approved.kubernetes.io"
        let annotations = definition[path: "metadata", "annotations"]
        let field = Field(annotations[key].value, at: annotations.place.key(key))
        let source = "see https://github.com/kubernetes/enhancements/pull/1111"
        let words = "protected groups must have approval annotation \(GoSyntax.quoted(key))"
        if field.isEmpty {
            findings.required(field, "\(words), \(source)")
        } else if !field.string.hasPrefix("unapproved"), !field.string.contains("://") {
            findings.invalid(
                field, "\(words) with either a URL or a reason starting with \"unapproved\", \(source)")
        }
    }

    private static func checkUnknownFields(_ spec: Field, _ findings: inout Findings) {
        if spec["preserveUnknownFields"].isTrue {
            findings.invalid(
                spec["preserveUnknownFields"],
                "cannot set to true, set x-preserve-unknown-fields to true in spec.versions[*].schema instead")
        }
    }
}

/// The names of a custom resource.
enum DefinitionNameRules {
    static func check(_ names: Field, _ findings: inout Findings) {
        for name in ["plural", "singular"] { checkLabel(names[name], &findings) }
        for name in ["kind", "listKind"] {
            let messages = Names.dns1035Label(names[name].string.lowercased())
            if !names[name].isEmpty, !messages.isEmpty {
                findings.invalid(
                    names[name],
                    "may have mixed case, but should otherwise match: \(messages.joined(separator: ","))")
            }
        }
        for name in names["shortNames"].elements { checkLabel(name, &findings) }
        if !names["kind"].isEmpty, names["kind"].string == names["listKind"].string {
            findings.invalid(names["listKind"], "kind and listKind may not be the same")
        }
        for category in names["categories"].elements { checkLabel(category, &findings) }
    }

    static func checkLabel(_ field: Field, _ findings: inout Findings) {
        let messages = Names.dns1035Label(field.string)
        if !field.isEmpty, !messages.isEmpty { findings.invalid(field, messages.joined(separator: ",")) }
    }
}
