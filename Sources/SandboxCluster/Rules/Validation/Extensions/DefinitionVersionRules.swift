internal import Resources

/// The versions of a custom resource. What all of them have alike the server takes for one thing of the whole definition,
/// and names it so.
enum DefinitionVersionRules {
    static func check(_ spec: Field, _ findings: inout Findings) {
        let versions = spec["versions"]
        let shared = Shared(spec)
        for version in versions.elements where !version[path: "schema", "openAPIV3Schema"].isPresent {
            findings.required(version[path: "schema", "openAPIV3Schema"], "schemas are required")
        }
        var names: Set<String> = []
        for version in versions.elements {
            names.insert(version["name"].string)
            let messages = Names.dns1035Label(version["name"].string)
            if !messages.isEmpty {
                findings.invalid(version["name"], messages.joined(separator: ","))
            }
            checkWarning(version, &findings)
            let hasStatus = version[path: "subresources", "status"].isPresent
            if !shared.schema {
                SchemaDocumentRules.check(version["schema"], hasStatus: hasStatus, &findings)
            }
            if !shared.subresources { checkScale(version["subresources"], &findings) }
            if !shared.columns { checkColumns(version["additionalPrinterColumns"], &findings) }
        }
        checkStorage(spec, names, &findings)
        if let first = versions.elements.first?["name"].string, !Names.dns1035Label(first).isEmpty {
            findings.invalid(
                Field(.string(first), at: spec.place["version"]), Names.dns1035Label(first).joined(separator: ","))
        }
    }

    private static func checkStorage(_ spec: Field, _ names: Set<String>, _ findings: inout Findings) {
        let versions = spec["versions"]
        let all = versions.elements
        let list = all.map { shown($0, in: spec) }.joined(separator: ", ")
        let type = "[]apiextensions.CustomResourceDefinitionVersion"
        let value = versions.isPresent ? "\(type){\(list)}" : "\(type)(nil)"
        if names.count < all.count { findings.invalid(versions, shown: value, "must contain unique version names") }
        if all.count(where: { $0["storage"].isTrue }) != 1 {
            findings.invalid(versions, shown: value, "must have exactly one version marked as storage version")
        }
    }

    private static func checkWarning(_ version: Field, _ findings: inout Findings) {
        let warning = version["deprecationWarning"]
        guard warning.isPresent else { return }
        if !version["deprecated"].isTrue {
            findings.invalid(warning, "can only be set for deprecated versions")
        } else if warning.isEmpty {
            findings.invalid(warning, "must not be an empty string")
        } else if warning.string.utf8.count > 256 {
            findings.invalid(warning, "must be <= 256 characters long")
        }
    }

    /// What all versions have alike.
    static func checkShared(_ spec: Field, _ findings: inout Findings) {
        guard let first = spec["versions"].elements.first else { return }
        let shared = Shared(spec)
        if shared.schema {
            let schema = first["schema"].named(spec.place["validation"])
            SchemaDocumentRules.check(
                schema, hasStatus: first[path: "subresources", "status"].isPresent, &findings)
        }
        if shared.subresources { checkScale(first["subresources"].named(spec.place["subresources"]), &findings) }
        if shared.columns {
            checkColumns(
                first["additionalPrinterColumns"].named(spec.place["additionalPrinterColumns"]), &findings)
        }
    }

    private struct Shared {
        let schema: Bool
        let subresources: Bool
        let columns: Bool

        init(_ spec: Field) {
            let versions = spec["versions"].elements
            func isAlike(_ name: String) -> Bool {
                versions.allSatisfy { Sameness.holds($0[name].value, versions.first?[name].value) }
            }
            schema = isAlike("schema")
            subresources = isAlike("subresources")
            columns = isAlike("additionalPrinterColumns")
        }
    }

    private static func checkScale(_ subresources: Field, _ findings: inout Findings) {
        let scale = subresources["scale"]
        guard scale.isPresent else { return }
        checkPath(scale["specReplicasPath"], "scale.specReplicasPath", below: [".spec."], subresources, &findings)
        checkPath(scale["statusReplicasPath"], "scale.statusReplicasPath", below: [".status."], subresources, &findings)
        if !scale["labelSelectorPath"].isEmpty {
            checkPath(
                scale["labelSelectorPath"], "scale.labelSelectorPath", below: [".spec.", ".status."], subresources,
                &findings)
        }
    }

    private static func checkPath(
        _ path: Field, _ name: String, below: [String], _ subresources: Field, _ findings: inout Findings
    ) {
        let field = path.named(subresources.place[name])
        if field.isEmpty { return findings.required(field) }
        guard field.string.hasPrefix(".") else {
            return findings.invalid(field, "must be a simple json path starting with .")
        }
        if !below.contains(where: field.string.hasPrefix) {
            let places = below.map { String($0.dropLast()) }
            findings.invalid(
                field,
                places.count == 1
                    ? "should be a json path under \(places[0])"
                    : "should be a json path under either \(places.joined(separator: " or "))")
        }
    }

    private static let columnTypes = ["boolean", "date", "integer", "number", "string"]
    private static let columnFormats = [
        "byte", "date", "date-time", "double", "float", "int32", "int64", "password",
    ]

    private static func checkColumns(_ columns: Field, _ findings: inout Findings) {
        for column in columns.elements {
            let (type, format) = (column["type"], column["format"])
            if column["name"].isEmpty { findings.required(column["name"]) }
            let types = "must be one of \(columnTypes.joined(separator: ","))"
            if type.isEmpty {
                findings.required(type, types)
            } else if !columnTypes.contains(type.string) {
                findings.invalid(type, types)
            }
            if !format.isEmpty, !columnFormats.contains(format.string) {
                findings.invalid(format, "must be one of \(columnFormats.joined(separator: ","))")
            }
            let path = column["jsonPath"].named(column.place["JSONPath"])
            if path.isEmpty {
                findings.required(path)
            } else if !path.string.hasPrefix(".") {
                findings.invalid(path, "must be a simple json path starting with .")
            }
        }
    }

    /// A version as Go prints it, without what it shares with the others.
    static func shown(_ version: Field, in spec: Field) -> String {
        let shared = Shared(spec)
        func pointer(_ type: String, _ name: String, _ isShared: Bool) -> String {
            GoSyntax.pointer(type, to: isShared ? Field(nil, at: .root) : version[name])
        }
        return "apiextensions.CustomResourceDefinitionVersion{Name:\(GoSyntax.quoted(version["name"].string)), "
            + "Served:\(version["served"].isTrue), Storage:\(version["storage"].isTrue), "
            + "Deprecated:\(version["deprecated"].isTrue), "
            + "DeprecationWarning:\(pointer("string", "deprecationWarning", false)), "
            + "Schema:\(pointer("apiextensions.CustomResourceValidation", "schema", shared.schema)), "
            + "Subresources:\(pointer("apiextensions.CustomResourceSubresources", "subresources", shared.subresources)), "
            + "AdditionalPrinterColumns:[]apiextensions.CustomResourceColumnDefinition(nil)}"
    }
}
