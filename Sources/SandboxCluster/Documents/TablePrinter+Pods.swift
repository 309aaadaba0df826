internal import Resources

extension TablePrinter {
    /// The printer of pods and templates; nil for other kinds.
    static func podPrinter(_ kind: GroupKind, _ version: KubernetesVersion) -> TablePrinter? {
        guard kind.group.isEmpty else { return nil }
        switch kind.kind {
        case "Pod": return version.minor >= 22 ? pod : earlyPod
        case "PodTemplate": return podTemplate
        default: return nil
        }
    }

    private static func podColumns(restarts: TableColumn) -> [TableColumn] {
        [
            .name, TableColumn("Ready"), TableColumn("Status"), restarts, .age, .wide("IP"), .wide("Node"),
            .wide("Nominated Node"), .wide("Readiness Gates"),
        ]
    }

    private static let pod = TablePrinter(columns: podColumns(restarts: TableColumn("Restarts"))) { object, clock in
        let summary = PodSummary(object.value)
        var restarts = "\(summary.restarts)"
        if summary.restarts > 0, let last = summary.lastRestart { restarts += " (\(clock.ageText(last)) ago)" }
        return podCells(object, summary, restarts: .string(restarts), clock)
    }

    private static let earlyPod = TablePrinter(columns: podColumns(restarts: .integer("Restarts"))) { object, clock in
        let summary = PodSummary(object.value)
        return podCells(object, summary, restarts: .integer(summary.restarts), clock)
    }

    private static func podCells(
        _ object: KubernetesObject, _ summary: PodSummary, restarts: Value, _ clock: TableClock
    ) -> [Value] {
        let pod = object.value
        let address = pod.items("status", "podIPs").first?.text("ip") ?? pod.text("status", "podIP")
        return [
            .string(object.name), .string("\(summary.ready)/\(summary.total)"), .string(summary.reason), restarts,
            clock.age(of: object), TableCells.text(address, orElse: "<none>"),
            TableCells.text(pod.text("spec", "nodeName"), orElse: "<none>"),
            TableCells.text(pod.text("status", "nominatedNodeName"), orElse: "<none>"),
            .string(readinessGates(pod)),
        ]
    }

    private static func readinessGates(_ pod: Value) -> String {
        let gates = pod.items("spec", "readinessGates")
        let open = gates.filter { pod.hasCondition($0.text("conditionType")) }
        return gates.isEmpty ? "<none>" : "\(open.count)/\(gates.count)"
    }

    private static let podTemplate = TablePrinter(
        columns: [.name, TableColumn("Containers"), TableColumn("Images"), TableColumn("Pod Labels")]
    ) { object, _ in
        [.string(object.name)] + TableCells.containers(object.value[path: "template", "spec"])
            + [TableCells.labels(object.value[path: "template", "metadata", "labels"])]
    }
}

/// What the columns `READY`, `STATUS` and `RESTARTS` tell of a pod (`printPod`).
struct PodSummary {
    private(set) var ready = 0
    private(set) var total: Int
    private(set) var reason: String
    private(set) var restarts: Int64 = 0
    /// When the last container that was started again had ended.
    private(set) var lastRestart: Value?
    private var sidecarRestarts: Int64 = 0
    private var lastSidecarRestart: Value?

    init(_ pod: Value) {
        total = pod.items("spec", "containers").count
        let phase = pod.text("status", "phase")
        reason = pod.text("status", "reason")
        if reason.isEmpty { reason = phase }
        if pod.condition("PodScheduled")?["reason"] == "SchedulingGated" { reason = "SchedulingGated" }
        let isInitializing = readInitContainers(pod)
        if !isInitializing || pod.hasCondition("Initialized") {
            // Those of init containers that have done their work don't count.
            (restarts, lastRestart) = (sidecarRestarts, lastSidecarRestart)
            readContainers(pod)
        }
        guard pod[path: "metadata", "deletionTimestamp"] != nil else { return }
        if pod.text("status", "reason") == "NodeLost" {
            reason = "Unknown"
        } else if phase != "Succeeded", phase != "Failed" {
            reason = "Terminating"
        }
    }

    /// Returns whether one of them has still to end.
    private mutating func readInitContainers(_ pod: Value) -> Bool {
        let specs = pod.items("spec", "initContainers")
        let sidecars = Set(specs.filter { $0["restartPolicy"] == "Always" }.map { $0.text("name") })
        total += sidecars.count
        for (index, status) in pod.items("status", "initContainerStatuses").enumerated() {
            addRestarts(of: status)
            let isSidecar = sidecars.contains(status.text("name"))
            if isSidecar {
                sidecarRestarts += status.count("restartCount")
                lastSidecarRestart = Self.later(lastSidecarRestart, Self.lastEnd(of: status))
            }
            let terminated = status[path: "state", "terminated"]
            if let terminated, terminated.count("exitCode") == 0 { continue }
            if isSidecar, status["started"] == true {
                if status["ready"] == true { ready += 1 }
                continue
            }
            let waiting = status.text("state", "waiting", "reason")
            if let terminated {
                reason = "Init:" + Self.reason(of: terminated)
            } else if !waiting.isEmpty, waiting != "PodInitializing" {
                reason = "Init:" + waiting
            } else {
                reason = "Init:\(index)/\(specs.count)"
            }
            return true
        }
        return false
    }

    private mutating func readContainers(_ pod: Value) {
        var hasRunning = false
        for status in pod.items("status", "containerStatuses").reversed() {
            addRestarts(of: status)
            let waiting = status.text("state", "waiting", "reason")
            if !waiting.isEmpty {
                reason = waiting
            } else if let terminated = status[path: "state", "terminated"] {
                reason = Self.reason(of: terminated)
            } else if status["ready"] == true, status[path: "state", "running"] != nil {
                hasRunning = true
                ready += 1
            }
        }
        if reason == "Completed", hasRunning { reason = pod.hasCondition("Ready") ? "Running" : "NotReady" }
    }

    private mutating func addRestarts(of status: Value) {
        restarts += status.count("restartCount")
        lastRestart = Self.later(lastRestart, Self.lastEnd(of: status))
    }

    private static func lastEnd(of status: Value) -> Value? { status[path: "lastState", "terminated", "finishedAt"] }

    private static func later(_ left: Value?, _ right: Value?) -> Value? {
        guard let leftDate = TableClock.date(left) else { return right }
        guard let rightDate = TableClock.date(right) else { return left }
        return leftDate < rightDate ? right : left
    }

    private static func reason(of terminated: Value) -> String {
        let reason = terminated.text("reason")
        if !reason.isEmpty { return reason }
        let signal = terminated.count("signal")
        return signal == 0 ? "ExitCode:\(terminated.count("exitCode"))" : "Signal:\(signal)"
    }
}
