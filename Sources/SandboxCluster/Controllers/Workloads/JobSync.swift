internal import FoundationEssentials
internal import Resources

/// One look at a Job that is not finished.
struct JobSync {
    private static let component = "job-controller"
    /// How many pods one look makes or ends at most (`MaxPodCreateDeletePerSync`): what becomes of them brings the next look.
    private static let burst = 500
    /// After the first failure, then twice as long each time (`DefaultJobBackOff`, `MaxJobBackOff`); in seconds.
    private static let backOff = (first: 10.0, most: 360.0)

    private let job: KubernetesObject
    private var active: [KubernetesObject]
    private let failed: [KubernetesObject]
    private let succeeded: [KubernetesObject]
    private var failures: Int
    private var conditions: Conditions
    private var started: Value?
    private var completed: Value?
    /// When there is something to do if nothing changes.
    private(set) var again: Date?

    init(_ job: KubernetesObject, _ pods: [KubernetesObject]) {
        self.job = job
        active = pods.filter(\.isActivePod)
        failed = pods.filter { $0.phase == "Failed" }
        succeeded = pods.filter { $0.phase == "Succeeded" }
        failures = failed.count
        conditions = Conditions(job)
        started = job.status["startTime"]
    }

    private var parallelism: Int { job.spec["parallelism"]?.integer ?? 1 }
    private var completions: Int? { job.spec["completions"]?.integer ?? (job.spec["parallelism"] == nil ? 1 : nil) }
    private var limit: Int { job.spec["backoffLimit"]?.integer ?? 6 }
    private var isSuspended: Bool { job.spec["suspend"]?.bool ?? false }
    private var isIndexed: Bool { job.spec["completionMode"]?.string == "Indexed" }

    mutating func run(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        if started == nil, !isSuspended { started = api.now.apiTime }
        if let end = failure(now: api.now) {
            let count = active.count
            try remove(active, &api, &events)
            failures += count
            return finish("Failed", end.reason, end.message, &api, &events)
        }
        if isSuspended { return try suspend(&api, &events) }
        if conditions.isTrue("Suspended") { resume(&api, &events) }
        try manage(&api, &events)
        if isComplete {
            completed = api.now.apiTime
            finish("Complete", nil, nil, &api, &events)
        } else if let end = deadline {
            again = [again, end].compactMap { $0 }.min()
        }
    }

    private var isComplete: Bool {
        guard let completions else { return !succeeded.isEmpty && active.isEmpty }
        return (isIndexed ? indexes(of: succeeded).count : succeeded.count) >= completions
    }

    private var deadline: Date? {
        guard let seconds = job.spec["activeDeadlineSeconds"]?.integer, !isSuspended else { return nil }
        return started?.instant?.addingTimeInterval(Double(seconds))
    }

    private func failure(now: Date) -> (reason: String, message: String)? {
        let restarts = active.reduce(0) { $0 + $1.restarts }
        let isOnFailure = job.spec[path: "template", "spec", "restartPolicy"]?.string == "OnFailure"
        if failed.count > limit || (isOnFailure && restarts > 0 && restarts >= limit) {
            return ("BackoffLimitExceeded", "Job has reached the specified backoff limit")
        }
        if let deadline, deadline <= now {
            return ("DeadlineExceeded", "Job was active longer than specified deadline")
        }
        return nil
    }

    private mutating func finish(
        _ type: String, _ reason: String?, _ message: String?, _ api: inout some ControllerAccess,
        _ events: inout EventRecorder
    ) {
        active = []
        conditions.set(type, "True", reason, message, now: api.now, fields: ["lastProbeTime": api.now.apiTime])
        if let reason, let message {
            events.record(.warning(reason, message, by: Self.component), about: job, &api)
        } else {
            events.record(.normal("Completed", "Job completed", by: Self.component), about: job, &api)
        }
    }

    private mutating func suspend(
        _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        try remove(active, &api, &events)
        if conditions.isTrue("Suspended") { return }
        let fields: [String: Value] = ["lastProbeTime": api.now.apiTime]
        conditions.set("Suspended", "True", "JobSuspended", "Job suspended", now: api.now, fields: fields)
        events.record(.normal("Suspended", "Job suspended", by: Self.component), about: job, &api)
    }

    private mutating func resume(_ api: inout some ControllerAccess, _ events: inout EventRecorder) {
        let fields: [String: Value] = ["lastProbeTime": api.now.apiTime]
        conditions.set("Suspended", "False", "JobResumed", "Job resumed", now: api.now, fields: fields)
        started = api.now.apiTime
        events.record(.normal("Resumed", "Job resumed", by: Self.component), about: job, &api)
    }

    /// Keeps as many pods running as the Job wants now; after failures only when some time is over.
    private mutating func manage(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        var wanted = parallelism
        if let completions {
            wanted = min(parallelism, max(0, completions - succeeded.count))
        } else if !succeeded.isEmpty {
            wanted = min(active.count, parallelism)
        }
        try remove(PodRanking.firstToGo(active, count: active.count - wanted), &api, &events)
        let missing = min(wanted - active.count, Self.burst)
        guard missing > 0 else { return }
        if let time = endOfBackOff, time > api.now {
            again = time
            return
        }
        let indexes: [Int?] = isIndexed ? freeIndexes(missing) : Array(repeating: nil, count: missing)
        for index in indexes { try create(index: index, &api, &events) }
    }

    private var endOfBackOff: Date? {
        let ends = failed.map(\.endTime)
        let lastSuccess = succeeded.map(\.endTime).max() ?? .distantPast
        let recent = ends.filter { $0 > lastSuccess }
        guard let last = recent.max() else { return nil }
        let delay = min(Self.backOff.most, Self.backOff.first * Double(1 << min(recent.count - 1, 10)))
        return last.addingTimeInterval(delay)
    }

    private mutating func create(
        index: Int?, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        do throws(APIStatus) {
            let pod = try api.create(JobPods.pod(of: job, index: index), by: Manager.controllers)
            active.append(pod)
            events.record(.normal("SuccessfulCreate", "Created pod: \(pod.name)", by: Self.component), about: job, &api)
        } catch {
            events.record(
                .warning("FailedCreate", "Error creating: \(error.message)", by: Self.component), about: job, &api)
            throw error
        }
    }

    /// Ends the first of the pods, as many as one look may.
    private mutating func remove(
        _ pods: [KubernetesObject], _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        for pod in pods.prefix(Self.burst) {
            try api.delete(pod.identity, uid: pod.uid, propagation: .background, gracePeriod: nil)
            active.removeAll { $0.uid == pod.uid }
            let message = "Deleted pod: \(pod.name)"
            events.record(.normal("SuccessfulDelete", message, by: Self.component), about: job, &api)
        }
    }

    /// Ends the pods of a Job that is finished, where there were more than one look ends.
    mutating func removeRest(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        try remove(active, &api, &events)
    }

    private func indexes(of pods: [KubernetesObject]) -> Set<Int> {
        Set(pods.compactMap { $0.annotations[JobPods.indexAnnotation].flatMap { Int($0) } })
    }

    private func freeIndexes(_ count: Int) -> [Int] {
        let taken = indexes(of: active + succeeded)
        return Array((0..<max(0, completions ?? 0)).lazy.filter { !taken.contains($0) }.prefix(count))
    }

    var status: Value {
        var status = job.status.isNull ? [:] : job.status
        status["startTime"] = started
        status["completionTime"] = completed
        status["active"] = .nonZero(active.count)
        status["succeeded"] = .nonZero(succeeded.count)
        status["failed"] = .nonZero(failures)
        if isIndexed, !succeeded.isEmpty {
            status["completedIndexes"] = .string(JobPods.text(of: indexes(of: succeeded)))
        }
        status["conditions"] = conditions.value
        return status
    }
}

extension KubernetesObject {
    /// When a pod's containers ended; its creation where that is not known.
    fileprivate var endTime: Date {
        let ends = (status["containerStatuses"]?.array ?? []).compactMap {
            $0[path: "state", "terminated", "finishedAt"]?.instant
        }
        return ends.max() ?? created
    }
}
