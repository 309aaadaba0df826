internal import FoundationEssentials
internal import Resources

/// Keeps the replicas of what a HorizontalPodAutoscaler owns within its limits, on a cluster that measures nothing
/// (pkg/controller/podautoscaler/horizontal.go).
struct AutoscalerController: Controller {
    let watched: [GroupKind]? = [
        Kinds.autoscaler, Kinds.deployment, Kinds.replicaSet, Kinds.statefulSet, Kinds.replicationController,
    ]
    let level = WorkLevel.summaries
    private let component = "horizontal-pod-autoscaler"
    /// The autoscalers of a target.
    private var byTarget: [ObjectIdentity: Set<ObjectIdentity>] = [:]

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        guard change.identity.groupKind == Kinds.autoscaler else {
            return (byTarget[change.identity] ?? []).sorted()
        }
        if let earlier = change.earlier { byTarget[Self.target(of: earlier)]?.remove(change.identity) }
        if change.isDeletion {
            byTarget[Self.target(of: change.object)]?.remove(change.identity)
            return []
        }
        byTarget[Self.target(of: change.object), default: []].insert(change.identity)
        return [change.identity]
    }

    private static func target(of autoscaler: KubernetesObject) -> ObjectIdentity {
        let reference = autoscaler.spec["scaleTargetRef"]
        let kind = GroupVersionKind(
            apiVersion: reference?["apiVersion"]?.string ?? "", kind: reference?["kind"]?.string ?? "")
        return ObjectIdentity(
            groupKind: kind.groupKind, namespace: autoscaler.namespace, name: reference?["name"]?.string ?? "")
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let autoscaler = api.object(key), !autoscaler.isBeingDeleted else { return nil }
        var sync = AutoscalerSync(autoscaler)
        try sync.run(api.object(Self.target(of: autoscaler)), &api, &events)
        return nil
    }
}

/// One look at an autoscaler.
private struct AutoscalerSync {
    private let autoscaler: KubernetesObject
    private var conditions: Conditions
    private let component = "horizontal-pod-autoscaler"
    /// `autoscaling/v1` has no field for conditions: they are kept as JSON in an annotation.
    private static let annotation = "autoscaling.alpha.kubernetes.io/conditions"

    init(_ autoscaler: KubernetesObject) {
        self.autoscaler = autoscaler
        conditions = Conditions(autoscaler)
        if let text = autoscaler.annotations[Self.annotation], let values = try? Value(json: text) {
            var carrier = autoscaler
            carrier.value["status"] = ["conditions": values]
            conditions = Conditions(carrier)
        }
    }

    private var isFirstVersion: Bool { autoscaler.apiVersion == "autoscaling/v1" }

    mutating func run(
        _ target: KubernetesObject?, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        guard let target else { return try missTarget(&api, &events) }
        let (current, low) = (target.replicas, autoscaler.spec["minReplicas"]?.integer ?? 1)
        let high = autoscaler.spec["maxReplicas"]?.integer ?? max(low, current)
        var wanted = current
        if current == 0, low != 0 {
            set("AbleToScale", true, "SucceededGetScale", Self.gotScale, api.now)
            set("ScalingActive", false, "ScalingDisabled", Self.disabled, api.now)
        } else if current > high || current < low {
            wanted = current > high ? high : low
            try rescale(target, to: wanted, isAbove: current > high, &api, &events)
        } else {
            set("AbleToScale", true, "SucceededGetScale", Self.gotScale, api.now)
            lackMetrics(&api, &events)
        }
        try write(current: target.statusNumber("replicas"), desired: wanted, &api)
    }

    private static let gotScale = "the HPA controller was able to get the target's current scale"
    private static let disabled = "scaling is disabled since the replica count of the target is zero"

    private mutating func set(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String, _ now: Date) {
        conditions.set(type, isTrue ? "True" : "False", reason, message, now: now)
    }

    private mutating func missTarget(
        _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        let reference = autoscaler.spec["scaleTargetRef"]
        let kind = GroupVersionKind(
            apiVersion: reference?["apiVersion"]?.string ?? "", kind: reference?["kind"]?.string ?? ""
        ).groupKind
        let resource = [ResourceNames.plural(of: kind.kind), kind.group].filter { !$0.isEmpty }.joined(separator: ".")
        let error = "\(resource) \"\(reference?["name"]?.string ?? "")\" not found"
        let message = "the HPA controller was unable to get the target's current scale: \(error)"
        set("AbleToScale", false, "FailedGetScale", message, api.now)
        events.record(.warning("FailedGetScale", error, by: component), about: autoscaler, &api)
        try write(current: 0, desired: 0, &api)
    }

    private mutating func lackMetrics(_ api: inout some ControllerAccess, _ events: inout EventRecorder) {
        let resource = metric
        let cause =
            "failed to get \(resource) utilization: unable to get metrics for resource \(resource): unable to fetch "
            + "metrics from resource metrics API: the server could not find the requested resource "
            + "(get pods.metrics.k8s.io)"
        let message = "the HPA was unable to compute the replica count: \(cause)"
        if conditions["ScalingActive"]?["message"]?.string != message {
            events.record(.warning("FailedGetResourceMetric", cause, by: component), about: autoscaler, &api)
            let summary = "invalid metrics (1 invalid out of 1), first error is: \(cause)"
            events.record(.warning("FailedComputeMetricsReplicas", summary, by: component), about: autoscaler, &api)
        }
        set("ScalingActive", false, "FailedGetResourceMetric", message, api.now)
    }

    private var metric: String {
        let metrics = autoscaler.spec["metrics"]?.array ?? []
        return metrics.lazy.compactMap { $0[path: "resource", "name"]?.string }.first ?? "cpu"
    }

    private mutating func rescale(
        _ target: KubernetesObject, to size: Int, isAbove: Bool, _ api: inout some ControllerAccess,
        _ events: inout EventRecorder
    ) throws(APIStatus) {
        var scaled = target
        scaled.value["spec"]?["replicas"] = .number(size)
        _ = try api.update(scaled, subresource: "", by: Manager.controllers)
        let reason =
            isAbove
            ? "Current number of replicas above Spec.MaxReplicas" : "Current number of replicas below Spec.MinReplicas"
        events.record(
            .normal("SuccessfulRescale", "New size: \(size); reason: \(reason)", by: component), about: autoscaler, &api
        )
        let message = "the HPA controller was able to update the target scale to \(size)"
        set("AbleToScale", true, "SucceededRescale", message, api.now)
    }

    private func write(current: Int, desired: Int, _ api: inout some ControllerAccess) throws(APIStatus) {
        var status = autoscaler.status.isNull ? [:] : autoscaler.status
        if desired != status["desiredReplicas"]?.integer, desired != current, desired > 0 {
            status["lastScaleTime"] = api.now.apiTime
        }
        status["currentReplicas"] = .number(current)
        status["desiredReplicas"] = .number(desired)
        status["observedGeneration"] = autoscaler.generation.flatMap(Value.nonZero)
        guard isFirstVersion else {
            status["conditions"] = conditions.value
            status["currentMetrics"] = status["currentMetrics"] ?? .null
            try autoscaler.updatingStatus(status, &api)
            return
        }
        var changed = autoscaler
        if let text = conditions.value?.json, changed.annotations[Self.annotation] != text {
            changed.annotations[Self.annotation] = text
            changed = try api.update(changed, subresource: "", by: Manager.controllers)
        }
        try changed.updatingStatus(status, &api)
    }
}
