import Resources

/// Objects for tests, from JSON.
enum Fixtures {
    static let manager = "endstate"

    static func object(_ json: String) throws -> KubernetesObject {
        KubernetesObject(try Value(json: json))
    }

    /// An object with a `spec` alone.
    static func object(
        spec: String, apiVersion: String = "apps/v1", kind: String = "Deployment", managedFields: [Value] = []
    ) throws -> KubernetesObject {
        KubernetesObject([
            "apiVersion": .string(apiVersion), "kind": .string(kind), "spec": try Value(json: spec),
            "metadata": [
                "name": "web", "namespace": "shop", "resourceVersion": "7", "managedFields": .array(managedFields),
            ],
        ])
    }

    /// An entry of `managedFields` for fields of the `spec`.
    static func entry(
        spec: String, manager: String = manager, operation: String = "Apply", apiVersion: String = "apps/v1",
        subresource: String? = nil
    ) throws -> Value {
        entry(
            fields: ["f:spec": try Value(json: spec)], manager: manager, operation: operation, apiVersion: apiVersion,
            subresource: subresource)
    }

    static func entry(
        fields: Value, manager: String = manager, operation: String = "Apply", apiVersion: String = "apps/v1",
        subresource: String? = nil
    ) -> Value {
        var entry: Value = [
            "manager": .string(manager), "operation": .string(operation), "apiVersion": .string(apiVersion),
            "fieldsType": "FieldsV1", "time": "2026-11-21T03:40:07Z", "fieldsV1": fields,
        ]
        entry["subresource"] = subresource.map(Value.string)
        return entry
    }
}

extension KubernetesObject {
    /// The object as a manifest has it: without what only a server writes.
    var asManifest: KubernetesObject {
        var result = self
        result.value["metadata"]?["managedFields"] = nil
        result.value["metadata"]?["resourceVersion"] = nil
        return result
    }
}
