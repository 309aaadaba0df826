import Resources

@testable import SandboxCluster

/// Objects that tests begin with.
enum Samples {
    static func identity(_ kind: GroupKind, _ name: String, namespace: String = "default") -> ObjectIdentity {
        ObjectIdentity(groupKind: kind, namespace: namespace, name: name)
    }

    static func template(
        _ app: String, image: String = "nginx:1", spec: [String: Value] = [:], annotations: [String: Value] = [:]
    ) -> Value {
        var metadata: Value = ["labels": ["app": .string(app)]]
        if !annotations.isEmpty { metadata["annotations"] = .object(annotations) }
        let basis: [String: Value] = ["containers": [["name": "web", "image": .string(image)]]]
        return ["metadata": metadata, "spec": .object(basis.merging(spec) { $1 })]
    }

    /// A workload of the group `apps` with the label `app`.
    static func workload(
        _ kind: String, _ name: String, replicas: Int? = nil, template: Value? = nil, spec: [String: Value] = [:]
    ) -> Value {
        var fields: [String: Value] = [
            "selector": ["matchLabels": ["app": .string(name)]], "template": template ?? self.template(name),
        ]
        fields["replicas"] = replicas.map { .integer(Int64($0)) }
        return [
            "apiVersion": "apps/v1", "kind": .string(kind),
            "metadata": ["name": .string(name), "namespace": "default"],
            "spec": .object(fields.merging(spec) { $1 }),
        ]
    }

    static func pod(
        _ name: String, image: String = "nginx:1", labels: [String: Value] = [:], annotations: [String: Value] = [:],
        spec: [String: Value] = [:]
    ) -> Value {
        let basis: [String: Value] = ["containers": [["name": "web", "image": .string(image)]]]
        return [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": [
                "name": .string(name), "namespace": "default", "labels": .object(labels),
                "annotations": .object(annotations),
            ],
            "spec": .object(basis.merging(spec) { $1 }),
        ]
    }

    static func job(_ name: String, image: String = "tool:1", spec: [String: Value] = [:]) -> Value {
        let template: Value = [
            "spec": ["restartPolicy": "Never", "containers": [["name": "main", "image": .string(image)]]]
        ]
        let basis: [String: Value] = ["template": template, "completions": 1, "parallelism": 1]
        return [
            "apiVersion": "batch/v1", "kind": "Job", "metadata": ["name": .string(name), "namespace": "default"],
            "spec": .object(basis.merging(spec) { $1 }),
        ]
    }

    static func claim(_ name: String, className: String? = "standard", size: String = "1Gi") -> Value {
        var spec: Value = [
            "accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": .string(size)]],
        ]
        spec["storageClassName"] = className.map(Value.string)
        return [
            "apiVersion": "v1", "kind": "PersistentVolumeClaim",
            "metadata": ["name": .string(name), "namespace": "default"], "spec": spec,
        ]
    }

    static func config(_ kind: String, _ name: String, data: [String: Value] = [:], namespace: String = "default")
        -> Value
    {
        [
            "apiVersion": "v1", "kind": .string(kind),
            "metadata": ["name": .string(name), "namespace": .string(namespace)], "data": .object(data),
        ]
    }
}
