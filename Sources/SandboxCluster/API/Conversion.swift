internal import Resources

/// Turns objects from one version of their kind into another.
///
/// The versions that are served side by side have the same fields, with the one exception of `autoscaling/v1`, which has
/// one metric of its own spelling; a custom resource loses what the other version has no field for (`conversion: None`).
enum Conversion {
    /// The object in another version, without anything that this one would fill in.
    static func converted(_ object: KubernetesObject, to resource: ResourceDefinition) -> KubernetesObject {
        let kind = resource.kind
        if object.groupVersionKind == kind { return object }
        var copy = object
        if resource.isCustom, let pruned = try? CustomDecoder(registry: .builtIn).decode(object.value, resource.type) {
            copy.value = pruned
        }
        copy.value["apiVersion"] = .string(kind.apiVersion)
        guard kind.group == "autoscaling" else { return copy }
        if kind.version == "v1" {
            toUtilization(&copy.value)
        } else if object.groupVersionKind.version == "v1" {
            toMetrics(&copy.value)
        }
        return copy
    }

    private static func toMetrics(_ value: inout Value) {
        guard let target = value["spec"]?["targetCPUUtilizationPercentage"] else { return }
        value["spec"]?["targetCPUUtilizationPercentage"] = nil
        value["spec"]?["metrics"] = [
            [
                "type": "Resource",
                "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": target]],
            ]
        ]
    }

    private static func toUtilization(_ value: inout Value) {
        let metrics = value[path: "spec", "metrics"]?.array ?? []
        let processor = metrics.first { $0[path: "resource", "name"] == "cpu" }
        value["spec"]?["metrics"] = nil
        value["spec"]?["behavior"] = nil
        value["status"]?["conditions"] = nil
        value["status"]?["currentMetrics"] = nil
        value["spec"]?["targetCPUUtilizationPercentage"] =
            processor?[path: "resource", "target", "averageUtilization"]
    }
}
