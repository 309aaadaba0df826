internal import FoundationEssentials
internal import Resources

/// A pod as the rules and the diagnosis read it.
struct PodStatus {
    let object: KubernetesObject
    /// Init containers first, in the order of the spec; those that the kubelet has not reported are missing.
    let containers: [ContainerStatus]

    init(_ pod: KubernetesObject) {
        object = pod
        let limits = Self.memoryLimits(of: pod)
        func statuses(_ field: String, isInit: Bool) -> [ContainerStatus] {
            (pod.status[field]?.array ?? []).compactMap {
                ContainerStatus($0, isInit: isInit, memoryLimit: $0["name"]?.string.flatMap { limits[$0] })
            }
        }
        containers =
            statuses("initContainerStatuses", isInit: true) + statuses("containerStatuses", isInit: false)
    }

    /// `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`, or empty where no kubelet has reported.
    var phase: String { object.status["phase"]?.string ?? "" }

    var isReady: Bool { object.condition("Ready")?.isTrue ?? false }

    /// The condition that says why the scheduler has found no node; nil where it has or was not yet asked.
    var schedulingFailure: Condition? {
        guard let scheduled = object.condition("PodScheduled"), scheduled.isFalse else { return nil }
        return scheduled
    }

    /// Since when the scheduler has found no node.
    var unschedulableSince: Date? {
        schedulingFailure?.lastTransition ?? object.metadata["creationTimestamp"]?.date
    }

    /// The PersistentVolumeClaims among the volumes.
    var claimIdentities: [ObjectIdentity] {
        (object.spec["volumes"]?.array ?? []).compactMap { volume in
            volume[path: "persistentVolumeClaim", "claimName"]?.string.map {
                ObjectIdentity(group: "", kind: "PersistentVolumeClaim", namespace: object.namespace, name: $0)
            }
        }
    }

    private static func memoryLimits(of pod: KubernetesObject) -> [String: String] {
        let containers = (pod.spec["initContainers"]?.array ?? []) + (pod.spec["containers"]?.array ?? [])
        let limits = containers.compactMap { container -> (String, String)? in
            guard let name = container["name"]?.string,
                let limit = container[path: "resources", "limits", "memory"]?.string
            else { return nil }
            return (name, limit)
        }
        return Dictionary(limits, uniquingKeysWith: { first, _ in first })
    }
}
