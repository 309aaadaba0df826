import Resources

enum PodStrategy {
    static func create(_ fields: inout [String: Value], _ version: KubernetesVersion) {
        let quality = QualityOfService(podSpec: fields["spec"] ?? [:])
        fields["status"] = ["phase": "Pending", "qosClass": .string(quality.rawValue)]
        if version.minor < 27 { SeccompAnnotations.add(to: &fields) }
    }
}

/// How likely a pod is to be evicted (pkg/apis/core/helper/qos).
enum QualityOfService: String {
    case guaranteed = "Guaranteed"
    case burstable = "Burstable"
    case bestEffort = "BestEffort"

    init(podSpec: Value) {
        var requests: [String: ResourceTotal] = [:]
        var limits: [String: ResourceTotal] = [:]
        var everyContainerIsLimited = true
        for container in podSpec.allContainers {
            Self.add(container[path: "resources", "requests"], to: &requests)
            let limited = Self.add(container[path: "resources", "limits"], to: &limits)
            if limited != 2 { everyContainerIsLimited = false }
        }
        if requests.isEmpty && limits.isEmpty {
            self = .bestEffort
        } else if everyContainerIsLimited, requests.count == limits.count,
            requests.allSatisfy({ limits[$0.key]?.nanos == $0.value.nanos })
        {
            self = .guaranteed
        } else {
            self = .burstable
        }
    }

    /// Adds the amounts of cpu and memory that are not zero, and returns how many there were.
    @discardableResult
    private static func add(_ amounts: Value?, to totals: inout [String: ResourceTotal]) -> Int {
        var count = 0
        for name in ["cpu", "memory"] {
            guard let quantity = amounts?[name].flatMap({ Quantity($0) }), quantity.nanos > 0 else { continue }
            totals[name, default: ResourceTotal()] += ResourceTotal(quantity)
            count += 1
        }
        return count
    }
}

extension Value {
    /// The containers of a pod's spec, and those that initialize it.
    var allContainers: [Value] {
        (self["containers"]?.array ?? []) + (self["initContainers"]?.array ?? [])
    }
}

/// The annotations that seccomp profiles were before they were fields, which pods had until 1.27.
private enum SeccompAnnotations {
    static func add(to fields: inout [String: Value]) {
        let spec = fields["spec"] ?? [:]
        var annotations: [String: Value] = [:]
        if let text = text(of: spec) { annotations["seccomp.security.alpha.kubernetes.io/pod"] = text }
        for container in spec.allContainers {
            guard let text = text(of: container), let name = container["name"]?.string else { continue }
            annotations["container.seccomp.security.alpha.kubernetes.io/\(name)"] = text
        }
        guard !annotations.isEmpty else { return }
        fields.edit("metadata") { metadata in
            metadata.editOrMake("annotations") { $0.merge(annotations) { given, _ in given } }
        }
    }

    private static func text(of value: Value) -> Value? {
        guard let profile = value[path: "securityContext", "seccompProfile"] else { return nil }
        switch profile["type"] {
        case "RuntimeDefault": return "runtime/default"
        case "Unconfined": return "unconfined"
        case "Localhost": return (profile["localhostProfile"]?.string).map { .string("localhost/" + $0) }
        default: return nil
        }
    }
}
