internal import FoundationEssentials
internal import Resources

/// Runs the pods of Jobs to their end (pkg/controller/job/job_controller.go), and removes Jobs whose time is over.
struct JobController: Controller {
    let watched: [GroupKind]? = [Kinds.job, Kinds.pod]
    let level = WorkLevel.workloads
    private var routing = OwnerRouting(owner: Kinds.job, dependent: Kinds.pod)

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] { routing.keys(for: change) }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let job = api.object(key), !job.isBeingDeleted else { return nil }
        if job.isFinishedJob {
            let pods = api.objects(Kinds.pod, ownedBy: job.uid ?? "").filter { $0.isControlled(by: job) }
            var sync = JobSync(job, pods)
            try sync.removeRest(&api, &events)
            return try expire(job, &api)
        }
        var sync = JobSync(job, try routing.claim(for: job, &api))
        do throws(APIStatus) {
            try sync.run(&api, &events)
        } catch {
            try job.updatingStatus(sync.status, &api)
            throw error
        }
        try job.updatingStatus(sync.status, &api)
        return sync.again
    }

    /// pkg/controller/ttlafterfinished.
    private func expire(_ job: KubernetesObject, _ api: inout some ControllerAccess) throws(APIStatus) -> Date? {
        guard let seconds = job.spec["ttlSecondsAfterFinished"]?.integer, let end = job.finishTime else { return nil }
        let time = end.addingTimeInterval(Double(seconds))
        if time > api.now { return time }
        try api.delete(job.identity, uid: job.uid, propagation: .foreground, gracePeriod: nil)
        return nil
    }
}

extension KubernetesObject {
    var isFinishedJob: Bool { hasTrueCondition("Complete") || hasTrueCondition("Failed") }

    var finishTime: Date? {
        let condition = hasTrueCondition("Complete") ? condition("Complete") : condition("Failed")
        return condition?["lastTransitionTime"]?.instant
    }
}
