internal import Resources

/// Turns objects from one version of their kind into another.
///
/// The versions that are served side by side have the same fields, custom resources' included (`conversion: None`), with
/// the one exception of `autoscaling/v1`, which has one metric of its own spelling.
enum Conversion {
    /// The object in another version, with the defaults that a custom resource has there.
    static func converted(_ object: KubernetesObject, to resource: ResourceDefinition) -> KubernetesObject {
        if object.groupVersionKind == resource.kind { return object }
        var copy = renamed(object, to: resource.kind)
        if resource.isCustom { Defaults.applyCustom(to: &copy.value, type: resource.type, registry: .builtIn) }
        return copy
    }

    /// The object in another version, without anything that this one would fill in.
    static func renamed(_ object: KubernetesObject, to kind: GroupVersionKind) -> KubernetesObject {
        if object.groupVersionKind == kind { return object }
        var copy = object
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
