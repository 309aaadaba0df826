internal import Resources

/// Where an object has metadata: its own, and that of the templates of Kubernetes' own workloads.
enum MetadataPlace {
    static func all(in object: KubernetesObject) -> [FieldPath] {
        let own = FieldPath(fields: "metadata")
        let kind = object.groupVersionKind.groupKind
        guard let templates = templates[kind.kind], BuiltInKinds.scope(of: kind) != nil else { return [own] }
        return [own] + templates
    }

    private static let podTemplate = [FieldPath(fields: "spec", "template", "metadata")]
    private static let templates: [String: [FieldPath]] = [
        "Deployment": podTemplate, "StatefulSet": podTemplate, "DaemonSet": podTemplate, "ReplicaSet": podTemplate,
        "ReplicationController": podTemplate, "Job": podTemplate,
        "CronJob": [
            FieldPath(fields: "spec", "jobTemplate", "metadata"),
            FieldPath(fields: "spec", "jobTemplate", "spec", "template", "metadata"),
        ],
        "PodTemplate": [FieldPath(fields: "template", "metadata")],
    ]
}

/// Labels and annotations: texts under qualified names, of a limited size.
enum LabelRules {
    /// The most bytes that all of an object's annotations may have: apimachinery's `TotalAnnotationSizeLimitB`.
    private static let annotationsLimit = 256 << 10

    static func problems(of manifest: Manifest, at place: FieldPath) -> [Diagnostic] {
        let labels = place.appending("labels")
        let annotations = place.appending("annotations")
        return problems(of: manifest, at: labels, keyName: "label") { NameSyntax.qualifiedNameProblem($0) }
            + labelValues(of: manifest, at: labels)
            + problems(of: manifest, at: annotations, keyName: "annotation") {
                NameSyntax.qualifiedNameProblem($0.lowercased())
            }
            + size(of: manifest, at: annotations)
    }

    private static func problems(
        of manifest: Manifest,
        at path: FieldPath,
        keyName: String,
        problem: (String) -> String?
    ) -> [Diagnostic] {
        guard let value = manifest.object.value[at: path], !value.isNull else { return [] }
        guard let fields = value.object else { return [manifest.wrongType(at: path, expected: "an object")] }
        return fields.flatMap { key, value in
            let place = path.appending(key)
            var found: [Diagnostic] = []
            if let problem = problem(key) {
                let code = "invalid-\(keyName)"
                found.append(
                    manifest.invalid("the \(keyName)", key, because: problem, at: place, isAboutKey: true, code: code))
            }
            if value.string == nil { found.append(manifest.wrongType(at: place, expected: "a string")) }
            return found
        }
    }

    private static func labelValues(of manifest: Manifest, at path: FieldPath) -> [Diagnostic] {
        (manifest.object.value[at: path]?.object ?? [:]).compactMap { key, value in
            guard let text = value.string, let problem = NameSyntax.labelValueProblem(text) else { return nil }
            let what = "the label \(key) with value"
            return manifest.invalid(what, text, because: problem, at: path.appending(key), code: "invalid-label")
        }
    }

    private static func size(of manifest: Manifest, at path: FieldPath) -> [Diagnostic] {
        let annotations = manifest.object.value[at: path]?.object ?? [:]
        let size = annotations.reduce(0) { $0 + $1.key.utf8.count + ($1.value.string?.utf8.count ?? 0) }
        guard size > annotationsLimit else { return [] }
        return [
            manifest.diagnostic(
                code: "annotations-too-large",
                "\(manifest.title): \(path) has \(size) bytes; at most \(annotationsLimit) are allowed",
                at: path,
                isAboutKey: true,
                hint: "move large texts into a ConfigMap"
            )
        ]
    }
}
