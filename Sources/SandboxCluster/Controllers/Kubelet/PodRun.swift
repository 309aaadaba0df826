internal import FoundationEssentials
internal import Resources

/// A pod on its node.
struct PodRun: Sendable {
    let uid: String
    private(set) var bound: Date
    /// Those that initialize it first, in the order of the spec.
    private(set) var containers: [ContainerRun]
    /// Its address once it has one.
    var address: String?
    /// When it has had its time to end.
    var stopTime: Date?
    /// Whether its volumes are mounted.
    private var isSetUp = false
    /// Why it can't be started, as it was reported.
    private var hindrance: String?
    private(set) var isBlocked = false

    /// What a look at the pod brings.
    struct Outcome {
        var reports: [EventRecorder.Report] = []
        /// When to look again.
        var again: Date?
    }

    init(_ pod: KubernetesObject, settings: ControllerSettings, now: Date) {
        uid = pod.uid ?? ""
        bound = pod.status["startTime"]?.instant ?? now
        containers = Self.containers(of: pod, settings)
        let known = ["initContainerStatuses", "containerStatuses"].flatMap { pod.status[$0]?.array ?? [] }
        if known.isEmpty { return }
        let address = pod.status["podIP"]?.string ?? ""
        self.address = address.isEmpty ? nil : address
        isSetUp = self.address != nil
        let wish = SandboxBehaviour.wish(of: pod)
        for index in containers.indices {
            guard let status = known.first(where: { $0["name"]?.string == containers[index].name }) else { continue }
            let isAsked = wish != nil || settings.behaviour(of: containers[index].image) != nil
            containers[index].restore(status, bound: bound, isAsked: isAsked, now: now)
        }
    }

    private static func containers(of pod: KubernetesObject, _ settings: ControllerSettings) -> [ContainerRun] {
        let wish = SandboxBehaviour.wish(of: pod)
        func runs(_ field: String, isInit: Bool) -> [ContainerRun] {
            (pod.spec[field]?.array ?? []).map { container in
                let own = settings.behaviour(of: container["image"]?.string ?? "") ?? .runs(after: nil)
                return ContainerRun(
                    container, of: pod, isInit: isInit, behaviour: isInit ? own : wish ?? own)
            }
        }
        return runs("initContainers", isInit: true) + runs("containers", isInit: false)
    }

    private var isStuck: Bool { containers.contains { $0.behaviour == .stuck } }

    /// When its containers may start.
    private func startTime(_ settings: ControllerSettings) -> Date {
        let delays = containers.filter { !$0.isInit }.compactMap { container in
            if case .runs(let after?) = container.behaviour { after } else { nil }
        }
        return bound.addingTimeInterval(min(settings.startDelay, delays.min() ?? settings.startDelay))
    }

    /// Does all that is due.
    mutating func advance(
        _ pod: KubernetesObject, settings: ControllerSettings, _ api: some ControllerAccess
    ) -> Outcome {
        var context = ContainerRun.Context(
            now: api.now, pod: pod, bound: bound, settings: settings,
            missing: { ConfigLookup.missing(for: $0, of: pod, api) })
        takeWishes(of: pod, &context)
        isBlocked = false
        guard !isStuck else { return Outcome() }
        let start = startTime(settings)
        if api.now < start { return Outcome(reports: context.reports, again: start) }
        if !isSetUp {
            if let problem = ConfigLookup.missingVolume(of: pod, api) {
                isBlocked = true
                defer { hindrance = problem }
                let report = EventRecorder.Report.warning("FailedMount", problem, by: "kubelet")
                return Outcome(reports: problem == hindrance ? [] : [report])
            }
            isSetUp = true
        }
        advanceContainers(&context)
        isBlocked = containers.contains { $0.isWaitingForConfiguration }
        return Outcome(reports: context.reports, again: containers.compactMap(\.deadline).min())
    }

    private mutating func advanceContainers(_ context: inout ContainerRun.Context) {
        for index in containers.indices {
            if containers[index].isInit, containers[index].isOver, containers[index].hasFailed { return }
            containers[index].advance(&context)
            if containers[index].isInit, !containers[index].hasInitialized { return }
        }
    }

    private mutating func takeWishes(of pod: KubernetesObject, _ context: inout ContainerRun.Context) {
        let wish = SandboxBehaviour.wish(of: pod)
        for index in containers.indices {
            let container = containers[index]
            let own = context.settings.behaviour(of: container.image) ?? .runs(after: nil)
            containers[index].take(container.isInit ? own : wish ?? own, &context)
        }
    }

    /// Moves the times that are waited for; those that were told stay.
    mutating func shift(by seconds: TimeInterval) {
        bound.addTimeInterval(seconds)
        stopTime?.addTimeInterval(seconds)
        for index in containers.indices {
            containers[index].next?.addTimeInterval(seconds)
            containers[index].readyTime?.addTimeInterval(seconds)
        }
    }

    var hasInitialized: Bool { containers.allSatisfy { !$0.isInit || $0.hasInitialized } }
    var isStarted: Bool { isSetUp }

    /// Ends all containers well, as those of a pod that is deleted.
    mutating func stop(now: Date) {
        for index in containers.indices {
            guard case .running(let since) = containers[index].state else { continue }
            containers[index].state = .ended(.init(exitCode: 0, reason: "Completed", started: since, finished: now))
            containers[index].isReady = false
        }
    }
}

extension ContainerRun {
    fileprivate var isWaitingForConfiguration: Bool {
        if case .waiting("CreateContainerConfigError", _) = state { frozen == nil } else { false }
    }
}
