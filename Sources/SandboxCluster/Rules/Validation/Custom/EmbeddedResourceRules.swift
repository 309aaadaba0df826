internal import Resources

/// Objects inside of custom resources (`x-kubernetes-embedded-resource`).
enum EmbeddedResourceRules {
    private static let keyword = "x-kubernetes-embedded-resource"

    static func check(_ field: Field, _ type: SchemaType, _ findings: inout Findings) {
        switch (type.shape, field.value) {
        case (.structure(let structure), .object(let fields)):
            if type.constraints?[keyword] == true { checkResource(field, &findings) }
            for name in fields.keys.sorted() {
                if let type = structure.fields[name]?.type { check(field[name], type, &findings) }
            }
        case (.map(let values, _), .object):
            for entry in field.entries { check(entry.field, values, &findings) }
        case (.list(let element, _), .array):
            for item in field.elements { check(item, element, &findings) }
        default: break
        }
    }

    private static func checkResource(_ object: Field, _ findings: inout Findings) {
        for name in ["apiVersion", "kind"] where object.value?[name] == nil {
            findings.required(object[name], "must not be empty")
        }
        for name in ["apiVersion", "kind"] {
            guard let value = object.value?[name] else { continue }
            if value.string == nil {
                findings.invalid(object[name], "must be a string")
            } else if object[name].isEmpty {
                findings.invalid(object[name], "must not be empty")
            }
        }
        let (version, kind) = (object["apiVersion"].string, object["kind"].string)
        if version.count(where: { $0 == "/" }) > 1 {
            findings.invalid(object["apiVersion"], "unexpected GroupVersion string: \(version)")
        }
        let messages = kind.isEmpty ? [] : Names.dns1035Label(kind.lowercased())
        if !messages.isEmpty {
            findings.invalid(
                object["kind"],
                "may have mixed case, but should otherwise match: \(messages.joined(separator: ","))")
        }
        guard let metadata = object["metadata"].value, metadata.object != nil else { return }
        var named = metadata
        if named["name"]?.string ?? "" == "" { named["name"] = "fakename" }
        let field = Field(named, at: object["metadata"].place)
        MetadataRules.check(
            field, isNamespaced: !field["namespace"].isEmpty, name: Names.segment, &findings)
    }
}
