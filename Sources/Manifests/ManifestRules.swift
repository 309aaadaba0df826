internal import Resources

/// What every manifest must have, whatever its kind, and what may not be in one.
enum ManifestRules {
    /// Returns the manifest without what only a server writes.
    static func check(_ manifest: Manifest, into problems: inout Problems) -> Manifest {
        problems.add(HeaderRules.problems(of: manifest))
        guard let metadata = manifest.object.value["metadata"], metadata.object != nil else { return manifest }
        problems.add(NameRules.problems(of: manifest))
        for place in MetadataPlace.all(in: manifest.object) {
            problems.add(LabelRules.problems(of: manifest, at: place))
        }
        problems.add(OwnAnnotationRules.problems(of: manifest))
        problems.add(HookRules.problems(of: manifest))
        problems.add(DataRules.problems(of: manifest))
        return ServerFields.removed(from: manifest, into: &problems)
    }
}

/// apiVersion, kind and metadata, without which nothing else can be judged.
enum HeaderRules {
    static func problems(of manifest: Manifest) -> [Diagnostic] {
        [
            text("apiVersion", of: manifest, problem: apiVersionProblem, example: "apiVersion: apps/v1"),
            text("kind", of: manifest, problem: kindProblem, example: "kind: Deployment"),
            metadata(of: manifest),
            foreignKind(of: manifest),
        ].compactMap { $0 }
    }

    private static func text(
        _ field: String,
        of manifest: Manifest,
        problem: (String) -> String?,
        example: String
    ) -> Diagnostic? {
        let path = FieldPath(fields: field)
        guard let value = manifest.object.value[field], !value.isNull, value != "" else {
            return manifest.missing(
                path, hint: "add it, such as \(example); what is no manifest belongs outside of the path")
        }
        guard let text = value.string else { return manifest.wrongType(at: path, expected: "a string") }
        return problem(text).map { problem in
            manifest.invalid(field, text, because: problem, at: path, code: "invalid-\(field.hyphenated)")
        }
    }

    private static func metadata(of manifest: Manifest) -> Diagnostic? {
        let path = FieldPath(fields: "metadata")
        guard let metadata = manifest.object.value["metadata"], !metadata.isNull else {
            return manifest.missing(path, hint: "add metadata with a name")
        }
        return metadata.object == nil ? manifest.wrongType(at: path, expected: "an object") : nil
    }

    /// A file of kustomize's that does not have the name by which its directory would be known.
    private static func foreignKind(of manifest: Manifest) -> Diagnostic? {
        guard manifest.object.groupVersionKind.group == "kustomize.config.k8s.io" else { return nil }
        return manifest.diagnostic(
            code: "kustomization",
            "a \(manifest.object.kind) of kustomize is no object of a cluster",
            at: FieldPath(fields: "kind"),
            hint: "render it first: kubectl kustomize DIR > OTHER/manifests.yaml"
        )
    }

    private static func apiVersionProblem(_ text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), let version = parts.last else {
            return "it must be VERSION or GROUP/VERSION"
        }
        if parts.count == 2, let problem = NameSyntax.subdomainProblem(parts[0]) {
            return "the group is no DNS name: \(problem)"
        }
        return NameSyntax.labelProblem(version) == nil ? nil : "it must be VERSION or GROUP/VERSION"
    }

    private static func kindProblem(_ text: String) -> String? {
        guard NameSyntax.labelProblem(text.lowercased()) != nil else { return nil }
        return "it must be letters and digits"
    }
}

extension String {
    /// `apiVersion` as `api-version`.
    fileprivate var hyphenated: String {
        reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
    }
}
