import FoundationEssentials
import Health
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Deployment` {
    private static let web = Samples.identity(Kinds.deployment, "web")

    private static func sandbox(
        replicas: Int = 3, template: Value? = nil, spec: [String: Value] = [:]
    ) throws -> Sandbox {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.workload("Deployment", "web", replicas: replicas, template: template, spec: spec))
        sandbox.settle()
        return sandbox
    }

    private static func update(_ sandbox: inout Sandbox, image: String) throws {
        try sandbox.change(web) { $0["spec"]?["template"] = Samples.template("web", image: image) }
        sandbox.settle()
    }

    private static func sets(_ sandbox: Sandbox) -> [KubernetesObject] {
        sandbox.cluster.objects(Kinds.replicaSet, namespace: "default")
            .sorted { RevisionAnnotations.revision(of: $0) < RevisionAnnotations.revision(of: $1) }
    }

    @Test func `a Deployment becomes available within two seconds, and kstatus agrees`() throws {
        var sandbox = try Self.sandbox()
        #expect(Health.assess(try sandbox.get(Self.web)).status == .inProgress)
        sandbox.wait(2)
        let deployment = try sandbox.get(Self.web)
        #expect(Health.assess(deployment).status == .current)
        #expect(deployment.statusNumber("availableReplicas") == 3)
        #expect(deployment.statusNumber("observedGeneration") == 1)
        #expect(deployment.status["unavailableReplicas"] == nil)
        #expect(deployment.annotations[RevisionAnnotations.revision] == "1")
        let progressing = try #require(deployment.condition("Progressing"))
        let name = try #require(Self.sets(sandbox).first).name
        #expect(progressing["reason"] == "NewReplicaSetAvailable")
        #expect(progressing["message"]?.string == "ReplicaSet \"\(name)\" has successfully progressed.")
        #expect(deployment.condition("Available")?["reason"] == "MinimumReplicasAvailable")
        #expect(sandbox.messages("ScalingReplicaSet") == ["Scaled up replica set \(name) to 3"])
        #expect(sandbox.activePods.allSatisfy { $0.labels["pod-template-hash"] != nil && $0.name.hasPrefix(name) })
    }

    @Test(arguments: [
        ("25%", "25%", 3, 1, 3), ("0", "0", 3, 0, 2), ("1", "0", 3, 1, 3), ("0", "50%", 5, 0, 3),
        ("100%", "0", 4, 4, 4),
        ("30%", "30%", 10, 3, 7),
    ])
    func `a rolling update keeps within maxSurge and maxUnavailable`(
        surge: String, unavailable: String, replicas: Int, extra: Int, available: Int
    ) throws {
        func value(_ text: String) -> Value { Int64(text).map(Value.integer) ?? .string(text) }
        let rolling: Value = ["maxSurge": value(surge), "maxUnavailable": value(unavailable)]
        var sandbox = try Self.sandbox(
            replicas: replicas, spec: ["strategy": ["type": "RollingUpdate", "rollingUpdate": rolling]])
        sandbox.wait(5)
        try Self.update(&sandbox, image: "nginx:2")
        var (most, fewest) = (0, Int.max)
        sandbox.wait { cluster in
            let pods = cluster.objects(Kinds.pod, namespace: "default").filter(\.isActivePod)
            most = max(most, pods.count)
            fewest = min(fewest, pods.count(where: \.isReadyPod))
            return cluster.object(Self.web).map { Health.assess($0).status == .current } ?? false
        }
        #expect(most == replicas + extra)
        #expect(fewest == available)
        #expect(Self.sets(sandbox).map(\.replicas) == [0, replicas])
    }

    @Test func `Recreate ends all old pods before it makes new ones`() throws {
        var sandbox = try Self.sandbox(spec: ["strategy": ["type": "Recreate"]])
        sandbox.wait(5)
        try Self.update(&sandbox, image: "nginx:2")
        var images: Set<Set<String>> = []
        sandbox.wait { cluster in
            let pods = cluster.objects(Kinds.pod, namespace: "default")
            images.insert(Set(pods.compactMap { $0.spec["containers"]?[0]?["image"]?.string }))
            return cluster.object(Self.web).map { Health.assess($0).status == .current } ?? false
        }
        #expect(images.isSubset(of: [["nginx:1"], [], ["nginx:2"]]))
        #expect(images.contains(["nginx:2"]))
    }

    @Test func `a rollout that makes no progress exceeds its deadline, and a rollback takes the former ReplicaSet`()
        throws
    {
        var sandbox = try Self.sandbox(spec: ["progressDeadlineSeconds": 60])
        sandbox.wait(5)
        try Self.update(&sandbox, image: "endstate.test/image-missing:1")
        sandbox.wait(30)
        #expect(Health.assess(try sandbox.get(Self.web)).status == .inProgress)
        sandbox.wait(40)
        let late = try sandbox.get(Self.web)
        let name = try #require(Self.sets(sandbox).last).name
        #expect(late.condition("Progressing")?["reason"] == "ProgressDeadlineExceeded")
        #expect(
            late.condition("Progressing")?["message"]?.string == "ReplicaSet \"\(name)\" has timed out progressing.")
        #expect(late.statusNumber("availableReplicas") == 3)
        #expect(sandbox.activePods.count(where: \.isReadyPod) == 3)
        try Self.update(&sandbox, image: "nginx:1")
        sandbox.wait(5)
        let back = try sandbox.get(Self.web)
        #expect(Health.assess(back).status == .current)
        #expect(back.annotations[RevisionAnnotations.revision] == "3")
        let sets = Self.sets(sandbox)
        #expect(sets.map(\.replicas) == [0, 3])
        #expect(sets.last?.annotations[RevisionAnnotations.history] == "1")
    }

    @Test func `scaling changes no revision`() throws {
        var sandbox = try Self.sandbox(replicas: 2)
        sandbox.wait(5)
        try sandbox.change(Self.web) { $0["spec"]?["replicas"] = 5 }
        sandbox.wait(5)
        #expect(sandbox.activePods.count == 5)
        #expect(Self.sets(sandbox).map { $0.annotations[RevisionAnnotations.desiredReplicas] } == ["5"])
        try sandbox.change(Self.web) { $0["spec"]?["replicas"] = 0 }
        sandbox.wait(5)
        #expect(sandbox.pods.isEmpty)
        #expect(Health.assess(try sandbox.get(Self.web)).status == .current)
    }

    @Test func `scaling in the middle of a rollout is shared out`() throws {
        let rolling: Value = ["maxSurge": 3, "maxUnavailable": 2]
        var sandbox = try Self.sandbox(
            replicas: 10, spec: ["strategy": ["type": "RollingUpdate", "rollingUpdate": rolling]])
        sandbox.wait(5)
        try Self.update(&sandbox, image: "endstate.test/image-missing:1")
        sandbox.wait(5)
        #expect(Self.sets(sandbox).map(\.replicas) == [8, 5])
        try sandbox.change(Self.web) { $0["spec"]?["replicas"] = 15 }
        sandbox.settle()
        #expect(Self.sets(sandbox).map(\.replicas) == [11, 7])
    }

    @Test func `a paused Deployment starts no rollout until it is resumed`() throws {
        var sandbox = try Self.sandbox()
        sandbox.wait(5)
        try sandbox.change(Self.web) { $0["spec"]?["paused"] = true }
        try Self.update(&sandbox, image: "nginx:2")
        sandbox.wait(5)
        #expect(Self.sets(sandbox).count == 1)
        #expect(try sandbox.get(Self.web).condition("Progressing")?["reason"] == "DeploymentPaused")
        try sandbox.change(Self.web) { $0["spec"]?["paused"] = nil }
        sandbox.wait(10)
        #expect(Self.sets(sandbox).map(\.replicas) == [0, 3])
        #expect(Health.assess(try sandbox.get(Self.web)).status == .current)
    }

    @Test func `the history is kept within its limit`() throws {
        var sandbox = try Self.sandbox(spec: ["revisionHistoryLimit": 2])
        for number in 2...6 {
            sandbox.wait(10)
            try Self.update(&sandbox, image: "nginx:\(number)")
        }
        sandbox.wait(10)
        #expect(Self.sets(sandbox).map(RevisionAnnotations.revision) == [4, 5, 6])
    }

    @Test func `pods count as available after minReadySeconds`() throws {
        var sandbox = try Self.sandbox(spec: ["minReadySeconds": 30])
        sandbox.wait(20)
        #expect(try sandbox.get(Self.web).statusNumber("readyReplicas") == 3)
        #expect(try sandbox.get(Self.web).statusNumber("availableReplicas") == 0)
        sandbox.wait(20)
        #expect(Health.assess(try sandbox.get(Self.web)).status == .current)
    }

    @Test func `what the API refuses is a condition, and over when it allows it`() throws {
        var sandbox = try Sandbox()
        let message = "pods \"web-x\" is forbidden: exceeded quota: small"
        sandbox.cluster.refusal = { object in
            object.kind == "Pod" ? APIStatus(code: 403, reason: "Forbidden", message: message) : nil
        }
        try sandbox.create(Samples.workload("Deployment", "web", replicas: 2))
        sandbox.wait(3)
        let failure = try #require(try sandbox.get(Self.web).condition("ReplicaFailure"))
        #expect(failure["reason"] == "FailedCreate" && failure["status"] == "True")
        #expect(failure["message"]?.string == message)
        #expect(sandbox.messages("FailedCreate") == ["Error creating: \(message)"])
        sandbox.cluster.refusal = { _ in nil }
        sandbox.wait(60)
        #expect(try sandbox.get(Self.web).condition("ReplicaFailure") == nil)
        #expect(Health.assess(try sandbox.get(Self.web)).status == .current)
    }

    @Test func `a template that differs in what controllers add is the same`() {
        let plain = Samples.template("web")
        #expect(RevisionTemplate.plain(RevisionTemplate.labelled(plain, hash: "x")) == plain)
        #expect(TemplateHash.text(of: plain) == TemplateHash.text(of: Samples.template("web")))
        #expect(TemplateHash.text(of: plain) != TemplateHash.text(of: Samples.template("web", image: "nginx:2")))
        #expect(TemplateHash.text(of: plain) != TemplateHash.text(of: plain, collisions: 1))
    }
}
