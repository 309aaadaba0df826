internal import Resources

/// Job: complete, which is stricter than kstatus' started; a suspended Job has nothing to do.
enum JobHealth {
    static func assess(_ job: KubernetesObject) -> ObjectHealth {
        let progress = progress(of: job)
        if let complete = job.condition("Complete"), complete.isTrue {
            return .current("Complete", progress)
        }
        if let failed = job.condition("Failed"), failed.isTrue {
            return .failed(failed.reason ?? "JobFailed", failed.text(or: progress))
        }
        if job.spec["suspend"]?.bool == true {
            return .current("Suspended", "the Job is suspended")
        }
        guard job.status["startTime"]?.string != nil else {
            return .inProgress("NotStarted", "the Job has not started")
        }
        return .inProgress("NotComplete", progress)
    }

    /// `1 of 3 completions, 2 active, 1 failed`; without `completions` any one pod's success completes the Job.
    private static func progress(of job: KubernetesObject) -> String {
        let counts = job.status
        let succeeded = counts["succeeded"]?.integer ?? 0
        let active = counts["active"]?.integer ?? 0
        let failed = counts["failed"]?.integer ?? 0
        let wanted = job.spec["completions"]?.integer ?? job.spec["parallelism"]?.integer ?? 1
        return "\(counted(succeeded, of: wanted, "completion"))"
            + (active > 0 ? ", \(active) active" : "") + (failed > 0 ? ", \(failed) failed" : "")
    }
}
