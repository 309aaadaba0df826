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

    static func isServer(_ manifest: Manifest) -> Bool { manifest.object.kind == "SyncServer" }

    /// Whether the object, which no refusal is about, is an application of its own that the source declares.
    static func isNested(_ manifest: Manifest) -> Bool {
        manifest.object.kind == "Application" && manifest.file != ManifestReader.configurationFile
    }

    /// Why the object cannot be the source's configuration; nil where it can.
    static func refusal(of manifest: Manifest) -> Diagnostic? {
        if isServer(manifest), manifest.object.apiVersion == apiVersion {
            return manifest.diagnostic(
                code: "misplaced-server", "a SyncServer is only read from the configuration of endstate sync",
                at: FieldPath(fields: "kind"), hint: "move it there")
        }
        guard manifest.object.apiVersion == apiVersion, known.contains(manifest.object.kind) else {
            return unknownKind(of: manifest, known: known)
        }
        let source = manifest.object.value["spec"]?["source"]
        guard isNested(manifest), source == nil || source == .null else { return nil }
        return manifest.diagnostic(
            code: "misplaced-application",
            "an Application without spec.source is only read from \(ManifestReader.configurationFile) at the root of the path",
            at: FieldPath(fields: "kind"),
            hint: "move it there, or say with spec.source where endstate sync reads it from"
        )
    }

    /// Why the object is no part of the configuration of `endstate sync`; nil where it is one.
    static func refusalInConfiguration(of manifest: Manifest) -> Diagnostic? {
        guard manifest.object.value.object != nil else {
            return manifest.diagnostic(
                code: "not-an-object", "a configuration must be an object, not \(manifest.object.value.described)",
                at: FieldPath(), hint: "give it apiVersion, kind and metadata")
        }
        let known = ["Application", "SyncServer"]
        guard manifest.object.apiVersion == apiVersion, known.contains(manifest.object.kind) else {
            return unknownKind(of: manifest, known: known)
        }
        return nil
    }

    private static func unknownKind(of manifest: Manifest, known: [String]) -> Diagnostic {
        let object = manifest.object
        let isVersion = object.apiVersion != apiVersion
        return manifest.diagnostic(
            code: "unknown-kind",
            isVersion
                ? "unknown apiVersion \"\(object.apiVersion)\"; known is: \(apiVersion)"
                : "unknown kind \"\(object.kind)\" of \(apiVersion); known are: \(known.joined(separator: ", "))",
            at: FieldPath(fields: isVersion ? "apiVersion" : "kind"),
            hint: isVersion ? nil : Spelling.hint(object.kind, in: known)
        )
    }
}
