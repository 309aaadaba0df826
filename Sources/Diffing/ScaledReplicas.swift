package import Resources

/// `spec.replicas` of objects that an autoscaler scales: it is never written for them.
package enum ScaledReplicas {
    /// The object to apply instead of the declared one, and a note for people where it differs from it.
    package struct Result: Sendable, Hashable {
        package let desired: KubernetesObject
        package let note: String?
    }

    /// The objects that HorizontalPodAutoscalers scale.
    package static func targets(of autoscalers: [KubernetesObject]) -> Set<ObjectIdentity> {
        Set(
            autoscalers.compactMap { autoscaler in
                guard let target = autoscaler.value[path: "spec", "scaleTargetRef"],
                    let kind = target["kind"]?.string, let name = target["name"]?.string
                else { return nil }
                let groupKind = GroupVersionKind(apiVersion: target["apiVersion"]?.string ?? "", kind: kind).groupKind
                return ObjectIdentity(groupKind: groupKind, namespace: autoscaler.namespace, name: name)
            })
    }

    /// Takes `spec.replicas` out of a desired object whose scale something else sets.
    ///
    /// That is an autoscaler that targets it, or a manager that wrote the field through the `scale` subresource;
    /// `kubectl` is none: what a person scaled by hand is drift. A new object keeps its replicas as the number to start
    /// with. While we are the field's only owner, leaving it out would make the server fall back to 1: the live number
    /// is sent instead.
    /// - Parameters:
    ///   - desired: The object as declared.
    ///   - live: The object in the cluster; nil where it does not exist.
    ///   - manager: Our field manager.
    ///   - targets: What autoscalers of the cluster or of the manifests scale, see `targets(of:)`.
    package static func withoutScaledReplicas(
        _ desired: KubernetesObject, live: KubernetesObject?, manager: String, targets: Set<ObjectIdentity>
    ) -> Result {
        guard let live, let declared = desired.value[path: "spec", "replicas"],
            let scaler = scaler(of: live, manager: manager, targets: targets)
        else { return Result(desired: desired, note: nil) }
        let owners = live.managedFields.filter { $0.fieldsV1[path: "f:spec", "f:replicas"] != nil }
        let isOursAlone = !owners.isEmpty && owners.allSatisfy { $0.isApply(by: manager) }
        let kept = isOursAlone ? live.value[path: "spec", "replicas"] : nil
        if kept == declared { return Result(desired: desired, note: nil) }
        var result = desired
        result.value["spec"]?["replicas"] = kept
        return Result(desired: result, note: "spec.replicas is not applied: \(scaler) sets it")
    }

    private static func scaler(
        of live: KubernetesObject, manager: String, targets: Set<ObjectIdentity>
    ) -> String? {
        if targets.contains(live.identity) { return "an autoscaler" }
        return live.managedFields.first { entry in
            entry.subresource == "scale" && entry.manager != manager && entry.manager != "kubectl"
                && !entry.manager.hasPrefix("kubectl-") && entry.fieldsV1[path: "f:spec", "f:replicas"] != nil
        }?.manager
    }
}
