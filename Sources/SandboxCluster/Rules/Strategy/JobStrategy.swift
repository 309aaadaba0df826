import Resources

enum JobStrategy {
    /// Makes a job select the pods that it makes, by its UID, unless it selects by itself.
    static func create(_ fields: inout [String: Value], _ version: KubernetesVersion) {
        let name = fields["metadata"]?["name"] ?? ""
        let uid = fields["metadata"]?["uid"] ?? ""
        // Both maps are one in the server where the labels come from the template, so they get the new ones, too.
        let hasOwnLabels = !(fields["metadata"]?["labels"]?.isGoZero ?? true)
        fields.edit("spec") { spec in
            if spec["manualSelector"] != true { select(&spec, name, uid, version) }
        }
        if !hasOwnLabels { labelAsTemplate(&fields) }
    }

    static func update(_ fields: inout [String: Value]) {
        if fields["metadata"]?["labels"]?.isGoZero ?? true { labelAsTemplate(&fields) }
    }

    private static func select(
        _ spec: inout [String: Value], _ name: Value, _ uid: Value, _ version: KubernetesVersion
    ) {
        let isPrefixed = version.minor >= 27
        spec.editOrMake("template") { template in
            template.editOrMake("metadata") { metadata in
                metadata.editOrMake("labels") { labels in
                    labels.setDefault("job-name", name)
                    labels.setDefault("controller-uid", uid)
                    guard isPrefixed else { return }
                    labels.setDefault("batch.kubernetes.io/job-name", name)
                    labels.setDefault("batch.kubernetes.io/controller-uid", uid)
                }
            }
        }
        spec.editOrMake("selector") { selector in
            selector.editOrMake("matchLabels") { labels in
                labels.setDefault(isPrefixed ? "batch.kubernetes.io/controller-uid" : "controller-uid", uid)
            }
        }
    }

    private static func labelAsTemplate(_ fields: inout [String: Value]) {
        guard let labels = fields["spec"]?[path: "template", "metadata", "labels"], !labels.isGoZero else { return }
        fields.edit("metadata") { $0["labels"] = labels }
    }
}
