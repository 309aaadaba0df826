import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Controller manager` {
    private static func run() throws -> Sandbox {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.workload("Deployment", "web", replicas: 5))
        try sandbox.create(Samples.workload("StatefulSet", "db", replicas: 3, spec: ["serviceName": "db"]))
        try sandbox.create(Samples.workload("DaemonSet", "agent"))
        try sandbox.create(Samples.job("task", spec: ["completions": 3]))
        sandbox.wait(20)
        return sandbox
    }

    @Test func `equal changes make equal clusters`() throws {
        let (first, second) = (try Self.run(), try Self.run())
        #expect(first.cluster.all == second.cluster.all)
        #expect(first.steps == second.steps)
    }

    @Test func `when all is well nothing is left to do`() throws {
        var sandbox = try Self.run()
        #expect(sandbox.manager.nextDeadline == nil)
        let didSomething = sandbox.manager.step(&sandbox.cluster)
        #expect(!didSomething)
    }

    @Test func `starting anew changes nothing`() throws {
        var sandbox = try Self.run()
        let before = sandbox.cluster.all
        sandbox.manager = ControllerManager()
        for object in before.values.sorted(by: { $0.identity < $1.identity }) {
            sandbox.manager.note(ObjectChange(.added, object))
        }
        sandbox.wait(60)
        #expect(sandbox.cluster.all == before)
    }

    @Test func `work is done in the order of coming, lower levels first, and each once`() {
        var queue = WorkQueue(levels: [.owners, .pods])
        let keys = ["a", "b", "c"].map { ObjectIdentity(group: "", kind: "Pod", name: $0) }
        let now = Date(timeIntervalSince1970: 0)
        for key in keys + keys {
            queue.add(WorkItem(controller: 0, key: key))
            queue.add(WorkItem(controller: 1, key: key))
        }
        var order: [String] = []
        while let item = queue.next(at: now) { order.append("\(item.controller)\(item.key.name)") }
        #expect(order == ["1a", "1b", "1c", "0a", "0b", "0c"])
        #expect(queue.nextDeadline == nil)
    }

    @Test func `an item has one time, the earliest`() {
        var queue = WorkQueue(levels: [.pods])
        let item = WorkItem(controller: 0, key: ObjectIdentity(group: "", kind: "Pod", name: "a"))
        func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }
        queue.add(item, at: time(20))
        queue.add(item, at: time(10))
        queue.add(item, at: time(30))
        #expect(queue.nextDeadline == time(10))
        #expect(queue.next(at: time(5)) == nil)
        #expect(queue.next(at: time(10)) == item)
        #expect(queue.next(at: time(100)) == nil)
        #expect(queue.nextDeadline == nil)
    }

    @Test func `what fails is tried again after twice the time, until it succeeds`() {
        var queue = WorkQueue(levels: [.pods])
        let item = WorkItem(controller: 0, key: ObjectIdentity(group: "", kind: "Pod", name: "a"))
        var now = Date(timeIntervalSince1970: 0)
        var delays: [Double] = []
        for _ in 0..<16 {
            queue.retry(item, now: now)
            let next = queue.nextDeadline ?? .distantFuture
            delays.append(((next.timeIntervalSince(now)) * 10).rounded() / 10)
            now = next
            #expect(queue.next(at: now) == item)
        }
        #expect(delays.prefix(4) == [0.1, 0.2, 0.4, 0.8])
        #expect(delays.last == 1000)
        queue.finish(item, again: nil, now: now)
        queue.retry(item, now: now)
        #expect(queue.nextDeadline == now.addingTimeInterval(0.1))
    }

    @Test func `timers come in the order of their times`() {
        var heap = TimerHeap()
        var generator = SystemRandomNumberGenerator()
        let times = (0..<200).map { Double($0) }.shuffled(using: &generator)
        for time in times {
            let key = ObjectIdentity(group: "", kind: "Pod", name: String(time))
            heap.push(Date(timeIntervalSince1970: time), WorkItem(controller: 0, key: key))
        }
        var order: [Double] = []
        while let first = heap.first {
            order.append(first.time.timeIntervalSince1970)
            heap.pop()
        }
        #expect(order == times.sorted())
    }

    @Test func `an event that says the same again is counted, also after starting anew`() throws {
        var cluster = FakeCluster()
        let pod = try cluster.create(KubernetesObject(Samples.pod("web")), by: "test")
        var recorder = EventRecorder()
        for _ in 0..<3 { recorder.record(.warning("Failed", "it failed", by: "kubelet"), about: pod, &cluster) }
        recorder.record(.warning("Failed", "it failed otherwise", by: "kubelet"), about: pod, &cluster)
        var later = EventRecorder()
        for event in cluster.objects(Kinds.event, namespace: nil) {
            later.note(NotedChange(ObjectChange(.added, event)))
        }
        later.record(.warning("Failed", "it failed", by: "kubelet"), about: pod, &cluster)
        let counts = cluster.objects(Kinds.event, namespace: nil).map { $0.value["count"]?.integer }
        #expect(counts.sorted { $0 ?? 0 < $1 ?? 0 } == [1, 4])
    }

    @Test func `a rollout of ten minutes takes no time`() throws {
        var sandbox = try Sandbox()
        let template = Samples.template("web", annotations: ["endstate.dev/sandbox": "slow=2m"])
        try sandbox.create(Samples.workload("Deployment", "web", replicas: 5, template: template))
        sandbox.wait(130)
        try sandbox.change(Samples.identity(Kinds.deployment, "web")) { deployment in
            deployment["spec"]?["template"] = Samples.template(
                "web", image: "nginx:2", annotations: ["endstate.dev/sandbox": "slow=2m"])
            deployment["spec"]?["strategy"] = [
                "type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0],
            ]
        }
        let start = sandbox.time
        sandbox.wait {
            $0.object(Samples.identity(Kinds.deployment, "web"))?.condition("Progressing")?["reason"]
                == "NewReplicaSetAvailable"
                && $0.objects(Kinds.pod, namespace: "default").allSatisfy {
                    $0.spec["containers"]?[0]?["image"] == "nginx:2"
                }
        }
        #expect((590...620).contains(sandbox.time - start))
    }
}
