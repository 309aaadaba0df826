internal import Resources

/// HorizontalPodAutoscaler: exists and is able to scale; one that is switched off by 0 replicas counts as able.
enum HorizontalPodAutoscalerHealth {
    static func assess(_ autoscaler: KubernetesObject) -> ObjectHealth {
        guard let active = scalingActive(of: autoscaler), active.isFalse, active.reason != "ScalingDisabled" else {
            return .current("Exists", "the autoscaler exists")
        }
        return .inProgress(active.reason ?? "ScalingNotActive", active.text(or: "the autoscaler cannot scale"))
    }

    /// `autoscaling/v1` has no field for conditions; the server keeps them as JSON in an annotation, their field names
    /// those of the API.
    private static func scalingActive(of autoscaler: KubernetesObject) -> Condition? {
        if let condition = autoscaler.condition("ScalingActive") { return condition }
        guard let text = autoscaler.annotations["autoscaling.alpha.kubernetes.io/conditions"],
            let conditions = try? Value(json: text)
        else { return nil }
        return conditions.array?.lazy.compactMap(Condition.init).first { $0.type == "ScalingActive" }
    }
}
