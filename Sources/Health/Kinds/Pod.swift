internal import Resources

/// Pod: ready or succeeded; what a kubelet or the scheduler cannot do is failed early.
enum PodHealth {
    @Sendable static func assess(_ object: KubernetesObject, context: HealthContext) -> ObjectHealth {
        let pod = PodStatus(object)
        switch pod.phase {
        case "Succeeded":
            return .current("Succeeded", "the pod has run to its end")
        case "Failed":
            return .failed(object.status["reason"]?.nonEmptyString ?? "Failed", endMessage(of: pod))
        default:
            if pod.isReady { return .current("Ready", "the pod is ready") }
            return scheduling(of: pod, context) ?? containers(of: pod)
        }
    }

    /// Why a pod of phase `Failed` ended: the kubelet's message (an eviction, say) or the container's end.
    static func endMessage(of pod: PodStatus) -> String {
        if let message = pod.object.status["message"]?.nonEmptyString { return message }
        let failed = pod.containers.first { ($0.termination?.exitCode ?? 0) != 0 }
        return failed.map(ContainerTrouble.crash) ?? "the pod has failed"
    }

    private static func scheduling(of pod: PodStatus, _ context: HealthContext) -> ObjectHealth? {
        guard let failure = pod.schedulingFailure else { return nil }
        let message = failure.text(or: "no node has been found")
        switch failure.reason {
        case "Unschedulable":
            return context.isGraceOver(since: pod.unschedulableSince)
                ? .failed("Unschedulable", message) : .inProgress("NotScheduled", message)
        default:
            return .inProgress(failure.reason ?? "NotScheduled", message)
        }
    }

    private static func containers(of pod: PodStatus) -> ObjectHealth {
        if let trouble = pod.containers.lazy.compactMap(ContainerTrouble.init).first {
            return .failed(trouble.reason, trouble.message)
        }
        let main = pod.containers.filter { !$0.isInit }
        if pod.phase == "Running" {
            let ready = main.count { $0.isReady }
            return ready == main.count
                ? .inProgress("NotReady", pod.object.condition("Ready")?.text(or: notReady) ?? notReady)
                : .inProgress("ContainersNotReady", "\(counted(ready, of: main.count, "container")) ready")
        }
        if let initializing = pod.containers.first(where: { $0.isInit && !$0.isReady }) {
            return .inProgress("Initializing", "\(initializing.title) has not yet finished")
        }
        return pod.object.condition("PodScheduled")?.isTrue == true
            ? .inProgress("ContainerCreating", "the pod's containers are being created")
            : .inProgress("NotScheduled", "the pod is not yet scheduled")
    }

    private static let notReady = "the pod is not ready"
}
