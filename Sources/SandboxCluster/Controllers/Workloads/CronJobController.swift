internal import FoundationEssentials
internal import Resources

/// Makes Jobs at the times of a schedule (pkg/controller/cronjob/cronjob_controllerv2.go).
struct CronJobController: Controller {
    let watched: [GroupKind]? = [Kinds.cronJob, Kinds.job]
    let level = WorkLevel.owners
    private let component = "cronjob-controller"

    func keys(for change: NotedChange) -> [ObjectIdentity] {
        if change.identity.groupKind == Kinds.cronJob { return [change.identity] }
        guard let owner = change.controller, owner.groupKind == Kinds.cronJob else { return [] }
        return [ObjectIdentity(groupKind: Kinds.cronJob, namespace: change.identity.namespace, name: owner.name)]
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let cron = api.object(key), !cron.isBeingDeleted else { return nil }
        let jobs = api.objects(Kinds.job, ownedBy: cron.uid ?? "").filter { $0.isControlled(by: cron) }
        var status = status(of: cron, jobs, &api, &events)
        try dropHistory(of: cron, jobs, &api, &events)
        var again: Date?
        if !(cron.spec["suspend"]?.bool ?? false) {
            guard let schedule = cron.spec["schedule"]?.string.flatMap(CronSchedule.init) else {
                let text = cron.spec["schedule"]?.string ?? ""
                events.record(
                    .warning("UnparseableSchedule", "unparseable schedule: \"\(text)\"", by: component), about: cron,
                    &api)
                return nil
            }
            try start(cron, schedule, jobs, &status, &api, &events)
            again = schedule.next(after: api.now)
        }
        try cron.updatingStatus(status, &api)
        return again
    }

    private func status(
        of cron: KubernetesObject, _ jobs: [KubernetesObject], _ api: inout some ControllerAccess,
        _ events: inout EventRecorder
    ) -> Value {
        var status = cron.status.isNull ? [:] : cron.status
        var active = status["active"]?.array ?? []
        for job in jobs where job.isFinishedJob && active.contains(where: { $0["uid"]?.string == job.uid }) {
            active.removeAll { $0["uid"]?.string == job.uid }
            let end = job.hasTrueCondition("Complete") ? "Complete" : "Failed"
            events.record(
                .normal("SawCompletedJob", "Saw completed job: \(job.name), status: \(end)", by: component),
                about: cron,
                &api)
        }
        active.removeAll { reference in !jobs.contains { $0.uid == reference["uid"]?.string } }
        status["active"] = active.isEmpty ? nil : .array(active)
        let successes = jobs.filter { $0.hasTrueCondition("Complete") }.compactMap(\.finishTime)
        if let last = successes.max() { status["lastSuccessfulTime"] = last.apiTime }
        return status
    }

    private func dropHistory(
        of cron: KubernetesObject, _ jobs: [KubernetesObject], _ api: inout some ControllerAccess,
        _ events: inout EventRecorder
    ) throws(APIStatus) {
        let limits = [
            ("Complete", cron.spec["successfulJobsHistoryLimit"]?.integer ?? 3),
            ("Failed", cron.spec["failedJobsHistoryLimit"]?.integer ?? 1),
        ]
        for (end, limit) in limits {
            let finished = jobs.filter { $0.hasTrueCondition(end) && !$0.isBeingDeleted }.inOrderOfCreation
            for job in finished.prefix(max(0, finished.count - limit)) { try delete(job, of: cron, &api, &events) }
        }
    }

    private func delete(
        _ job: KubernetesObject, of cron: KubernetesObject, _ api: inout some ControllerAccess,
        _ events: inout EventRecorder
    ) throws(APIStatus) {
        try api.delete(job.identity, uid: job.uid, propagation: .background, gracePeriod: nil)
        events.record(.normal("SuccessfulDelete", "Deleted job \(job.name)", by: component), about: cron, &api)
    }

    /// Makes the Job whose time has come; of several times that were missed, of the last.
    private func start(
        _ cron: KubernetesObject, _ schedule: CronSchedule, _ jobs: [KubernetesObject], _ status: inout Value,
        _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        var since = status["lastScheduleTime"]?.instant ?? cron.created
        let allowance = cron.spec["startingDeadlineSeconds"]?.integer.map(Double.init)
        if let allowance { since = max(since, api.now.addingTimeInterval(-allowance)) }
        guard let (time, missed) = schedule.last(after: since, until: api.now) else { return }
        if missed > 100 {
            let message =
                "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew"
            events.record(.warning("TooManyMissedTimes", message, by: component), about: cron, &api)
        }
        let running = jobs.filter { !$0.isFinishedJob }
        let policy = cron.spec["concurrencyPolicy"]?.string
        if policy == "Forbid", !running.isEmpty {
            let message = "Not starting job because prior execution is running and concurrency policy is Forbid"
            events.record(.normal("JobAlreadyActive", message, by: component), about: cron, &api)
            return
        }
        if policy == "Replace" {
            for job in running { try delete(job, of: cron, &api, &events) }
            status["active"] = nil
        }
        do throws(APIStatus) {
            let job = try api.create(job(of: cron, at: time), by: Manager.controllers)
            events.record(.normal("SuccessfulCreate", "Created job \(job.name)", by: component), about: cron, &api)
            let reference: Value = [
                "apiVersion": .string(job.apiVersion), "kind": "Job", "namespace": .string(job.namespace),
                "name": .string(job.name), "uid": .string(job.uid ?? ""),
                "resourceVersion": .string(job.resourceVersion ?? ""),
            ]
            status["active"] = .array((status["active"]?.array ?? []) + [reference])
        } catch {
            if isTerminating(cron.namespace, api) { return }
            if error.reason != "AlreadyExists" {
                events.record(
                    .warning("FailedCreate", "Error creating job: \(error.message)", by: component), about: cron, &api)
                throw error
            }
        }
        status["lastScheduleTime"] = time.apiTime
    }

    private func job(of cron: KubernetesObject, at time: Date) -> KubernetesObject {
        let template = cron.spec["jobTemplate"] ?? [:]
        let number = Int(time.timeIntervalSince1970) / 60
        var metadata = template["metadata"] ?? [:]
        metadata["creationTimestamp"] = nil
        metadata["name"] = .string("\(cron.name)-\(number)")
        metadata["namespace"] = .string(cron.namespace)
        metadata["ownerReferences"] = [cron.asController]
        metadata.change(at: ["annotations", "batch.kubernetes.io/cronjob-scheduled-timestamp"]) { $0 = time.apiTime }
        return KubernetesObject([
            "apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": template["spec"] ?? [:],
        ])
    }
}
