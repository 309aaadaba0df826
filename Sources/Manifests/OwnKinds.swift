internal import Resources

/// The kinds of `endstate.dev`, which are configuration and never sent to a cluster.
enum OwnKinds {
    private static let group = "endstate.dev"
    private static let apiVersion = "endstate.dev/v1"
    private static let known = ["Application", "PlacementPolicy"]

    static func owns(_ manifest: Manifest) -> Bool {
        manifest.object.groupVersionKind.group == group
    }

    static func isPolicy(_ manifest: Manifest) -> Bool { manifest.object.kind == "PlacementPolicy" }

    /// Why the object cannot be the source's configuration; nil where it can.
    static func refusal(of manifest: Manifest) -> Diagnostic? {
        guard manifest.object.apiVersion == apiVersion, known.contains(manifest.object.kind) else {
            return unknownKind(of: manifest)
        }
        if isPolicy(manifest) { return nil }
        guard manifest.file == ManifestReader.configurationFile else {
            return manifest.diagnostic(
                code: "misplaced-application",
                "an Application is only read from \(ManifestReader.configurationFile) at the root of the path",
                at: FieldPath(fields: "kind"),
                hint: "move it there"
            )
        }
        return nil
    }

    private static func unknownKind(of manifest: Manifest) -> Diagnostic {
        let object = manifest.object
        let isVersion = object.apiVersion != apiVersion
        return manifest.diagnostic(
            code: "unknown-kind",
            isVersion
                ? "unknown apiVersion \"\(object.apiVersion)\"; known is: \(apiVersion)"
                : "unknown kind \"\(object.kind)\" of \(apiVersion); known are: \(known.joined(separator: ", "))",
            at: FieldPath(fields: isVersion ? "apiVersion" : "kind"),
            hint: isVersion ? nil : Spelling.nearest(to: object.kind, in: known).map { "did you mean \($0)?" }
        )
    }
}
