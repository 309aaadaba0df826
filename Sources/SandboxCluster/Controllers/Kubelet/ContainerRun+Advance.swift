internal import FoundationEssentials
internal import Resources

// MARK: what happens to a container (pkg/kubelet/kuberuntime, pkg/kubelet/images)
extension ContainerRun {
    /// What a container's life depends on, and what it says.
    struct Context {
        let now: Date
        let pod: KubernetesObject
        let bound: Date
        let settings: ControllerSettings
        /// What the container refers to and is not there, as the kubelet words it.
        let missing: (String) -> String?
        var reports: [EventRecorder.Report] = []

        /// How many seconds to wait after so many earlier waits: twice as long each time, up to five minutes.
        func backOff(_ count: Int) -> TimeInterval { min(300, settings.backOff * Double(1 << min(count, 10))) }
    }

    /// Does all that is due.
    mutating func advance(_ context: inout Context) {
        guard frozen == nil, behaviour != .stuck else { return }
        while step(&context) {}
    }

    /// - Returns: Whether something else may be due now.
    private mutating func step(_ context: inout Context) -> Bool {
        if let next, next > context.now {
            noteReadiness(context.now)
            return false
        }
        switch state {
        case .waiting: return start(&context)
        case .running(let since):
            if isTask, next != nil {
                finish(exitCode: 0, reason: "Completed", started: since, &context)
                return true
            }
            noteReadiness(context.now)
            if behaviour == .neverReady { failProbe(&context) }
            return false
        case .ended(let end): return isRestarted(after: end) && start(&context)
        }
    }

    private mutating func noteReadiness(_ now: Date) {
        if isRunning, let readyTime, readyTime <= now { (isReady, self.readyTime) = (true, nil) }
    }

    private func report(_ type: String, _ reason: String, _ message: String, _ context: inout Context) {
        if type == "Normal", !context.settings.recordsNormalEvents { return }
        context.reports.append(
            .init(
                type: type, reason: reason, message: message, component: "kubelet", container: name,
                isInitContainer: isInit))
    }

    private mutating func start(_ context: inout Context) -> Bool {
        if behaviour == .imageMissing {
            failPull(&context)
            return false
        }
        let missing = context.missing(name) ?? (behaviour == .configMissing ? "secret \"missing\" not found" : nil)
        if let missing {
            let trouble = State.waiting(reason: "CreateContainerConfigError", message: missing)
            if state != trouble { report("Warning", "Failed", "Error: \(missing)", &context) }
            (state, next) = (trouble, nil)
            return false
        }
        if let end { last = end }
        if last != nil { restartCount += 1 }
        report("Normal", "Pulled", "Container image \"\(image)\" already present on machine", &context)
        report("Normal", "Created", "Created container \(name)", &context)
        report("Normal", "Started", "Started container \(name)", &context)
        run(&context)
        return true
    }

    private mutating func run(_ context: inout Context) {
        let now = context.now
        (state, next, failures) = (.running(since: now), nil, 0)
        switch behaviour {
        case .crashes: finish(exitCode: 1, reason: "Error", started: now, &context)
        case .exceedsMemory: finish(exitCode: 137, reason: "OOMKilled", started: now, &context)
        case .neverReady: (readyTime, next) = (nil, now.addingTimeInterval(probeDelay))
        case .runs(let after):
            let time = after.map(context.bound.addingTimeInterval) ?? now
            readyTime = max(time, now.addingTimeInterval(probeDelay))
            if isTask {
                next = after == nil ? now.addingTimeInterval(context.settings.taskDuration) : max(time, now)
                readyTime = probeDelay == 0 ? now : readyTime
            }
        default: break
        }
    }

    mutating func finish(exitCode: Int, reason: String, started: Date, _ context: inout Context) {
        let end = End(exitCode: exitCode, reason: reason, started: started, finished: context.now)
        (state, isReady, readyTime, next) = (.ended(end), false, nil, nil)
        guard isRestarted(after: end) else { return }
        if restartCount == 0 {
            next = context.now.addingTimeInterval(context.settings.startDelay)
            return
        }
        let delay = context.backOff(restartCount - 1)
        let pod = context.pod
        let text =
            "restarting failed container=\(name) pod=\(pod.name)_\(pod.namespace)(\(pod.uid ?? ""))"
        state = .waiting(reason: "CrashLoopBackOff", message: "back-off \(Duration.seconds(delay).goText) \(text)")
        (last, next) = (end, context.now.addingTimeInterval(delay))
        report("Warning", "BackOff", "Back-off \(text)", &context)
    }

    private mutating func failPull(_ context: inout Context) {
        if case .waiting("ErrImagePull", _) = state {
            let message = "Back-off pulling image \"\(image)\""
            let delay = context.backOff(failures - 1)
            state = .waiting(reason: "ImagePullBackOff", message: message)
            next = context.now.addingTimeInterval(delay)
            report("Normal", "BackOff", message, &context)
            report("Warning", "Failed", "Error: ImagePullBackOff", &context)
            return
        }
        if let end { last = end }
        failures += 1
        let message = "Failed to pull image \"\(image)\": manifest unknown"
        state = .waiting(reason: "ErrImagePull", message: "manifest unknown")
        next = context.now.addingTimeInterval(context.settings.startDelay)
        report("Normal", "Pulling", "Pulling image \"\(image)\"", &context)
        report("Warning", "Failed", message, &context)
        report("Warning", "Failed", "Error: ErrImagePull", &context)
    }

    /// Tells of it less and less often, as nothing else comes of it.
    private mutating func failProbe(_ context: inout Context) {
        let message = "Readiness probe failed: HTTP probe failed with statuscode: 503"
        report("Warning", "Unhealthy", message, &context)
        next = context.now.addingTimeInterval(context.backOff(failures))
        failures += 1
    }

    /// Takes up a behaviour that somebody has changed while the container was there.
    mutating func take(_ wish: SandboxBehaviour, _ context: inout Context) {
        if wish == behaviour { return }
        (behaviour, failures, frozen) = (wish, 0, nil)
        let soon = context.now.addingTimeInterval(context.settings.startDelay)
        switch state {
        case .waiting:
            (state, next) = (.waiting(reason: "ContainerCreating", message: nil), soon)
        case .running(let since):
            switch wish {
            case .crashes: finish(exitCode: 1, reason: "Error", started: since, &context)
            case .exceedsMemory: finish(exitCode: 137, reason: "OOMKilled", started: since, &context)
            case .neverReady: (isReady, readyTime, next) = (false, nil, context.now)
            case .runs(let after):
                if !isReady { readyTime = context.now.addingTimeInterval(after ?? context.settings.startDelay) }
                if !isTask { next = nil }
            default: break
            }
        case .ended(let end):
            if isRestarted(after: end) { next = soon }
        }
    }

    /// When the container needs a look, if nothing changes.
    var deadline: Date? {
        if frozen != nil || behaviour == .stuck { return nil }
        return [next, isRunning ? readyTime : nil].compactMap { $0 }.min()
    }
}

extension Duration {
    /// As Go writes it: `10s`, `1m20s`, `5m0s`.
    fileprivate var goText: String {
        let seconds = Int(components.seconds)
        return seconds < 60 ? "\(seconds)s" : "\(seconds / 60)m\(seconds % 60)s"
    }
}
