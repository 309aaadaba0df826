import FoundationEssentials
import Health
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `StatefulSet` {
    private static let database = Samples.identity(Kinds.statefulSet, "db")

    private static func sandbox(replicas: Int = 3, spec: [String: Value] = [:]) throws -> Sandbox {
        var sandbox = try Sandbox()
        try sandbox.create(
            Samples.workload("StatefulSet", "db", replicas: replicas, spec: spec.merging(["serviceName": "db"]) { $1 }))
        return sandbox
    }

    private static func update(_ sandbox: inout Sandbox, image: String) throws {
        try sandbox.change(database) { $0["spec"]?["template"] = Samples.template("db", image: image) }
    }

    /// The images of the pods by name.
    private static func images(_ sandbox: Sandbox) -> [String: String] {
        Dictionary(
            sandbox.activePods.map { ($0.name, $0.spec["containers"]?[0]?["image"]?.string ?? "") },
            uniquingKeysWith: { first, _ in first })
    }

    @Test(arguments: [("OrderedReady", [1, 2, 3]), ("Parallel", [3, 3, 3])])
    func `pods come one after the other, or all at once`(policy: String, counts: [Int]) throws {
        var sandbox = try Self.sandbox(spec: ["podManagementPolicy": .string(policy)])
        var seen: [Int] = []
        for _ in counts {
            sandbox.settle()
            seen.append(sandbox.pods.count)
            sandbox.wait(1)
        }
        #expect(seen == counts)
        sandbox.wait(1)
        let set = try sandbox.get(Self.database)
        #expect(sandbox.pods.map(\.name) == ["db-0", "db-1", "db-2"])
        #expect(Health.assess(set).status == .current)
        #expect(set.status["currentRevision"] == set.status["updateRevision"])
        let pod = try #require(sandbox.pods.first)
        #expect(pod.labels["controller-revision-hash"] == set.status["updateRevision"]?.string)
        #expect(pod.spec["hostname"] == "db-0" && pod.spec["subdomain"] == "db")
    }

    @Test func `an update goes from the last pod to the first, and waits for each`() throws {
        var sandbox = try Self.sandbox()
        sandbox.wait(10)
        try Self.update(&sandbox, image: "nginx:2")
        var order: [String] = []
        sandbox.wait { cluster in
            let new = cluster.objects(Kinds.pod, namespace: "default").filter {
                $0.spec["containers"]?[0]?["image"] == "nginx:2" && !order.contains($0.name)
            }
            order += new.map(\.name)
            return cluster.object(Self.database).map { Health.assess($0).status == .current } ?? false
        }
        #expect(order == ["db-2", "db-1", "db-0"])
        let set = try sandbox.get(Self.database)
        #expect(set.status["currentRevision"] == set.status["updateRevision"])
        #expect(set.statusNumber("currentReplicas") == 3)
        #expect(sandbox.cluster.objects(Kinds.revision, namespace: "default").map(\.number).sorted() == [1, 2])
    }

    @Test func `pods below the partition keep their template, even when they are replaced`() throws {
        var sandbox = try Self.sandbox(
            spec: ["updateStrategy": ["type": "RollingUpdate", "rollingUpdate": ["partition": 2]]])
        sandbox.wait(10)
        try Self.update(&sandbox, image: "nginx:2")
        sandbox.wait(10)
        try sandbox.delete(Samples.identity(Kinds.pod, "db-0"))
        sandbox.wait(10)
        #expect(Self.images(sandbox) == ["db-0": "nginx:1", "db-1": "nginx:1", "db-2": "nginx:2"])
        #expect(Health.assess(try sandbox.get(Self.database)).status == .current)
    }

    @Test func `with OnDelete only deleted pods are updated`() throws {
        var sandbox = try Self.sandbox(replicas: 2, spec: ["updateStrategy": ["type": "OnDelete"]])
        sandbox.wait(10)
        try Self.update(&sandbox, image: "nginx:2")
        sandbox.wait(10)
        #expect(Self.images(sandbox) == ["db-0": "nginx:1", "db-1": "nginx:1"])
        try sandbox.delete(Samples.identity(Kinds.pod, "db-0"))
        sandbox.wait(10)
        #expect(Self.images(sandbox) == ["db-0": "nginx:2", "db-1": "nginx:1"])
    }

    @Test func `a bad template stops at its first pod, and the former one returns when it is back`() throws {
        var sandbox = try Self.sandbox()
        sandbox.wait(10)
        try Self.update(&sandbox, image: "endstate.test/crash:1")
        sandbox.wait(60)
        #expect(Self.images(sandbox) == ["db-0": "nginx:1", "db-1": "nginx:1", "db-2": "endstate.test/crash:1"])
        try Self.update(&sandbox, image: "nginx:1")
        sandbox.wait(30)
        // It waits for the broken pod, which somebody has to delete.
        #expect(Self.images(sandbox)["db-2"] == "endstate.test/crash:1")
        try sandbox.delete(Samples.identity(Kinds.pod, "db-2"))
        sandbox.wait(10)
        #expect(Health.assess(try sandbox.get(Self.database)).status == .current)
    }

    @Test func `the last pods go first when it is scaled down`() throws {
        var sandbox = try Self.sandbox()
        sandbox.wait(10)
        try sandbox.change(Self.database) { $0["spec"]?["replicas"] = 1 }
        sandbox.settle()
        #expect(sandbox.activePods.map(\.name) == ["db-0", "db-1"])
        sandbox.wait(10)
        #expect(sandbox.pods.map(\.name) == ["db-0"])
    }

    @Test func `each pod has claims of its own, which stay`() throws {
        let template: Value = [
            "metadata": ["name": "data"],
            "spec": [
                "accessModes": ["ReadWriteOnce"], "storageClassName": "standard",
                "resources": ["requests": ["storage": "1Gi"]],
            ],
        ]
        var sandbox = try Self.sandbox(replicas: 2, spec: ["volumeClaimTemplates": [template]])
        sandbox.wait(10)
        let claims = sandbox.cluster.objects(Kinds.claim, namespace: "default")
        #expect(claims.map(\.name) == ["data-db-0", "data-db-1"])
        #expect(claims.allSatisfy { $0.status["phase"] == "Bound" && $0.owners.isEmpty && $0.labels == ["app": "db"] })
        let volume = sandbox.pods.first?.spec["volumes"]?[0]
        #expect(volume == ["name": "data", "persistentVolumeClaim": ["claimName": "data-db-0"]])
        try sandbox.delete(Self.database)
        sandbox.wait(10)
        #expect(sandbox.pods.isEmpty)
        #expect(sandbox.cluster.objects(Kinds.claim, namespace: "default").count == 2)
    }
}
