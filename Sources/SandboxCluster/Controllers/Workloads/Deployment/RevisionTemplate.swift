internal import Resources

/// A pod template as it tells revisions apart.
enum RevisionTemplate {
    static let hashLabel = "pod-template-hash"

    /// Without what controllers add to it (`EqualIgnoreHash`).
    static func plain(_ template: Value) -> Value {
        var template = template
        template["metadata"]?["creationTimestamp"] = nil
        guard var labels = template[path: "metadata", "labels"]?.object, labels[hashLabel] != nil else {
            return template
        }
        labels[hashLabel] = nil
        template["metadata"]?["labels"] = .object(labels)
        return template
    }

    static func labelled(_ template: Value, hash: String) -> Value {
        var template = template
        template.change(at: ["metadata", "labels", hashLabel]) { $0 = .string(hash) }
        return template
    }
}

/// What the Deployment controller keeps in annotations of ReplicaSets.
enum RevisionAnnotations {
    static let revision = "deployment.kubernetes.io/revision"
    static let history = "deployment.kubernetes.io/revision-history"
    static let desiredReplicas = "deployment.kubernetes.io/desired-replicas"
    static let maxReplicas = "deployment.kubernetes.io/max-replicas"

    static func revision(of set: KubernetesObject) -> Int { set.annotations[revision].flatMap { Int($0) } ?? 0 }

    /// Those of the Deployment that its ReplicaSets don't get.
    private static let own: Set<String> = [
        "kubectl.kubernetes.io/last-applied-configuration", revision, history, desiredReplicas, maxReplicas,
        "deprecated.deployment.rollback.to",
    ]

    /// The annotations of the new ReplicaSet (`SetNewReplicaSetAnnotations`).
    static func annotations(
        of set: [String: String], from deployment: KubernetesObject, revision number: Int
    ) -> [String: String] {
        var result = set
        for (key, value) in deployment.annotations where !own.contains(key) { result[key] = value }
        let former = set[revision] ?? ""
        if (Int(former) ?? 0) < number {
            result[revision] = String(number)
            if !former.isEmpty {
                result[history] = (set[history].map { $0.split(separator: ",").map(String.init) } ?? [])
                    .appending(former).joined(separator: ",")
            }
        }
        return result
    }
}

extension [String] {
    fileprivate func appending(_ element: String) -> [String] { self + [element] }
}
