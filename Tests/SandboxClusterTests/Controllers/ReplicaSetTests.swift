import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `ReplicaSet` {
    private static let web = Samples.identity(Kinds.replicaSet, "web")

    @Test func `pods that match are adopted, and those that no longer match are let go and replaced`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.pod("stray", labels: ["app": "web"]))
        try sandbox.create(Samples.workload("ReplicaSet", "web", replicas: 2))
        sandbox.wait(3)
        #expect(sandbox.activePods.count == 2)
        let stray = Samples.identity(Kinds.pod, "stray")
        #expect(try sandbox.get(stray).controllerReference?.name == "web")
        try sandbox.change(stray) { $0["metadata"]?["labels"] = ["app": "other"] }
        sandbox.wait(3)
        #expect(try sandbox.get(stray).controllerReference == nil)
        #expect(sandbox.activePods.count == 3)
        #expect(try sandbox.get(Self.web).statusNumber("availableReplicas") == 2)
    }

    @Test func `pods that are deleted or have failed are replaced`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.workload("ReplicaSet", "web", replicas: 2))
        sandbox.wait(3)
        let first = try #require(sandbox.activePods.first)
        try sandbox.delete(first.identity)
        sandbox.wait(3)
        #expect(sandbox.cluster.object(first.identity) == nil)
        let second = try #require(sandbox.activePods.first)
        try sandbox.change(second.identity, status: true) { $0["status"]?["phase"] = "Failed" }
        sandbox.wait(3)
        #expect(sandbox.activePods.count == 2)
        #expect(try sandbox.get(Self.web).statusNumber("replicas") == 2)
    }

    /// What makes a pod go before others.
    private static let changes: [(String, Value)] = [
        ("no node", ["spec": ["nodeName": ""]]), ("an early phase", ["status": ["phase": "Pending"]]),
        ("not ready", ["status": ["conditions": [["type": "Ready", "status": "False"]]]]),
        ("a low cost", ["metadata": ["annotations": ["controller.kubernetes.io/pod-deletion-cost": "-5"]]]),
        ("a crowded node", ["spec": ["nodeName": "crowded"]]),
        (
            "ready for less time",
            [
                "status": [
                    "conditions": [["type": "Ready", "status": "True", "lastTransitionTime": "2024-01-02T00:00:00Z"]]
                ]
            ]
        ),
        ("more restarts", ["status": ["containerStatuses": [["restartCount": 2]]]]),
        ("younger", ["metadata": ["creationTimestamp": "2024-01-03T00:00:00Z"]]),
    ]

    @Test(arguments: changes)
    func `pods go first that are worth least`(reason: String, change: Value) {
        let basis: Value = [
            "metadata": ["name": "b", "creationTimestamp": "2024-01-01T00:00:00Z"], "spec": ["nodeName": "node"],
            "status": [
                "phase": "Running",
                "conditions": [["type": "Ready", "status": "True", "lastTransitionTime": "2024-01-01T00:00:00Z"]],
            ],
        ]
        func pod(_ name: String, _ change: Value) -> KubernetesObject {
            var value = basis
            for (field, changes) in change.object ?? [:] {
                for (key, new) in changes.object ?? [:] { value[field]?[key] = new }
            }
            value["metadata"]?["name"] = .string(name)
            return KubernetesObject(value)
        }
        let neighbours = [pod("x", ["spec": ["nodeName": "crowded"]]), pod("y", ["spec": ["nodeName": "crowded"]])]
        let all = [pod("a", [:])] + (reason == "a crowded node" ? neighbours : []) + [pod("z", change)]
        let first = PodRanking.firstToGo(all, count: 1).map(\.name)
        #expect(reason == "a crowded node" ? first == ["x"] : first == ["z"])
    }

    @Test func `a ReplicationController keeps its pods, too`() throws {
        var sandbox = try Sandbox()
        try sandbox.create([
            "apiVersion": "v1", "kind": "ReplicationController",
            "metadata": ["name": "old", "namespace": "default"],
            "spec": ["replicas": 2, "selector": ["app": "old"], "template": Samples.template("old")],
        ])
        sandbox.wait(3)
        let controller = try sandbox.get(Samples.identity(Kinds.replicationController, "old"))
        #expect(controller.statusNumber("readyReplicas") == 2)
        #expect(controller.statusNumber("fullyLabeledReplicas") == 2)
    }
}
