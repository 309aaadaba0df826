internal import Resources

/// Hooks of Helm and Argo CD: they promise an order and a lifetime that applying the object plainly would break.
enum HookRules {
    static func problems(of manifest: Manifest) -> [Diagnostic] {
        let annotations = manifest.object.metadata["annotations"]?.object ?? [:]
        return annotations.keys.sorted().filter(isHook).map { key in
            let value = annotations[key]?.string ?? ""
            return manifest.diagnostic(
                code: "unsupported-hook",
                "\(manifest.title): the hook \(key): \(value) is not supported",
                at: FieldPath(fields: "metadata", "annotations", key),
                isAboutKey: true,
                hint: "remove the annotation; config.kubernetes.io/depends-on orders objects here"
            )
        }
    }

    private static func isHook(_ key: String) -> Bool {
        key == "helm.sh/hook" || key.hasPrefix("helm.sh/hook-") || key.hasPrefix("argocd.argoproj.io/hook")
    }
}
