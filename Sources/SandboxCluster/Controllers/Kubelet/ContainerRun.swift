internal import FoundationEssentials
internal import Resources

/// A container on its node: what it does, and what it will do next.
struct ContainerRun: Sendable {
    /// How a process ended.
    struct End: Hashable, Sendable {
        let exitCode: Int
        let reason: String
        let started: Date
        let finished: Date
    }

    enum State: Hashable, Sendable {
        case waiting(reason: String, message: String?)
        case running(since: Date)
        case ended(End)
    }

    let name: String
    let image: String
    let isInit: Bool
    /// Whether it starts before others and goes on beside them (KEP-753).
    let isSidecar: Bool
    /// Whether it does a task and ends, instead of serving.
    let isTask: Bool
    let restarts: RestartPolicy
    /// In seconds, from its start until its probes first succeed.
    let probeDelay: TimeInterval
    var behaviour: SandboxBehaviour
    var state = State.waiting(reason: "ContainerCreating", message: nil)
    var isReady = false
    var restartCount = 0
    var last: End?
    /// When something happens by itself.
    var next: Date?
    /// When its readiness probe first succeeds.
    var readyTime: Date?
    /// How often an image was pulled in vain, or a probe failed.
    var failures = 0
    /// As it was found: a container of another cluster whose trouble nobody knows a reason for.
    var frozen: Value?

    enum RestartPolicy: Sendable {
        case always, onFailure, never
    }

    init(_ container: Value, of pod: KubernetesObject, isInit: Bool, behaviour: SandboxBehaviour) {
        name = container["name"]?.string ?? ""
        image = container["image"]?.string ?? ""
        self.isInit = isInit
        isSidecar = isInit && container["restartPolicy"]?.string == "Always"
        let policy = pod.spec["restartPolicy"]?.string ?? "Always"
        isTask = isInit ? !isSidecar : policy != "Always"
        if isSidecar || (!isInit && policy == "Always") {
            restarts = .always
        } else {
            restarts = policy == "Never" ? .never : .onFailure
        }
        let probes = ["startupProbe", "readinessProbe"].compactMap { container[$0]?["initialDelaySeconds"]?.integer }
        probeDelay = Double(probes.reduce(0, +))
        self.behaviour = behaviour
    }

    var isRunning: Bool {
        if case .running = state { true } else { false }
    }

    var end: End? {
        if case .ended(let end) = state { end } else { nil }
    }

    /// Whether it has ended and won't be started again.
    var isOver: Bool { end.map { !isRestarted(after: $0) } ?? false }
    var hasFailed: Bool { isOver && end?.exitCode != 0 }

    /// Whether what starts after it may start.
    var hasInitialized: Bool { isSidecar ? isRunning : end?.exitCode == 0 }

    func isRestarted(after end: End) -> Bool {
        switch restarts {
        case .always: true
        case .onFailure: end.exitCode != 0
        case .never: false
        }
    }
}
