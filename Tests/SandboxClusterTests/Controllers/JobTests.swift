import FoundationEssentials
import Health
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Job` {
    private static let task = Samples.identity(Kinds.job, "task")

    private static func sandbox(image: String = "tool:1", spec: [String: Value] = [:]) throws -> Sandbox {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.job("task", image: image, spec: spec))
        sandbox.settle()
        return sandbox
    }

    @Test func `a Job is complete when as many pods as it wants have succeeded`() throws {
        var sandbox = try Self.sandbox(spec: ["completions": 5, "parallelism": 2])
        #expect(sandbox.activePods.count == 2)
        sandbox.wait(20)
        let job = try sandbox.get(Self.task)
        #expect(Health.assess(job).status == .current)
        #expect(job.statusNumber("succeeded") == 5 && job.status["active"] == nil)
        #expect(job.status["startTime"] != nil && job.status["completionTime"] != nil)
        #expect(sandbox.messages("Completed") == ["Job completed"])
    }

    @Test func `failures are tried again after longer and longer times, until the limit`() throws {
        var sandbox = try Self.sandbox(image: "endstate.test/crash:1", spec: ["backoffLimit": 2])
        var starts: [Int] = []
        sandbox.wait { cluster in
            let count = cluster.objects(Kinds.pod, namespace: "default").count
            if count > starts.count { starts.append(Int(cluster.now.timeIntervalSince1970) - 1_700_000_000) }
            return cluster.object(Self.task)?.isFinishedJob ?? false
        }
        #expect(starts == [0, 11, 32])
        let job = try sandbox.get(Self.task)
        #expect(job.statusNumber("failed") == 3)
        #expect(job.condition("Failed")?["reason"] == "BackoffLimitExceeded")
        #expect(job.condition("Failed")?["message"] == "Job has reached the specified backoff limit")
    }

    @Test func `a Job that is too slow is ended`() throws {
        var sandbox = try Self.sandbox(image: "endstate.test/slow:1h", spec: ["activeDeadlineSeconds": 30])
        sandbox.wait(40)
        let job = try sandbox.get(Self.task)
        #expect(job.condition("Failed")?["reason"] == "DeadlineExceeded")
        #expect(sandbox.activePods.isEmpty)
    }

    @Test func `containers that restart count against the limit`() throws {
        let template: Value = [
            "spec": ["restartPolicy": "OnFailure", "containers": [["name": "main", "image": "endstate.test/crash:1"]]]
        ]
        var sandbox = try Self.sandbox(spec: ["template": template, "backoffLimit": 2])
        sandbox.wait(120)
        #expect(try sandbox.get(Self.task).condition("Failed")?["reason"] == "BackoffLimitExceeded")
    }

    @Test func `a suspended Job has no pods until it is resumed`() throws {
        var sandbox = try Self.sandbox(spec: ["suspend": true])
        #expect(sandbox.pods.isEmpty)
        #expect(try sandbox.get(Self.task).condition("Suspended")?["status"] == "True")
        try sandbox.change(Self.task) { $0["spec"]?["suspend"] = false }
        sandbox.wait(5)
        let job = try sandbox.get(Self.task)
        #expect(job.condition("Suspended")?["reason"] == "JobResumed")
        #expect(job.hasTrueCondition("Complete"))
    }

    @Test func `a finished Job is removed when its time to live is over`() throws {
        var sandbox = try Self.sandbox(spec: ["ttlSecondsAfterFinished": 100])
        sandbox.wait(90)
        #expect(try sandbox.get(Self.task).isFinishedJob)
        sandbox.wait(20)
        #expect(sandbox.cluster.object(Self.task) == nil)
        #expect(sandbox.pods.isEmpty)
    }

    @Test func `an indexed Job has one pod for each index`() throws {
        var sandbox = try Self.sandbox(spec: ["completions": 3, "parallelism": 2, "completionMode": "Indexed"])
        sandbox.wait(10)
        #expect(try sandbox.get(Self.task).status["completedIndexes"] == "0-2")
        #expect(sandbox.pods.compactMap { $0.annotations[JobPods.indexAnnotation] }.sorted() == ["0", "1", "2"])
    }
}

@Suite struct `CronJob` {
    private static let night = Samples.identity(Kinds.cronJob, "night")

    private static func sandbox(_ spec: [String: Value]) throws -> Sandbox {
        var sandbox = try Sandbox()
        let template: Value = ["spec": Samples.job("x")["spec"] ?? [:]]
        let basis: [String: Value] = ["schedule": "*/5 * * * *", "jobTemplate": template]
        try sandbox.create([
            "apiVersion": "batch/v1", "kind": "CronJob", "metadata": ["name": "night", "namespace": "default"],
            "spec": .object(basis.merging(spec) { $1 }),
        ])
        return sandbox
    }

    private static func jobs(_ sandbox: Sandbox) -> [KubernetesObject] {
        sandbox.cluster.objects(Kinds.job, namespace: "default")
    }

    @Test func `a Job is made at each time, and the last three are kept`() throws {
        // It begins at 22:13:20.
        var sandbox = try Self.sandbox([:])
        sandbox.wait(60)
        #expect(Self.jobs(sandbox).isEmpty)
        sandbox.wait(60)
        let number = 1_700_000_100 / 60
        #expect(Self.jobs(sandbox).map(\.name) == ["night-\(number)"])
        #expect(try sandbox.get(Self.night).status["lastScheduleTime"] == "2023-11-14T22:15:00Z")
        #expect(sandbox.messages("SawCompletedJob") == ["Saw completed job: night-\(number), status: Complete"])
        sandbox.wait(1500)
        #expect(Self.jobs(sandbox).count == 3)
    }

    @Test(arguments: [("Allow", 2), ("Forbid", 1), ("Replace", 1)])
    func `what happens to a Job that still runs is a matter of policy`(policy: String, count: Int) throws {
        let slow = Samples.job("x", image: "endstate.test/slow:1h")["spec"] ?? [:]
        var sandbox = try Self.sandbox(["concurrencyPolicy": .string(policy), "jobTemplate": ["spec": slow]])
        sandbox.wait(500)
        #expect(Self.jobs(sandbox).count == count)
        let isFirst = Self.jobs(sandbox).first?.name == "night-\(1_700_000_100 / 60)"
        #expect(isFirst == (policy != "Replace"))
        #expect(try sandbox.get(Self.night).status["active"]?.array?.count == count)
    }

    @Test func `a suspended one makes none, and a schedule that is none is said to be so`() throws {
        var sandbox = try Self.sandbox(["suspend": true])
        sandbox.wait(1000)
        #expect(Self.jobs(sandbox).isEmpty)
        try sandbox.change(Self.night) {
            $0["spec"]?["suspend"] = false; $0["spec"]?["schedule"] = "now and then"
        }
        sandbox.wait(1000)
        #expect(Self.jobs(sandbox).isEmpty)
        #expect(sandbox.messages("UnparseableSchedule") == ["unparseable schedule: \"now and then\""])
    }

    @Test(arguments: [
        ("*/15 * * * *", "2023-11-14T22:15:00Z"), ("0 3 * * *", "2023-11-15T03:00:00Z"),
        ("30 1 1 * *", "2023-12-01T01:30:00Z"), ("0 0 29 2 *", "2024-02-29T00:00:00Z"),
        ("0 9 * * mon-fri", "2023-11-15T09:00:00Z"), ("0 9 * * 0", "2023-11-19T09:00:00Z"),
        ("0 9 * * 7", "2023-11-19T09:00:00Z"), ("0 0 1 * fri", "2023-11-17T00:00:00Z"),
        ("@hourly", "2023-11-14T23:00:00Z"), ("@yearly", "2024-01-01T00:00:00Z"),
        ("5,10 22-23 * nov *", "2023-11-14T23:05:00Z"),
    ])
    func `schedules are read as cron reads them`(text: String, next: String) throws {
        let schedule = try #require(CronSchedule(text))
        #expect(schedule.next(after: Date(timeIntervalSince1970: 1_700_000_000))?.apiTime == .string(next))
    }

    @Test(arguments: [
        "", "* * * *", "60 * * * *", "* * 0 * *", "*/0 * * * *", "a * * * *", "5-1 * * * *", "0 0 31 2 * *",
    ])
    func `what is no schedule is none`(text: String) {
        #expect(CronSchedule(text) == nil)
    }
}
