internal import Resources

/// Secrets (`ValidateSecret`, `ValidateSecretUpdate`).
enum SecretRules {
    static func check(_ secret: Field, _ findings: inout Findings) {
        MetadataRules.check(secret["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(secret["metadata"], &findings)
        let data = secret["data"]
        var size = 0
        for (key, value) in data.entries {
            findings.invalid(value, shown: GoSyntax.quoted(key), all: Names.configKey(key))
            size += value.decodedSize
        }
        if size > ConfigMapRules.mostData { findings.tooLong(data, most: ConfigMapRules.mostData) }
        checkKind(secret, data, &findings)
    }

    private static func checkKind(_ secret: Field, _ data: Field, _ findings: inout Findings) {
        // The server's path has a stray `%s` for some kinds.
        let odd = Place.root["data[%s]"]
        func require(_ keys: [String], at place: Place) {
            for key in keys { findings.required(Field(nil, at: place.key(key))) }
        }
        func missing(_ keys: String...) -> [String] { keys.filter { !data[$0].isPresent } }
        switch secret["type"].string {
        case "kubernetes.io/service-account-token":
            let key = "kubernetes.io/service-account.name"
            let annotations = secret[path: "metadata", "annotations"]
            if annotations[key].isEmpty { require([key], at: annotations.place) }
        case "kubernetes.io/dockercfg": checkDocument(data, ".dockercfg", &findings)
        case "kubernetes.io/dockerconfigjson": checkDocument(data, ".dockerconfigjson", &findings)
        case "kubernetes.io/basic-auth":
            let keys = missing("username", "password")
            if keys.count == 2 { require(keys, at: odd) }
        case "kubernetes.io/ssh-auth":
            if data["ssh-privatekey"].isEmpty { require(["ssh-privatekey"], at: odd) }
        case "kubernetes.io/tls": require(missing("tls.crt", "tls.key"), at: data.place)
        default: break
        }
    }

    /// A value that must be a JSON object.
    private static func checkDocument(_ data: Field, _ key: String, _ findings: inout Findings) {
        let field = Field(data[key].value, at: data.place.key(key))
        guard field.isPresent else { return findings.required(field) }
        if let reason = reasonAgainst(Base64.decode(field.string) ?? []) {
            findings.invalid(field, shown: "\"<secret contents redacted>\"", reason)
        }
    }

    private static func reasonAgainst(_ bytes: [UInt8]) -> String? {
        GoJSONSyntax.reason(against: bytes, asObject: "map[string]interface {}")
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        if !new["type"].isEmpty { findings.checkUnchanged(new["type"], from: old["type"]) }
        ConfigMapRules.checkImmutable(["data"], new, old, &findings)
        check(new, &findings)
    }
}
