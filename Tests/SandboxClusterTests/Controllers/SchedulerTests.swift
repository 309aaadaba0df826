import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Scheduler` {
    private static func demand(_ cpu: String, _ more: [String: Value] = [:]) -> [String: Value] {
        let container: Value = [
            "name": "web", "image": "nginx:1", "resources": ["requests": ["cpu": .string(cpu)]],
        ]
        return ["containers": [container]].merging(more) { $1 }
    }

    private static func id(_ name: String) -> ObjectIdentity { Samples.identity(Kinds.pod, name) }
    private static let first = Samples.identity(Kinds.node, "node-1", namespace: "")

    @Test func `a pod that fits nowhere says why in the scheduler's words, and is bound when there is room`() throws {
        var sandbox = try Sandbox(nodes: 2)
        try sandbox.change(Self.first) {
            $0["spec"]?["taints"] = [["key": "gpu", "value": "yes", "effect": "NoSchedule"]]
        }
        try sandbox.create(Samples.pod("big", spec: Self.demand("20")))
        sandbox.settle()
        let condition = try #require(try sandbox.get(Self.id("big")).condition("PodScheduled"))
        let message = "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {gpu: yes}."
        #expect(condition["status"] == "False" && condition["reason"] == "Unschedulable")
        #expect(condition["message"]?.string == message)
        #expect(sandbox.messages("FailedScheduling") == [message])
        #expect(sandbox.manager.nextDeadline == nil)
        try sandbox.create(SandboxNodes.objects(count: 1, name: "large", cpu: "32")[0].value)
        sandbox.wait(3)
        #expect(try sandbox.get(Self.id("big")).nodeName == "large-1")
        #expect(try sandbox.get(Self.id("big")).isReadyPod)
        #expect(sandbox.messages("Scheduled") == ["Successfully assigned default/big to large-1"])
    }

    @Test func `a pod waits for room that another one gives up`() throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.pod("old", spec: Self.demand("10")))
        sandbox.wait(2)
        try sandbox.create(Samples.pod("new", spec: Self.demand("10")))
        sandbox.wait(60)
        #expect(try sandbox.get(Self.id("new")).nodeName.isEmpty)
        try sandbox.delete(Self.id("old"))
        sandbox.wait(12)
        #expect(try sandbox.get(Self.id("new")).isReadyPod)
    }

    @Test func `the most important pods are bound first, of equals the oldest`() throws {
        var sandbox = try Sandbox(nodes: 0)
        for (name, priority) in [("a", 0), ("b", 5), ("c", 0), ("d", 9)] {
            try sandbox.create(Samples.pod(name, spec: ["priority": .number(priority)]))
        }
        sandbox.settle()
        #expect(sandbox.messages("FailedScheduling").first == "no nodes available to schedule pods")
        try sandbox.create(SandboxNodes.objects(count: 1, pods: 3)[0].value)
        sandbox.wait(3)
        #expect(sandbox.pods.filter { !$0.nodeName.isEmpty }.map(\.name) == ["a", "b", "d"])
        #expect(sandbox.messages("Scheduled").map { $0.prefix(31) }.sorted().count == 3)
    }

    @Test func `a pod of a higher priority takes the place of others, of as few as possible`() throws {
        var sandbox = try Sandbox(nodes: 2)
        for (name, cpu) in [("large", "12"), ("small", "8"), ("other", "8")] {
            try sandbox.create(Samples.pod(name, spec: Self.demand(cpu)))
            sandbox.wait(1)
        }
        try sandbox.create(Samples.pod("vital", spec: Self.demand("14", ["priority": 100])))
        sandbox.settle()
        let vital = try sandbox.get(Self.id("vital"))
        let node = try #require(vital.status["nominatedNodeName"]?.string)
        #expect(try sandbox.get(Self.id("large")).nodeName == node)
        #expect(sandbox.messages("Preempted") == ["Preempted by default/vital on node \(node)"])
        sandbox.wait(5)
        #expect(sandbox.pods.map(\.name) == ["other", "small", "vital"])
        #expect(try sandbox.get(Self.id("vital")).nodeName == node)
    }

    @Test func `a pod that may evict nobody waits`() throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.pod("old", spec: Self.demand("12")))
        sandbox.wait(2)
        try sandbox.create(
            Samples.pod("meek", spec: Self.demand("12", ["priority": 100, "preemptionPolicy": "Never"])))
        sandbox.wait(30)
        #expect(try sandbox.get(Self.id("old")).isReadyPod)
    }

    private static let others: [[String: Value]] = [
        ["schedulerName": "other"], ["schedulingGates": [["name": "wait"]]],
    ]

    @Test(arguments: others)
    func `pods of another scheduler and those that are held back are left alone`(spec: [String: Value]) throws {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.pod("own", spec: spec))
        sandbox.wait(10)
        #expect(try sandbox.get(Self.id("own")).nodeName.isEmpty)
        #expect(sandbox.messages("FailedScheduling").isEmpty)
        try sandbox.change(Self.id("own")) {
            $0["spec"]?["schedulingGates"] = nil; $0["spec"]?["schedulerName"] = nil
        }
        sandbox.wait(2)
        #expect(try sandbox.get(Self.id("own")).isReadyPod)
    }

    @Test func `pods that want to be apart are, and one too many waits`() throws {
        let term: Value = [
            "labelSelector": ["matchLabels": ["app": "web"]], "topologyKey": "kubernetes.io/hostname",
        ]
        let apart: Value = ["podAntiAffinity": ["requiredDuringSchedulingIgnoredDuringExecution": [term]]]
        var sandbox = try Sandbox(nodes: 3)
        let template = Samples.template("web", spec: ["affinity": apart])
        try sandbox.create(Samples.workload("ReplicaSet", "web", replicas: 4, template: template))
        sandbox.wait(5)
        #expect(Set(sandbox.pods.map(\.nodeName)) == ["", "node-1", "node-2", "node-3"])
        let message = "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules."
        #expect(sandbox.messages("FailedScheduling") == [message])
    }

    @Test func `pods alike are spread over the nodes`() throws {
        var sandbox = try Sandbox(nodes: 3)
        try sandbox.create(Samples.workload("ReplicaSet", "web", replicas: 9))
        sandbox.wait(3)
        #expect(
            Dictionary(grouping: sandbox.pods, by: \.nodeName).mapValues(\.count) == [
                "node-1": 3, "node-2": 3, "node-3": 3,
            ])
    }

    @Test func `a thousand pods on ten nodes are bound in about a second of a debug build`() throws {
        var sandbox = try Sandbox(nodes: 0)
        for node in SandboxNodes.objects(count: 10, pods: 200) { try sandbox.create(node.value) }
        sandbox.settle()
        var scheduler = SchedulerController()
        for node in sandbox.cluster.objects(Kinds.node, namespace: nil) {
            _ = scheduler.keys(for: NotedChange(ObjectChange(.added, node)))
        }
        var cluster = BindingRecord()
        for number in 0..<1000 {
            var pod = KubernetesObject(Samples.pod("web-\(number)", labels: ["app": "web"], spec: Self.demand("100m")))
            pod.value["metadata"]?["uid"] = .string("uid-\(number)")
            pod.value["metadata"]?["creationTimestamp"] = cluster.now.apiTime
            cluster.pods[pod.identity] = pod
            _ = scheduler.keys(for: NotedChange(ObjectChange(.added, pod)))
        }
        let key = ObjectIdentity(group: "", kind: "Scheduler", name: "default-scheduler")
        var events = EventRecorder()
        let start = ProcessorTime.ofThread
        while try scheduler.reconcile(key, &cluster, &events) != nil {
            for change in cluster.changes { _ = scheduler.keys(for: NotedChange(change)) }
            cluster.changes = []
        }
        for change in cluster.changes { _ = scheduler.keys(for: NotedChange(change)) }
        let counts = Dictionary(grouping: cluster.pods.values, by: \.nodeName).mapValues(\.count)
        #expect(counts.count == 10 && counts.values.allSatisfy { (70...130).contains($0) })
        #expect(counts.values.reduce(0, +) == 1000)
        // Five times what it takes.
        #expect(ProcessorTime.ofThread - start < 5)
    }
}

/// A cluster that does nothing but keep pods and what they are bound to.
private struct BindingRecord: ControllerAccess {
    let now = Date(timeIntervalSince1970: 1_700_000_000)
    var pods: [ObjectIdentity: KubernetesObject] = [:]
    var changes: [ObjectChange] = []

    func object(_ identity: ObjectIdentity) -> KubernetesObject? { pods[identity] }
    func objects(_ kind: GroupKind, namespace: String?) -> [KubernetesObject] { [] }
    func objects(_ kind: GroupKind, ownedBy uid: String) -> [KubernetesObject] { [] }
    mutating func create(_ object: KubernetesObject, by manager: String) -> KubernetesObject { object }
    mutating func update(_ object: KubernetesObject, subresource: String, by manager: String) -> KubernetesObject {
        object
    }
    mutating func delete(_ identity: ObjectIdentity, uid: String?, propagation: Propagation?, gracePeriod: Int?) {}

    mutating func bind(pod identity: ObjectIdentity, to node: String) {
        guard let earlier = pods[identity] else { return }
        var pod = earlier
        pod.value["spec"]?["nodeName"] = .string(node)
        pods[identity] = pod
        changes.append(ObjectChange(.modified, pod, earlier: earlier))
    }
}
