internal import FoundationEssentials
internal import Resources

// MARK: a container in its pod's status
extension ContainerRun {
    /// - Parameter isWaitingForOthers: Whether containers that initialize the pod have not all ended.
    func status(podUID: String, isWaitingForOthers: Bool) -> Value {
        if let frozen { return frozen }
        var value: Value = [
            "name": .string(name), "image": .string(image),
            "ready": .bool(isInit && !isSidecar ? isOver && !hasFailed : isReady),
            "restartCount": .number(restartCount), "state": stateValue(isWaitingForOthers), "lastState": [:],
            "started": .bool(isRunning), "imageID": "",
        ]
        if let last { value["lastState"] = ["terminated": Self.value(of: last)] }
        if isRunning || end != nil || last != nil {
            value["imageID"] = .string("sandbox://\(image)")
            value["containerID"] = .string("sandbox://\(podUID)/\(name)/\(restartCount)")
        }
        return value
    }

    private func stateValue(_ isWaitingForOthers: Bool) -> Value {
        switch state {
        case .waiting("ContainerCreating", _) where isWaitingForOthers:
            return ["waiting": ["reason": "PodInitializing"]]
        case .waiting(let reason, let message):
            var waiting: Value = ["reason": .string(reason)]
            waiting["message"] = message.map(Value.string)
            return ["waiting": waiting]
        case .running(let since): return ["running": ["startedAt": since.apiTime]]
        case .ended(let end): return ["terminated": Self.value(of: end)]
        }
    }

    private static func value(of end: End) -> Value {
        [
            "exitCode": .number(end.exitCode), "reason": .string(end.reason), "startedAt": end.started.apiTime,
            "finishedAt": end.finished.apiTime,
        ]
    }

    /// Takes up what an earlier kubelet, or another cluster's, has said of the container.
    /// - Parameter isAsked: Whether the behaviour is one that somebody asks for.
    mutating func restore(_ status: Value, bound: Date, isAsked: Bool, now: Date) {
        restartCount = status["restartCount"]?.integer ?? 0
        isReady = status["ready"]?.bool ?? false
        last = Self.end(status[path: "lastState", "terminated"])
        if let end = Self.end(status[path: "state", "terminated"]) {
            state = .ended(end)
            if isRestarted(after: end) { next = now }
        } else if let since = status[path: "state", "running", "startedAt"]?.instant {
            state = .running(since: since)
            restoreRunning(status, since: since, bound: bound, isAsked: isAsked, now: now)
        } else if !isAsked, Self.isTrouble(status[path: "state", "waiting", "reason"]?.string) {
            frozen = status
        }
    }

    private mutating func restoreRunning(_ status: Value, since: Date, bound: Date, isAsked: Bool, now: Date) {
        if behaviour == .neverReady { next = now }
        if case .runs(let after) = behaviour {
            let time = after.map(bound.addingTimeInterval) ?? since
            if isTask { next = time.addingTimeInterval(after == nil ? 1 : 0) }
            if isReady { return }
            readyTime = max(time, since.addingTimeInterval(probeDelay))
            if !isAsked, !isTask, let readyTime, readyTime < now { frozen = status }
        }
    }

    private static func end(_ value: Value?) -> End? {
        guard let value, let exitCode = value["exitCode"]?.integer else { return nil }
        return End(
            exitCode: exitCode, reason: value["reason"]?.string ?? "",
            started: value["startedAt"]?.instant ?? .distantPast,
            finished: value["finishedAt"]?.instant ?? .distantPast)
    }

    private static func isTrouble(_ reason: String?) -> Bool {
        ["CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "CreateContainerError"]
            .contains(reason)
    }
}
