internal import Resources

extension ManifestSet {
    /// The manifests with their namespaces as they are sent, as far as that can be told without a cluster: from the kinds
    /// that Kubernetes has, and from the set's own CustomResourceDefinitions.
    /// - Parameters:
    ///   - namespace: Of namespaced objects that name none.
    ///   - unknownScope: What any other kind is taken for; nil to leave its objects alone.
    package func placed(in namespace: String?, unknownScope: KindScope? = nil) -> [Manifest] {
        let scopes = KindScopes(objects: manifests.map(\.object))
        return manifests.map { manifest in
            var manifest = manifest
            switch scopes[manifest.object.groupVersionKind.groupKind] ?? unknownScope {
            case .cluster: manifest.object.namespace = ""
            case .namespaced where manifest.object.namespace.isEmpty: manifest.object.namespace = namespace ?? ""
            case .namespaced, nil: break
            }
            return manifest
        }
    }
}
