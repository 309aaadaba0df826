internal import FoundationEssentials
internal import Resources

/// What controllers ask of pods.
extension KubernetesObject {
    var phase: String { value[path: "status", "phase"]?.string ?? "" }
    var nodeName: String { value[path: "spec", "nodeName"]?.string ?? "" }
    var hasEnded: Bool { phase == "Succeeded" || phase == "Failed" }
    /// Whether the pod counts as one of those that its controller wants.
    var isActivePod: Bool { !hasEnded && !isBeingDeleted }

    func condition(_ type: String) -> Value? {
        value[path: "status", "conditions"]?.array?.first { $0["type"]?.string == type }
    }

    func hasTrueCondition(_ type: String) -> Bool { condition(type)?["status"] == "True" }

    var isReadyPod: Bool { hasTrueCondition("Ready") }

    /// When the pod counts as available; nil while it is not ready (`IsPodAvailable` in pkg/api/v1/pod/util.go).
    func availableTime(minReadySeconds: Int) -> Date? {
        guard let ready = condition("Ready"), ready["status"] == "True" else { return nil }
        if minReadySeconds == 0 { return .distantPast }
        return ready["lastTransitionTime"]?.instant?.addingTimeInterval(Double(minReadySeconds))
    }

    func isAvailablePod(minReadySeconds: Int, now: Date) -> Bool {
        availableTime(minReadySeconds: minReadySeconds).map { $0 <= now } ?? false
    }

    /// The containers' restarts; the most of any.
    var restarts: Int {
        (value[path: "status", "containerStatuses"]?.array ?? []).compactMap { $0["restartCount"]?.integer }.max() ?? 0
    }
}

extension [KubernetesObject] {
    /// When the first of the pods that are ready counts as available; nil where all of them do.
    func nextAvailable(minReadySeconds: Int, now: Date) -> Date? {
        compactMap { $0.availableTime(minReadySeconds: minReadySeconds) }.filter { $0 > now }.min()
    }

    var inOrderOfCreation: [KubernetesObject] {
        sorted { ($0.created, $0.name) < ($1.created, $1.name) }
    }
}
