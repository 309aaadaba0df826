package import Resources

/// The annotations by which an object asks not to be deleted, whichever tool they were made for.
package enum Protection {
    /// The annotation that protects the object, as `key: value`; nil where it may be deleted.
    /// - Parameter isWholeApplication: whether the application itself is being deleted, which some tools treat apart.
    package static func annotation(of object: KubernetesObject, isWholeApplication: Bool = false) -> String? {
        let annotations = object.annotations
        for (key, value) in plain where annotations[key] == value { return "\(key): \(value)" }
        let options = (annotations[argoOptions] ?? "").split(separator: ",").map(\.trimmed)
        let protecting =
            ["Prune=false", "Prune=confirm"] + (isWholeApplication ? ["Delete=false", "Delete=confirm"] : [])
        return protecting.first(where: options.contains).map { "\(argoOptions): \($0)" }
    }

    private static let argoOptions = "argocd.argoproj.io/sync-options"

    private static let plain = [
        ("cli-utils.sigs.k8s.io/on-remove", "keep"),
        ("client.lifecycle.config.k8s.io/deletion", "detach"),
        ("helm.sh/resource-policy", "keep"),
        ("kustomize.toolkit.fluxcd.io/prune", "disabled"),
        ("kapp.k14s.io/delete-strategy", "orphan"),
    ]
}
