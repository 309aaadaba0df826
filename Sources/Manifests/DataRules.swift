internal import Resources

/// What ConfigMaps and Secrets hold.
enum DataRules {
    static func problems(of manifest: Manifest) -> [Diagnostic] {
        let kind = manifest.object.groupVersionKind.groupKind
        if Redaction.isSecret(kind) {
            return texts("stringData", of: manifest) + bytes("data", of: manifest)
        }
        guard kind == GroupKind(group: "", kind: "ConfigMap") else { return [] }
        return texts("data", of: manifest) + bytes("binaryData", of: manifest)
    }

    private static func texts(_ field: String, of manifest: Manifest) -> [Diagnostic] {
        entries(of: field, in: manifest) { key, value in
            let path = FieldPath(fields: field, key)
            return value.string == nil ? manifest.wrongType(at: path, expected: "a string") : nil
        }
    }

    private static func bytes(_ field: String, of manifest: Manifest) -> [Diagnostic] {
        entries(of: field, in: manifest) { key, value in
            let path = FieldPath(fields: field, key)
            if value.isNull { return nil }
            guard let text = value.string else { return manifest.wrongType(at: path, expected: "a base64 string") }
            return Base64.decode(text) == nil ? notBase64(path, of: manifest) : nil
        }
    }

    private static func notBase64(_ path: FieldPath, of manifest: Manifest) -> Diagnostic {
        let isSecret = Redaction.isSecret(manifest.object.groupVersionKind.groupKind)
        return manifest.diagnostic(
            code: "invalid-base64",
            "\(manifest.title): \(path) is not valid base64",
            at: path,
            hint: "encode it (base64 -w0), or put the plain text under \(isSecret ? "stringData" : "data")"
        )
    }

    private static func entries(
        of field: String,
        in manifest: Manifest,
        problem: (String, Value) -> Diagnostic?
    ) -> [Diagnostic] {
        guard let value = manifest.object.value[field], !value.isNull else { return [] }
        guard let fields = value.object else {
            return [manifest.wrongType(at: FieldPath(fields: field), expected: "an object")]
        }
        return fields.compactMap { key, value in
            guard isKey(key) else { return invalidKey(key, of: field, in: manifest) }
            return problem(key, value)
        }
    }

    private static func invalidKey(_ key: String, of field: String, in manifest: Manifest) -> Diagnostic {
        manifest.invalid(
            "the key",
            key,
            because: "it must be letters, digits, -, _ and ., at most 253, and neither . nor begin with ..",
            at: FieldPath(fields: field, key),
            isAboutKey: true,
            code: "invalid-key"
        )
    }

    /// apimachinery's `IsConfigMapKey`.
    private static func isKey(_ key: String) -> Bool {
        guard !key.isEmpty, key.utf8.count <= 253, key != ".", !key.hasPrefix("..") else { return false }
        return key.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "-_.".unicodeScalars.contains(scalar))
        }
    }
}
