internal import Resources

/// Holds manifests against the schemas that are at hand.
enum SchemaRules {
    static func problems(of manifests: [Manifest], schema: SchemaDocument?) -> [Diagnostic] {
        var known = schema ?? SchemaDocument()
        known.add(definitionsAmong: manifests.lazy.map(\.object))
        return manifests.flatMap { manifest -> [Diagnostic] in
            guard !manifest.object.apiVersion.isEmpty, !manifest.object.kind.isEmpty else { return [] }
            switch known.validate(manifest) {
            case .checked(let problems): return problems
            case .unknownKind(let suggestions):
                let unknown = schema == nil ? [] : [unknownKind(of: manifest, suggestions: suggestions)]
                return unknown + metadata(of: manifest)
            }
        }
    }

    private static func metadata(of manifest: Manifest) -> [Diagnostic] {
        var validator = SchemaValidator(manifest: manifest, definitions: [:])
        validator.check(manifest.object.metadata, against: .objectMeta, at: .root.appending("metadata"))
        return validator.problems
    }

    private static func unknownKind(of manifest: Manifest, suggestions: [String]) -> Diagnostic {
        manifest.diagnostic(
            code: "unknown-kind",
            "\(manifest.title): the cluster's schema has no \(manifest.object.groupVersionKind)",
            at: FieldPath(fields: "kind"),
            hint: suggestions.isEmpty
                ? "check apiVersion and kind, or add the CustomResourceDefinition to the path"
                : "did you mean \(suggestions.prefix(3).joined(separator: " or "))?"
        )
    }
}
