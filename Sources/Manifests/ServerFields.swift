internal import Resources

/// What a server writes into an object, and a manifest that was exported from a cluster brings along.
enum ServerFields {
    private static let metadataFields = [
        "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "resourceVersion",
        "selfLink",
        "uid",
    ]

    /// The manifest without such fields, each of which is a warning where it has a value.
    static func removed(from manifest: Manifest, into problems: inout Problems) -> Manifest {
        var result = manifest
        removeNamespace(from: &result, into: &problems)
        if let managed = manifest.object.metadata["managedFields"], !managed.isNull {
            problems.add(managedFields(of: manifest))
        }
        for field in metadataFields {
            remove(FieldPath(fields: "metadata", field), from: &result, into: &problems)
        }
        remove(FieldPath(fields: "status"), from: &result, into: &problems)
        return result
    }

    private static func remove(_ path: FieldPath, from manifest: inout Manifest, into problems: inout Problems) {
        guard let value = manifest.object.value[at: path] else { return }
        // What `kubectl create --dry-run` and generators write without a meaning deserves no warning.
        if !value.isNull, value != [:] {
            let message = "\(manifest.title): \(path) is the server's to write; it is left out"
            let code = path.elements.count == 1 ? "status-ignored" : "server-field"
            problems.add(
                manifest.diagnostic(
                    .warning, code: code, message, at: path, isAboutKey: true, hint: "remove it from the manifest")
            )
        }
        if path.elements.count == 1 {
            manifest.object.value["status"] = nil
        } else if case .field(let name)? = path.elements.last {
            var metadata = manifest.object.metadata
            metadata[name] = nil
            manifest.object.value["metadata"] = metadata
        }
    }

    private static func managedFields(of manifest: Manifest) -> Diagnostic {
        manifest.diagnostic(
            code: "managed-fields",
            "\(manifest.title): metadata.managedFields may not be in a manifest; a server refuses to apply it",
            at: FieldPath(fields: "metadata", "managedFields"),
            isAboutKey: true,
            hint: "remove it; kubectl get shows objects without it unless --show-managed-fields is given"
        )
    }

    /// A server drops the namespace of an object whose kind has none.
    private static func removeNamespace(from manifest: inout Manifest, into problems: inout Problems) {
        let object = manifest.object
        if object.metadata["namespace"] == "" || object.metadata["namespace"] == .null {
            manifest.object.namespace = ""
        }
        guard !object.namespace.isEmpty, BuiltInKinds.scope(of: object.identity.groupKind) == .cluster else { return }
        manifest.object.namespace = ""
        problems.add(
            manifest.diagnostic(
                .warning,
                code: "cluster-scoped",
                "\(manifest.title): a \(object.kind) lives in no namespace; metadata.namespace is left out",
                at: FieldPath(fields: "metadata", "namespace"),
                isAboutKey: true,
                hint: "remove it from the manifest"
            )
        )
    }
}
