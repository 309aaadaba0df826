internal import Resources

/// ConfigMaps (`ValidateConfigMap`, `ValidateConfigMapUpdate`).
enum ConfigMapRules {
    /// Of the values of a ConfigMap or a Secret together, in bytes.
    static let mostData = 1024 * 1024

    static func check(_ map: Field, _ findings: inout Findings) {
        MetadataRules.check(map["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(map["metadata"], &findings)
        var size = 0
        for (key, value) in map["data"].entries {
            findings.invalid(value, shown: GoSyntax.quoted(key), all: Names.configKey(key))
            if map["binaryData"].value?[key] != nil {
                findings.invalid(value, shown: GoSyntax.quoted(key), "duplicate of key present in binaryData")
            }
            size += value.string.utf8.count
        }
        for (key, value) in map["binaryData"].entries {
            findings.invalid(value, shown: GoSyntax.quoted(key), all: Names.configKey(key))
            size += value.decodedSize
        }
        if size > mostData { findings.tooLong(Field(nil, at: .root[""]), most: mostData) }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkImmutable(["data", "binaryData"], new, old, &findings)
        check(new, &findings)
    }

    /// What `immutable: true` has frozen stays, and so does the flag.
    static func checkImmutable(_ fields: [String], _ new: Field, _ old: Field, _ findings: inout Findings) {
        guard old["immutable"].isTrue else { return }
        let reason = "field is immutable when `immutable` is set"
        if !new["immutable"].isTrue { findings.forbidden(new["immutable"], reason) }
        for field in fields where !Sameness.holds(new[field].value, old[field].value) {
            findings.forbidden(new[field], reason)
        }
    }
}

extension Field {
    /// How many bytes the field's base64 stands for.
    var decodedSize: Int {
        let text = string.utf8.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return text.count / 4 * 3 - text.suffix(2).count { $0 == UInt8(ascii: "=") }
    }
}
