import FoundationEssentials
import Health
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `DaemonSet` {
    private static let agent = Samples.identity(Kinds.daemonSet, "agent")

    private static func sandbox(nodes: Int = 3, template: Value? = nil, spec: [String: Value] = [:]) throws -> Sandbox {
        var sandbox = try Sandbox(nodes: nodes)
        try sandbox.create(Samples.workload("DaemonSet", "agent", template: template, spec: spec))
        sandbox.wait(3)
        return sandbox
    }

    private static func node(_ name: String) -> ObjectIdentity { Samples.identity(Kinds.node, name, namespace: "") }

    @Test func `every node has a pod, also cordoned ones and those that come`() throws {
        var sandbox = try Sandbox(nodes: 2)
        try sandbox.change(Self.node("node-1")) { $0["spec"]?["unschedulable"] = true }
        try sandbox.create(Samples.workload("DaemonSet", "agent"))
        sandbox.wait(3)
        #expect(Set(sandbox.activePods.map(\.nodeName)) == ["node-1", "node-2"])
        try sandbox.create(SandboxNodes.objects(count: 3)[2].value)
        sandbox.wait(3)
        #expect(Set(sandbox.activePods.map(\.nodeName)) == ["node-1", "node-2", "node-3"])
        let set = try sandbox.get(Self.agent)
        #expect(set.statusNumber("desiredNumberScheduled") == 3 && set.statusNumber("numberAvailable") == 3)
        #expect(Health.assess(set).status == .current)
    }

    @Test func `nodes are left out that the template's selector or taints exclude`() throws {
        let template = Samples.template("agent", spec: ["nodeSelector": ["topology.kubernetes.io/zone": "zone-a"]])
        var sandbox = try Self.sandbox(nodes: 6, template: template)
        #expect(Set(sandbox.activePods.map(\.nodeName)) == ["node-1", "node-4"])
        try sandbox.change(Self.node("node-1")) {
            $0["spec"]?["taints"] = [["key": "broken", "effect": "NoExecute"]]
        }
        sandbox.wait(3)
        #expect(sandbox.activePods.map(\.nodeName) == ["node-4"])
        #expect(try sandbox.get(Self.agent).statusNumber("desiredNumberScheduled") == 1)
    }

    private static let limits: [(Value, Int, Int)] = [
        (["maxUnavailable": 1], 2, 3), (["maxUnavailable": 2], 1, 3), (["maxSurge": 1, "maxUnavailable": 0], 3, 4),
    ]

    @Test(arguments: limits)
    func `an update keeps within its limits`(rolling: Value, available: Int, most: Int) throws {
        var sandbox = try Self.sandbox(spec: ["updateStrategy": ["type": "RollingUpdate", "rollingUpdate": rolling]])
        try sandbox.change(Self.agent) { $0["spec"]?["template"] = Samples.template("agent", image: "nginx:2") }
        sandbox.settle()
        var (fewest, highest) = (Int.max, 0)
        sandbox.wait { cluster in
            let pods = cluster.objects(Kinds.pod, namespace: "default").filter(\.isActivePod)
            fewest = min(fewest, pods.count(where: \.isReadyPod))
            highest = max(highest, pods.count)
            return cluster.object(Self.agent).map { Health.assess($0).status == .current } ?? false
        }
        #expect(fewest == available)
        #expect(highest == most)
        #expect(sandbox.activePods.allSatisfy { $0.spec["containers"]?[0]?["image"] == "nginx:2" })
        #expect(sandbox.cluster.objects(Kinds.revision, namespace: "default").count == 2)
    }

    @Test func `with OnDelete pods keep their template until somebody deletes them`() throws {
        var sandbox = try Self.sandbox(nodes: 1, spec: ["updateStrategy": ["type": "OnDelete"]])
        try sandbox.change(Self.agent) { $0["spec"]?["template"] = Samples.template("agent", image: "nginx:2") }
        sandbox.wait(5)
        let pod = try #require(sandbox.activePods.first)
        #expect(pod.spec["containers"]?[0]?["image"] == "nginx:1")
        try sandbox.delete(pod.identity)
        sandbox.wait(5)
        #expect(sandbox.activePods.first?.spec["containers"]?[0]?["image"] == "nginx:2")
    }
}
