internal import FoundationEssentials
internal import Resources

/// The eviction of pods: a deletion that their disruption budget may refuse (pkg/registry/core/pod/storage/eviction.go).
extension APIServer {
    mutating func evict(_ call: ResourceCall, _ name: String) throws(APIStatus) -> SandboxResponse {
        let pod = try found(call, name)
        let settings = try evictionSettings(call)
        if !Self.isUnguarded(pod.object), let budget = try budget(of: pod.object) {
            try spend(budget, on: pod.object, isDryRun: settings.isDryRun)
        }
        _ = try delete(pod, as: call.resource, settings)
        return success(201)
    }

    private func evictionSettings(_ call: ResourceCall) throws(APIStatus) -> DeletionSettings {
        let options = try BodyReader(request: call.request).object(call.resource).value["deleteOptions"]
        var errors: [FieldError] = []
        let dryRun = call.target.dryRun + (options?["dryRun"]?.array ?? []).compactMap(\.string)
        let isDryRun = RequestOptions.dryRun(dryRun, &errors)
        if !errors.isEmpty {
            throw .invalid(GroupVersionKind(apiVersion: "meta.k8s.io/v1", kind: "DeleteOptions"), "", errors)
        }
        return DeletionSettings(gracePeriod: options?["gracePeriodSeconds"]?.integer, isDryRun: isDryRun)
    }

    /// Whether nothing is disrupted by the pod's end, so that no budget is asked (`canIgnorePDB`).
    private static func isUnguarded(_ pod: KubernetesObject) -> Bool {
        pod.isBeingDeleted || ["Pending", "Succeeded", "Failed"].contains(pod.phase)
    }

    /// - Returns: nil where no budget covers the pod.
    private func budget(of pod: KubernetesObject) throws(APIStatus) -> KubernetesObject? {
        let budgets = objects(Kinds.budget, namespace: pod.namespace).filter {
            DisruptionController.selector(of: $0)?.matches(pod.labels) ?? false
        }
        guard budgets.count > 1 else { return budgets.first }
        throw APIStatus(
            code: 500, reason: "",
            message: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.")
    }

    /// Takes one of the disruptions that the budget allows, so that the next eviction finds one less
    /// (`checkAndDecrement`). A pod that is not ready takes none where enough others are, or where the budget says so
    /// (KEP-3017).
    private mutating func spend(
        _ budget: KubernetesObject, on pod: KubernetesObject, isDryRun: Bool
    ) throws(APIStatus) {
        let (healthy, wanted) = (budget.statusNumber("currentHealthy"), budget.statusNumber("desiredHealthy"))
        let freesUnready = budget.spec["unhealthyPodEvictionPolicy"] == "AlwaysAllow"
        if !pod.isReadyPod, freesUnready || (healthy >= wanted && wanted > 0) { return }
        if budget.statusNumber("observedGeneration") < budget.generation ?? 0 {
            throw Self.refusal("\(budget.name) is still being processed by the server.", retryAfter: 10)
        }
        let allowed = budget.statusNumber("disruptionsAllowed")
        guard allowed > 0 else {
            throw Self.refusal("\(budget.name) needs \(wanted) healthy pods and has \(healthy) currently")
        }
        if isDryRun { return }
        var status = budget.status
        status["disruptionsAllowed"] = .number(allowed - 1)
        status.change(at: ["disruptedPods", pod.name]) { $0 = .string(timestamp) }
        if allowed == 1 { status["conditions"] = DisruptionController.conditions(of: budget, allowed: 0, now: now) }
        try budget.updatingStatus(status, &self, by: "kube-apiserver")
    }

    /// - Parameter retryAfter: In seconds; nil where nobody knows.
    private static func refusal(_ why: String, retryAfter: Int? = nil) -> APIStatus {
        var details: Value = [
            "causes": [["reason": "DisruptionBudget", "message": .string("The disruption budget \(why)")]]
        ]
        details["retryAfterSeconds"] = retryAfter.map(Value.number)
        return APIStatus(
            code: 429, reason: "TooManyRequests",
            message: "Cannot evict pod as it would violate the pod's disruption budget.", details: details)
    }
}
