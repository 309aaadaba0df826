internal import Resources

/// What is wrong with one pod.
struct PodFindings {
    private let pod: PodStatus
    private let events: [ClusterEvent]
    private let evidence: HealthEvidence
    private let context: HealthContext
    /// Whether the pod's end is its owner's to judge, as a Job does by its back-off limit.
    private let runsToCompletion: Bool

    init(_ pod: KubernetesObject, evidence: HealthEvidence, context: HealthContext, runsToCompletion: Bool) {
        self.pod = PodStatus(pod)
        self.evidence = evidence
        self.context = context
        self.runsToCompletion = runsToCompletion
        events = evidence.events(about: pod)
    }

    /// Empty where the pod is ready, has succeeded, or is being deleted.
    var all: [Finding] {
        guard !pod.object.isBeingDeleted, !pod.isReady, pod.phase != "Succeeded" else { return [] }
        if pod.phase == "Failed" { return [ended] }
        if let unschedulable { return [unschedulable] }
        let certain = pod.containers.compactMap(finding)
        if !certain.isEmpty { return certain }
        return [hindrance ?? probe ?? starting]
    }

    private func finding(
        _ rank: Finding.Rank, _ severity: Diagnosis.Severity, _ reason: String, _ headline: String,
        details: [String] = []
    ) -> Finding {
        Finding(
            rank: rank, severity: severity, reason: reason, headline: headline, details: details, subject: pod.object
        )
    }

    /// An evicted pod, or one whose containers ended and are not started again.
    private var ended: Finding {
        finding(
            .ended, .waiting, pod.object.status["reason"]?.nonEmptyString ?? "PodFailed",
            PodHealth.endMessage(of: pod),
            details: pod.containers.filter { ($0.termination?.exitCode ?? 0) != 0 }.flatMap(logLines)
        )
    }

    private var unschedulable: Finding? {
        guard let failure = pod.schedulingFailure else { return nil }
        let isOver = failure.reason == "Unschedulable" && context.isGraceOver(since: pod.unschedulableSince)
        return finding(
            .unschedulable, isOver ? .failed : .waiting, failure.reason ?? "NotScheduled",
            "the pod cannot be scheduled: \(failure.text(or: "no node has been found"))",
            details: ClaimFindings(evidence: evidence, context: context).details(of: pod)
        )
    }

    private func finding(for container: ContainerStatus) -> Finding? {
        switch ContainerTrouble(container).map({ ($0, $0.cause) }) {
        case (let trouble, .imagePull)?:
            let message = registryMessage(for: container).map { ContainerTrouble.imagePull(container, because: $0) }
            return finding(.imagePull, .failed, trouble.reason, message ?? trouble.message)
        case (let trouble, .configuration)?:
            return finding(.configuration, .failed, trouble.reason, trouble.message)
        case (let trouble, .crash)?:
            let isTerminal = container.restarts >= Self.terminalRestarts && !runsToCompletion
            return crash(container, isTerminal ? .failed : .waiting, trouble.reason)
        case nil:
            return isBetweenCrashes(container) ? crash(container, .waiting, "ContainerCrashed") : nil
        }
    }

    /// A container may crash once or twice because what it needs is just starting.
    private static let terminalRestarts = 2

    private func isBetweenCrashes(_ container: ContainerStatus) -> Bool {
        guard !container.isReady, let termination = container.termination else { return false }
        return termination.exitCode != 0 || (container.restarts > 0 && !container.isInit)
    }

    private func crash(_ container: ContainerStatus, _ severity: Diagnosis.Severity, _ reason: String) -> Finding {
        let sentence = ContainerTrouble.crash(container)
        var details: [String] = []
        if let message = container.termination?.message, !sentence.contains(message) {
            details.append("\(container.name) said: \(message)")
        }
        if let probe = probeEvent(for: container) { details.append(probe.message) }
        var finding = finding(
            .crash, severity, reason, sentence, details: details + logLines(of: container)
        )
        finding.topic = "crash of \(container.title)"
        return finding
    }

    private func logLines(of container: ContainerStatus) -> [String] {
        let request = LogRequest(container, of: pod.object)
        return (evidence.logs[request] ?? []).map { "\(container.name) | \($0)" }
    }

    /// The event of a failed pull is the one that tells what the registry said: it names the image, while the events
    /// and the status of the back-off that follow do not say why.
    private func registryMessage(for container: ContainerStatus) -> String? {
        let message = events.first {
            $0.reason == "Failed" && $0.container == container.name && $0.message.contains(container.image)
        }?.message
        let prefix = "Failed to pull image \"\(container.image)\": "
        return message.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
    }

    private func probeEvent(for container: ContainerStatus) -> ClusterEvent? {
        events.first { $0.reason == "Unhealthy" && $0.container == container.name }
    }

    /// What keeps all containers from starting: a volume that cannot be mounted, a network that cannot be set up.
    private var hindrance: Finding? {
        guard pod.phase != "Running" else { return nil }
        let warnings = events.filter(\.isWarning)
        if let event = warnings.first(where: { Self.volumeReasons.contains($0.reason) }) {
            return finding(.volume, .waiting, event.reason, "a volume cannot be mounted: \(event.message)")
        }
        return warnings.first {
            $0.reason.hasPrefix("Failed") && $0.container == nil && $0.reason != "FailedScheduling"
        }
        .map { finding(.sandbox, .waiting, $0.reason, $0.message) }
    }

    /// The events of the kubelet and the attach-detach controller about volumes (pkg/kubelet/events).
    private static let volumeReasons: Set<String> = [
        "FailedMount", "FailedAttachVolume", "FailedMapVolume", "VolumeResizeFailed",
    ]

    private var probe: Finding? {
        for container in pod.containers where !container.isReady {
            guard let event = probeEvent(for: container) else { continue }
            return finding(.probe, .waiting, "Unhealthy", "\(container.title) is not ready: \(event.message)")
        }
        return nil
    }

    private var starting: Finding {
        let health = PodHealth.assess(pod.object, context: context)
        let unready = pod.containers.filter { !$0.isInit && !$0.isReady }.map(\.name)
        let names =
            unready.isEmpty || pod.phase != "Running"
            ? "" : ": \(unready.joined(separator: ", ")) is running but not ready"
        return finding(.starting, .waiting, health.reason, health.message + names)
    }
}

extension LogRequest {
    /// The log of the process that ended last.
    init(_ container: ContainerStatus, of pod: KubernetesObject) {
        var previous = container.lastTermination != nil
        if case .terminated = container.state { previous = false }
        self.init(namespace: pod.namespace, pod: pod.name, container: container.name, previous: previous)
    }
}
