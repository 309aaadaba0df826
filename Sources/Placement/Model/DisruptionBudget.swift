package import Resources

/// How many of some pods may be away at once because somebody wants it so: a PodDisruptionBudget.
package struct DisruptionBudget: Hashable, Sendable {
    package let identity: ObjectIdentity
    private let selector: LabelSelector?
    private let minAvailable: Value?
    private let maxUnavailable: Value?

    /// An empty selector matches every pod, and none in `policy/v1beta1`.
    package init(_ object: KubernetesObject) {
        identity = object.identity
        let spec = object.value["spec"]
        let selector = LabelSelector(spec?["selector"])
        let isNothing = object.apiVersion == "policy/v1beta1" && selector?.requirements.isEmpty ?? true
        self.selector = isNothing ? nil : selector
        minAvailable = spec?["minAvailable"]
        maxUnavailable = spec?["maxUnavailable"]
    }

    func covers(_ pod: SchedulingPod) -> Bool {
        pod.namespace == identity.namespace && selector?.matches(pod.labels) ?? false
    }

    /// How many of its pods may be evicted: both numbers round up (`getExpectedPodCount` in
    /// pkg/controller/disruption/disruption.go).
    /// - Parameters:
    ///   - expected: How many pods there should be.
    ///   - healthy: How many of them are ready.
    func allowed(expected: Int, healthy: Int) -> Int {
        if let maxUnavailable {
            let wanted = expected - Workload.count(maxUnavailable, of: expected, roundsUp: true)
            return healthy - max(0, wanted)
        }
        guard let minAvailable else { return healthy }
        return healthy - Workload.count(minAvailable, of: expected, roundsUp: true)
    }

    /// As people write it.
    var text: String {
        if let maxUnavailable { return "maxUnavailable \(maxUnavailable.plainText)" }
        return minAvailable.map { "minAvailable \($0.plainText)" } ?? "no limit"
    }
}

extension Value {
    fileprivate var plainText: String { string ?? integer.map(String.init) ?? json }
}
