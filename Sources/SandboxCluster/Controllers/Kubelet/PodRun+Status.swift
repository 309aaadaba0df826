internal import FoundationEssentials
internal import Resources

// MARK: the pod's status (`generateAPIPodStatus` in pkg/kubelet/kubelet_pods.go)
extension PodRun {
    /// - Parameter host: The node's address.
    func status(of pod: KubernetesObject, host: String, now: Date) -> Value {
        var status = pod.status.isNull ? [:] : pod.status
        let phase = phase(of: pod)
        status["phase"] = .string(phase)
        status["startTime"] = status["startTime"] ?? bound.apiTime
        status["hostIP"] = .string(host)
        if let address, isStarted {
            status["podIP"] = .string(address)
            status["podIPs"] = [["ip": .string(address)]]
        }
        let isWaiting = !hasInitialized
        let values = containers.map { ($0.isInit, $0.status(podUID: uid, isWaitingForOthers: isWaiting)) }
        let initial = values.filter(\.0).map(\.1)
        status["initContainerStatuses"] = initial.isEmpty ? nil : .array(initial)
        status["containerStatuses"] = .array(values.filter { !$0.0 }.map(\.1))
        status["conditions"] = conditions(of: pod, phase, now: now).value
        return status
    }

    private func phase(of pod: KubernetesObject) -> String {
        if containers.contains(where: { $0.isInit && $0.hasFailed }) { return "Failed" }
        if !hasInitialized { return "Pending" }
        let main = containers.filter { !$0.isInit }
        if main.contains(where: \.isUnstarted) { return "Pending" }
        if main.allSatisfy(\.isOver) { return main.contains(where: \.hasFailed) ? "Failed" : "Succeeded" }
        return "Running"
    }

    private func conditions(of pod: KubernetesObject, _ phase: String, now: Date) -> Conditions {
        var conditions = Conditions(pod)
        let fields: [String: Value] = ["lastProbeTime": .null]
        func set(_ type: String, _ isTrue: Bool, _ reason: String? = nil, _ message: String? = nil) {
            conditions.set(type, isTrue ? "True" : "False", reason, message, now: now, fields: fields)
        }
        let isOver = phase == "Succeeded"
        let initializing = containers.filter { $0.isInit && !$0.hasInitialized }.map(\.name)
        if initializing.isEmpty {
            set("Initialized", true, isOver ? "PodCompleted" : nil)
        } else {
            let names = initializing.joined(separator: " ")
            set("Initialized", false, "ContainersNotInitialized", "containers with incomplete status: [\(names)]")
        }
        let unready = containers.filter { !$0.isInit && !$0.countsAsReady }.map(\.name)
        if isOver {
            for type in ["Ready", "ContainersReady"] { set(type, false, "PodCompleted") }
        } else if !unready.isEmpty {
            let message = "containers with unready status: [\(unready.joined(separator: " "))]"
            for type in ["Ready", "ContainersReady"] { set(type, false, "ContainersNotReady", message) }
        } else {
            let gates = (pod.spec["readinessGates"]?.array ?? []).compactMap { $0["conditionType"]?.string }
            let open = gates.filter { !pod.hasTrueCondition($0) }
            if open.isEmpty {
                set("Ready", true)
            } else {
                let texts = open.map { gate in
                    pod.condition(gate) == nil
                        ? "corresponding condition of pod readiness gate \"\(gate)\" does not exist."
                        : "the status of pod readiness gate \"\(gate)\" is not \"True\", but "
                            + (pod.condition(gate)?["status"]?.string ?? "")
                }
                let message = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
                set("Ready", false, "ReadinessGatesNotReady", message)
            }
            set("ContainersReady", true)
        }
        if conditions["PodScheduled"] == nil { set("PodScheduled", true) }
        return conditions
    }
}

extension ContainerRun {
    /// Whether it has never run: what waits to be restarted has.
    fileprivate var isUnstarted: Bool {
        if let frozen {
            return frozen[path: "state", "waiting"] != nil && frozen[path: "lastState", "terminated"] == nil
        }
        if case .waiting = state { return last == nil }
        return false
    }

    fileprivate var countsAsReady: Bool { frozen.map { $0["ready"] == true } ?? isReady }
}
