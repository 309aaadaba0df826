import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

/// How much controllers do at one look, while which requests wait.
@Suite struct `Burst` {
    /// Has a controller look until no pod's change asks for it.
    /// - Returns: How many active pods there are after each look.
    private static func looks(
        of controller: inout any Controller, at key: ObjectIdentity, _ cluster: inout FakeCluster
    ) throws -> [Int] {
        var counts: [Int] = []
        var events = EventRecorder()
        var isAsked = true
        while isAsked, counts.count < 10 {
            _ = try controller.reconcile(key, &cluster, &events)
            counts.append(cluster.objects(Kinds.pod, namespace: nil).count(where: \.isActivePod))
            isAsked = false
            for change in cluster.takeChanges() where change.object.kind == "Pod" {
                if controller.keys(for: NotedChange(change)).contains(key) { isAsked = true }
            }
        }
        return counts
    }

    private static func change(_ key: ObjectIdentity, _ field: String, _ cluster: inout FakeCluster) throws {
        var object = try #require(cluster.object(key))
        object.value["spec"]?[field] = 0
        _ = try cluster.update(object, subresource: "", by: "test")
    }

    @Test(arguments: ["ReplicaSet", "StatefulSet"])
    func `a look makes or ends 500 pods at most, and they bring the next one`(kind: String) throws {
        var cluster = FakeCluster()
        var controller: any Controller = kind == "ReplicaSet" ? ReplicaSetController() : StatefulSetController()
        let spec: [String: Value] = kind == "ReplicaSet" ? [:] : ["podManagementPolicy": "Parallel"]
        let made = try cluster.create(
            KubernetesObject(Samples.workload(kind, "web", replicas: 1200, spec: spec)), by: "test")
        #expect(try Self.looks(of: &controller, at: made.identity, &cluster) == [500, 1000, 1200, 1200])
        try Self.change(made.identity, "replicas", &cluster)
        #expect(try Self.looks(of: &controller, at: made.identity, &cluster) == [700, 200, 0, 0])
    }

    @Test func `a Job makes and ends its pods in parts, too`() throws {
        var cluster = FakeCluster()
        var controller: any Controller = JobController()
        let spec: [String: Value] = ["parallelism": 1200, "completions": 1200]
        let job = try cluster.create(KubernetesObject(Samples.job("task", spec: spec)), by: "test")
        #expect(try Self.looks(of: &controller, at: job.identity, &cluster) == [500, 1000, 1200, 1200])
        try Self.change(job.identity, "parallelism", &cluster)
        #expect(try Self.looks(of: &controller, at: job.identity, &cluster) == [700, 200, 0, 0])
    }

    @Test func `the pods of a Job that has failed go part by part`() throws {
        var cluster = FakeCluster()
        var controller: any Controller = JobController()
        let spec: [String: Value] = ["parallelism": 1200, "completions": 1200, "activeDeadlineSeconds": 30]
        let job = try cluster.create(KubernetesObject(Samples.job("task", spec: spec)), by: "test")
        #expect(try Self.looks(of: &controller, at: job.identity, &cluster).last == 1200)
        cluster.now += 60
        #expect(try Self.looks(of: &controller, at: job.identity, &cluster) == [700, 200, 0, 0])
        let failed = try #require(cluster.object(job.identity))
        #expect(failed.condition("Failed")?["reason"] == "DeadlineExceeded")
        #expect(failed.statusNumber("failed") == 1200)
        #expect(failed.status["active"] == nil)
    }
}
