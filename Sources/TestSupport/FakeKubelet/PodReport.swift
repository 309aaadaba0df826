internal import FoundationEssentials
internal import KubeClient
internal import Resources

/// What a kubelet reports of a pod: its status, and the events that go with it.
struct PodReport {
    let status: Value
    let events: [KubernetesObject]

    /// The time as the API writes it.
    static var now: Value { .string(Date().formatted(.iso8601)) }

    init(of pod: KubernetesObject, behaviour: PodBehaviour, address: String) {
        let writer = Writer(pod: pod, behaviour: behaviour)
        var status: Value = [
            "phase": .string(writer.phase), "startTime": Self.now, "podIP": .string(address),
            "podIPs": [["ip": .string(address)]], "hostIP": "192.0.2.1",
            "conditions": .array(writer.conditions),
            "containerStatuses": .array(writer.containers("containers", writer.container)),
        ]
        let initContainers = writer.containers("initContainers", writer.initContainer)
        if !initContainers.isEmpty { status["initContainerStatuses"] = .array(initContainers) }
        self.status = status
        events = writer.events
    }
}

private struct Writer {
    let pod: KubernetesObject
    let behaviour: PodBehaviour

    private var restartPolicy: String { pod.value[path: "spec", "restartPolicy"]?.string ?? "Always" }

    var phase: String {
        switch behaviour {
        case .runs: restartPolicy == "Always" ? "Running" : "Succeeded"
        case .crashes, .exceedsMemory: restartPolicy == "Never" ? "Failed" : "Running"
        case .imageMissing, .configMissing, .stuck: "Pending"
        case .neverReady: "Running"
        }
    }

    private var isReady: Bool {
        if case .runs = behaviour { restartPolicy == "Always" } else { false }
    }

    /// The scheduler's condition stays; a merge patch replaces lists as a whole.
    var conditions: [Value] {
        let others = (pod.value[path: "status", "conditions"]?.array ?? []).filter { $0["type"] == "PodScheduled" }
        let ready = phase == "Succeeded" ? condition("Ready", false, "PodCompleted") : condition("Ready", isReady)
        return others + [condition("Initialized", true), ready, condition("ContainersReady", isReady)]
    }

    private func condition(_ type: String, _ isTrue: Bool, _ reason: String? = nil) -> Value {
        var condition: Value = [
            "type": .string(type), "status": isTrue ? "True" : "False", "lastTransitionTime": PodReport.now,
        ]
        if !isTrue { condition["reason"] = .string(reason ?? "ContainersNotReady") }
        return condition
    }

    func containers(_ field: String, _ status: (Value) -> Value) -> [Value] {
        (pod.value[path: "spec", field]?.array ?? []).map(status)
    }

    func initContainer(_ container: Value) -> Value {
        status(of: container, isReady: true, restarts: 0, state: ended(0, "Completed"))
    }

    func container(_ container: Value) -> Value {
        let image = container["image"]?.string ?? ""
        let running: Value = ["running": ["startedAt": PodReport.now]]
        switch behaviour {
        case .runs:
            return status(
                of: container, isReady: isReady, restarts: 0, state: isReady ? running : ended(0, "Completed")
            )
        case .neverReady:
            return status(of: container, isReady: false, restarts: 0, state: running)
        case .imageMissing:
            let waiting = waiting("ImagePullBackOff", "Back-off pulling image \"\(image)\"")
            return status(of: container, isReady: false, restarts: 0, state: waiting)
        case .configMissing, .stuck:
            let waiting = waiting("CreateContainerConfigError", "secret \"missing\" not found")
            return status(of: container, isReady: false, restarts: 0, state: waiting)
        case .crashes:
            return crashed(container, ended(1, "Error"))
        case .exceedsMemory:
            return crashed(container, ended(137, "OOMKilled"))
        }
    }

    private func crashed(_ container: Value, _ end: Value) -> Value {
        if restartPolicy == "Never" { return status(of: container, isReady: false, restarts: 0, state: end) }
        let waiting = waiting("CrashLoopBackOff", "back-off 40s restarting failed container")
        return status(of: container, isReady: false, restarts: 3, state: waiting, lastState: end)
    }

    private func status(
        of container: Value, isReady: Bool, restarts: Int64, state: Value, lastState: Value = [:]
    ) -> Value {
        [
            "name": container["name"] ?? "", "image": container["image"] ?? "", "imageID": "", "ready": .bool(isReady),
            "started": .bool(state["running"] != nil), "restartCount": .integer(restarts), "state": state,
            "lastState": lastState,
        ]
    }

    private func waiting(_ reason: String, _ message: String) -> Value {
        ["waiting": ["reason": .string(reason), "message": .string(message)]]
    }

    private func ended(_ exitCode: Int64, _ reason: String) -> Value {
        [
            "terminated": [
                "exitCode": .integer(exitCode), "reason": .string(reason), "startedAt": PodReport.now,
                "finishedAt": PodReport.now,
            ]
        ]
    }

    var events: [KubernetesObject] {
        (pod.value[path: "spec", "containers"]?.array ?? []).compactMap { container in
            switch behaviour {
            case .imageMissing:
                let image = container["image"]?.string ?? ""
                return event("Failed", "Failed to pull image \"\(image)\": manifest unknown", about: container)
            case .neverReady:
                let message = "Readiness probe failed: HTTP probe failed with statuscode: 503"
                return event("Unhealthy", message, about: container)
            default:
                return nil
            }
        }
    }

    private func event(_ reason: String, _ message: String, about container: Value) -> KubernetesObject {
        let name = container["name"]?.string ?? ""
        return KubernetesObject([
            "apiVersion": "v1", "kind": "Event",
            "metadata": [
                "generateName": .string("\(pod.name)."), "namespace": .string(pod.namespace),
            ],
            "involvedObject": [
                "apiVersion": "v1", "kind": "Pod", "namespace": .string(pod.namespace), "name": .string(pod.name),
                "uid": pod.uid.map(Value.string) ?? .null, "fieldPath": .string("spec.containers{\(name)}"),
            ],
            "type": "Warning", "reason": .string(reason), "message": .string(message), "count": 1,
            "source": ["component": "kubelet"], "firstTimestamp": PodReport.now, "lastTimestamp": PodReport.now,
        ])
    }
}
