internal import Resources

/// What every object's metadata must be (k8s.io/apimachinery/pkg/api/validation/objectmeta.go).
enum MetadataRules {
    static func check(
        _ metadata: Field, isNamespaced: Bool, name rule: Names.Rule, _ findings: inout Findings
    ) {
        let prefix = metadata["generateName"]
        if !prefix.isEmpty { findings.invalid(prefix, all: rule(prefix.string, true)) }
        let name = metadata["name"]
        if name.isEmpty {
            findings.required(name, "name or generateName is required")
        } else {
            findings.invalid(name, all: rule(name.string, false))
        }
        checkNamespace(metadata["namespace"], isNamespaced: isNamespaced, &findings)
        findings.checkNotNegative(metadata["generation"])
        checkLabels(metadata["labels"], &findings)
        checkAnnotations(metadata["annotations"], &findings)
        checkOwners(metadata["ownerReferences"], &findings)
        checkFinalizers(metadata["finalizers"], &findings)
    }

    private static func checkNamespace(_ namespace: Field, isNamespaced: Bool, _ findings: inout Findings) {
        if !isNamespaced {
            if !namespace.isEmpty { findings.forbidden(namespace, "not allowed on this type") }
        } else if namespace.isEmpty {
            findings.required(namespace)
        } else {
            findings.invalid(namespace, all: Names.dnsLabel(namespace.string))
        }
    }

    /// Also of a Service's selector and a node selector. The error names the map, not the key.
    static func checkLabels(_ labels: Field, _ findings: inout Findings) {
        for (key, value) in labels.entries {
            checkLabelKey(key, labels, &findings)
            findings.invalid(value.named(labels.place), all: Names.labelValue(value.string))
        }
    }

    static func checkLabelKey(_ key: String, _ place: Field, _ findings: inout Findings) {
        findings.invalid(place, shown: GoSyntax.quoted(key), all: Names.qualified(key))
    }

    /// At most 256 KiB of keys and values together.
    static func checkAnnotations(_ annotations: Field, _ findings: inout Findings) {
        var size = 0
        for (key, value) in annotations.entries {
            findings.invalid(annotations, shown: GoSyntax.quoted(key), all: Names.qualified(key.lowercased()))
            size += key.utf8.count + value.string.utf8.count
        }
        if size > 256 * 1024 { findings.tooLong(annotations, most: 256 * 1024) }
    }

    private static func checkOwners(_ owners: Field, _ findings: inout Findings) {
        var controller: String?
        for reference in owners.elements {
            checkOwner(reference, owners.place, &findings)
            guard reference["controller"].isTrue else { continue }
            let name = reference["name"].string
            if let controller {
                findings.invalid(
                    owners, shown: GoSyntax.owners(owners),
                    "Only one reference can have Controller set to true. Found \"true\" in references for "
                        + "\(controller) and \(name)")
            } else if !name.isEmpty {
                controller = name
            }
        }
    }

    private static func checkOwner(_ reference: Field, _ place: Place, _ findings: inout Findings) {
        let kind = GroupVersionKind(apiVersion: reference["apiVersion"].string, kind: reference["kind"].string)
        // Of more than two parts none is taken for the version.
        let hasVersion = !kind.version.isEmpty && !kind.version.contains("/")
        let texts = [
            ("apiVersion", !hasVersion, "version"), ("kind", kind.kind.isEmpty, "kind"),
            ("name", reference["name"].isEmpty, "name"), ("uid", reference["uid"].isEmpty, "uid"),
        ]
        for (field, isMissing, word) in texts where isMissing {
            findings.invalid(Field(reference.value?[field], at: place[field]), "\(word) must not be empty")
        }
        if kind == GroupVersionKind(group: "", version: "v1", kind: "Event") {
            findings.invalid(
                reference.named(place), shown: GoSyntax.owner(reference),
                "/v1, Kind=Event is disallowed from being an owner")
        }
    }

    private static func checkFinalizers(_ finalizers: Field, _ findings: inout Findings) {
        for finalizer in finalizers.elements {
            findings.invalid(finalizer.named(finalizers.place), all: Names.qualified(finalizer.string))
        }
        if finalizers.strings.contains("orphan"), finalizers.strings.contains("foregroundDeletion") {
            findings.invalid(
                finalizers, shown: GoSyntax.list(finalizers, of: "string"),
                "finalizer orphan and foregroundDeletion cannot be both set")
        }
    }

    /// The kinds of Kubernetes' own know finalizers without a domain, but few.
    static func checkKubernetesFinalizers(_ metadata: Field, _ findings: inout Findings) {
        for finalizer in metadata["finalizers"].elements { checkKubernetesFinalizer(finalizer, &findings) }
    }

    static func checkKubernetesFinalizer(_ finalizer: Field, _ findings: inout Findings) {
        let known = ["kubernetes", "orphan", "foregroundDeletion"]
        if !finalizer.string.contains("/"), !known.contains(finalizer.string) {
            findings.invalid(finalizer, "name is neither a standard finalizer name nor is it fully qualified")
        }
    }
}

// MARK: - Updates

extension MetadataRules {
    /// The creation time is not looked at: an update cannot touch it. The resource version is up to the store.
    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        if old["deletionTimestamp"].isPresent { checkNoNewFinalizers(new, old: old, &findings) }
        if new["generation"].number < old["generation"].number {
            findings.invalid(new["generation"], "must not be decremented")
        }
        for name in ["name", "namespace"] { findings.checkUnchanged(new[name], from: old[name]) }
        if !new["uid"].isEmpty { findings.checkUnchanged(new["uid"], from: old["uid"]) }
        if !old["deletionTimestamp"].isPresent, new["deletionTimestamp"].isPresent {
            findings.invalid(
                new["deletionTimestamp"], shown: GoSyntax.time(new["deletionTimestamp"].string), Findings.isImmutable)
        }
        let grace = new["deletionGracePeriodSeconds"]
        if grace.isPresent { findings.checkUnchanged(grace, from: old["deletionGracePeriodSeconds"]) }
        checkLabels(new["labels"], &findings)
        checkAnnotations(new["annotations"], &findings)
        checkOwners(new["ownerReferences"], &findings)
    }

    private static func checkNoNewFinalizers(_ new: Field, old: Field, _ findings: inout Findings) {
        let added = Set(new["finalizers"].strings).subtracting(old["finalizers"].strings).sorted()
        guard !added.isEmpty else { return }
        let list = "[]string{\(added.map(GoSyntax.quoted).joined(separator: ", "))}"
        findings.forbidden(
            new["finalizers"],
            "no new finalizers can be added if the object is being deleted, found new finalizers \(list)")
    }
}

extension GoSyntax {
    /// `2026-01-02 03:04:05 +0000 UTC`, from RFC 3339 in UTC.
    static func time(_ text: String) -> String {
        guard text.hasSuffix("Z"), let separator = text.firstIndex(of: "T") else { return text }
        return "\(text[..<separator]) \(text[text.index(after: separator)...].dropLast()) +0000 UTC"
    }

    static func owner(_ reference: Field) -> String {
        let texts = [("APIVersion", "apiVersion"), ("Kind", "kind"), ("Name", "name"), ("UID", "uid")]
            .map { "\($0.0):\(quoted(reference[$0.1].string))" }
        let flags = [("Controller", "controller"), ("BlockOwnerDeletion", "blockOwnerDeletion")]
            .map { "\($0.0):\(pointer("bool", to: reference[$0.1]))" }
        return "v1.OwnerReference{\((texts + flags).joined(separator: ", "))}"
    }

    static func owners(_ references: Field) -> String {
        "[]v1.OwnerReference{\(references.elements.map(owner).joined(separator: ", "))}"
    }
}
