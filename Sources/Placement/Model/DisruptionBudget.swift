package import Resources

/// How many of some pods may be away at once because somebody wants it so: a PodDisruptionBudget.
package struct DisruptionBudget: Hashable, Sendable {
    package let identity: ObjectIdentity
    private let selector: LabelSelector?
    private let minAvailable: Value?
    private let maxUnavailable: Value?
    /// Whether pods that are not ready may always go (`unhealthyPodEvictionPolicy: AlwaysAllow`, KEP-3017).
    private let freesUnready: Bool

    /// An empty selector matches every pod, and none in `policy/v1beta1`.
    package init(_ object: KubernetesObject) {
        identity = object.identity
        let spec = object.value["spec"]
        let selector = LabelSelector(spec?["selector"])
        let isNothing = object.apiVersion == "policy/v1beta1" && selector?.requirements.isEmpty ?? true
        self.selector = isNothing ? nil : selector
        minAvailable = spec?["minAvailable"]
        maxUnavailable = spec?["maxUnavailable"]
        freesUnready = spec?["unhealthyPodEvictionPolicy"]?.string == "AlwaysAllow"
    }

    func covers(_ pod: SchedulingPod) -> Bool {
        pod.namespace == identity.namespace && selector?.matches(pod.labels) ?? false
    }

    /// Whether a pod can't be evicted, whatever is waited for (`EvictionREST.Create` in
    /// pkg/registry/core/pod/storage/eviction.go).
    /// - Parameter pods: All that it covers.
    func blocks(_ pod: SchedulingPod, of pods: [SchedulingPod]) -> Bool {
        let healthy = pods.count(where: \.isReady)
        let wanted = wanted(of: pods.count)
        if healthy > wanted { return false }
        // Those that are not ready may go where enough others are.
        return pod.isReady || !freesUnready && healthy < wanted
    }

    /// How many pods must be ready; both numbers round up (`getExpectedPodCount` in
    /// pkg/controller/disruption/disruption.go).
    private func wanted(of expected: Int) -> Int {
        if let maxUnavailable {
            return max(0, expected - Workload.count(maxUnavailable, of: expected, roundsUp: true))
        }
        return minAvailable.map { Workload.count($0, of: expected, roundsUp: true) } ?? 0
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
