internal import Resources

/// Finds objects that are declared more than once.
enum RepeatedObjects {
    static func diagnostics(_ manifests: [Manifest], defaultNamespace: String?) -> [Diagnostic] {
        let scopes = KindScopes(objects: manifests.lazy.map(\.object))
        let path = FieldPath(fields: "metadata", "name")
        var first: [ObjectIdentity: SourceLocation] = [:]
        return manifests.compactMap { manifest in
            guard !manifest.object.name.isEmpty, !manifest.object.kind.isEmpty else { return nil }
            let identity = scopes.identity(of: manifest.object, defaultNamespace: defaultNamespace)
            guard let place = first[identity] else {
                first[identity] = manifest.location(of: path)
                return nil
            }
            return manifest.diagnostic(
                code: "duplicate-object",
                "\(identity) is declared twice",
                at: path,
                causes: ["it is first declared at \(place)"],
                hint: "remove one of them, or give it another name or namespace"
            )
        }
    }
}
