internal import Resources

/// Names and namespaces of objects, by the rules that each kind has in Kubernetes' `pkg/apis/*/validation`.
enum NameRules {
    static func problems(of manifest: Manifest) -> [Diagnostic] {
        name(of: manifest) + namespace(of: manifest)
    }

    private static func name(of manifest: Manifest) -> [Diagnostic] {
        let path = FieldPath(fields: "metadata", "name")
        guard let value = manifest.object.metadata["name"], !value.isNull, value != "" else {
            return [missingName(of: manifest)]
        }
        guard let name = value.string else { return [manifest.wrongType(at: path, expected: "a string")] }
        if let problem = problem(of: name, for: manifest.object) {
            return [manifest.invalid("metadata.name", name, because: problem, at: path, code: "invalid-name")]
        }
        return warning(about: name, of: manifest).map { [$0] } ?? []
    }

    private static func missingName(of manifest: Manifest) -> Diagnostic {
        guard let prefix = manifest.object.metadata["generateName"], !prefix.isNull else {
            return manifest.missing(FieldPath(fields: "metadata", "name"), hint: "add it under metadata")
        }
        return manifest.diagnostic(
            code: "generate-name",
            "\(manifest.title): metadata.generateName gives an object another name on every run",
            at: FieldPath(fields: "metadata", "generateName"),
            isAboutKey: true,
            hint: "give it a fixed metadata.name, so that the next run finds it again"
        )
    }

    private static func problem(of name: String, for object: KubernetesObject) -> String? {
        let kind = object.groupVersionKind.groupKind
        return switch (kind.group, kind.kind) {
        case ("rbac.authorization.k8s.io", _), ("apiregistration.k8s.io", _),
            ("certificates.k8s.io", "ClusterTrustBundle"),
            ("networking.k8s.io", "IPAddress"):
            NameSyntax.pathSegmentProblem(name)
        case ("", "Namespace"), ("", "Service"): NameSyntax.labelProblem(name)
        // Its jobs' names have eleven characters more.
        case ("batch", "CronJob"): NameSyntax.subdomainProblem(name, limit: 52)
        case ("apiextensions.k8s.io", "CustomResourceDefinition"):
            NameSyntax.subdomainProblem(name) ?? definitionProblem(of: name, for: object)
        // OpenShift's aggregated API has names such as `image:tag`.
        case (let group, _) where group.hasSuffix(".openshift.io"): NameSyntax.pathSegmentProblem(name)
        default: NameSyntax.subdomainProblem(name)
        }
    }

    private static func definitionProblem(of name: String, for object: KubernetesObject) -> String? {
        guard let group = object.value[path: "spec", "group"]?.string,
            let plural = object.value[path: "spec", "names", "plural"]?.string, name != "\(plural).\(group)"
        else { return nil }
        return "it must be spec.names.plural and spec.group: \(plural).\(group)"
    }

    /// Kubernetes 1.36 takes any DNS-1123 label for a Service (KEP-5311); before, it had to begin with a letter.
    private static func warning(about name: String, of manifest: Manifest) -> Diagnostic? {
        let kind = manifest.object.groupVersionKind.groupKind
        guard kind == GroupKind(group: "", kind: "Service"), name.utf8.first.map(NameSyntax.isDigit) == true else {
            return nil
        }
        return manifest.diagnostic(
            .warning,
            code: "service-name",
            "\(manifest.title): before Kubernetes 1.36 a Service's name must begin with a letter",
            at: FieldPath(fields: "metadata", "name")
        )
    }

    private static func namespace(of manifest: Manifest) -> [Diagnostic] {
        let path = FieldPath(fields: "metadata", "namespace")
        guard let value = manifest.object.metadata["namespace"], !value.isNull, value != "" else { return [] }
        guard let namespace = value.string else { return [manifest.wrongType(at: path, expected: "a string")] }
        guard let problem = NameSyntax.labelProblem(namespace) else { return [] }
        return [
            manifest.invalid("metadata.namespace", namespace, because: problem, at: path, code: "invalid-namespace")
        ]
    }
}
