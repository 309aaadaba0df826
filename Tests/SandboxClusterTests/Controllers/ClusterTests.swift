import FoundationEssentials
import Health
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Node` {
    private static let first = Samples.identity(Kinds.node, "node-1", namespace: "")

    private static func setReady(_ status: String, _ sandbox: inout Sandbox) throws {
        let now = sandbox.cluster.now
        try sandbox.change(first, status: true) { node in
            var conditions = Conditions(KubernetesObject(node))
            conditions.set("Ready", status, "Test", "a test says so", now: now)
            node["status"]?["conditions"] = conditions.value
        }
    }

    @Test func `new nodes become ready and have room`() throws {
        var sandbox = try Sandbox(nodes: 0)
        try sandbox.create([
            "apiVersion": "v1", "kind": "Node", "metadata": ["name": "bare"],
            "spec": ["taints": [["key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"]]],
        ])
        sandbox.settle()
        let node = try sandbox.get(Samples.identity(Kinds.node, "bare", namespace: ""))
        #expect(node.hasTrueCondition("Ready"))
        #expect(node.spec["taints"] == nil)
        #expect(node.status[path: "allocatable", "pods"] == "110")
    }

    @Test func `a node that is not ready keeps new pods off, and old ones as long as they bear it`() throws {
        var sandbox = try Sandbox(nodes: 1)
        let bearing: Value = [
            [
                "key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute",
                "tolerationSeconds": 300,
            ]
        ]
        try sandbox.create(Samples.pod("patient", spec: ["tolerations": bearing]))
        try sandbox.create(Samples.pod("other"))
        sandbox.wait(2)
        try Self.setReady("False", &sandbox)
        try sandbox.create(Samples.pod("late"))
        sandbox.wait(10)
        #expect(try sandbox.get(Self.first).spec["taints"]?.array?.count == 2)
        #expect(try sandbox.get(Samples.identity(Kinds.pod, "patient")).isReadyPod == false)
        // Its kubelet is not there to confirm the end.
        #expect(try sandbox.get(Samples.identity(Kinds.pod, "other")).isBeingDeleted)
        #expect(try sandbox.get(Samples.identity(Kinds.pod, "late")).nodeName.isEmpty)
        sandbox.wait(300)
        #expect(try sandbox.get(Samples.identity(Kinds.pod, "patient")).isBeingDeleted)
        try Self.setReady("True", &sandbox)
        sandbox.wait(15)
        #expect(sandbox.pods.map(\.name) == ["late"])
        #expect(sandbox.pods.allSatisfy { $0.isReadyPod })
    }

    @Test func `the pods of a node that is gone are gone, and come elsewhere`() throws {
        var sandbox = try Sandbox(nodes: 2)
        try sandbox.create(Samples.workload("ReplicaSet", "web", replicas: 4))
        sandbox.wait(2)
        try sandbox.delete(Self.first)
        sandbox.wait(39)
        #expect(sandbox.pods.count == 4)
        sandbox.wait(5)
        #expect(sandbox.pods.map(\.nodeName) == ["node-2", "node-2", "node-2", "node-2"])
        #expect(sandbox.pods.allSatisfy { $0.isReadyPod })
    }
}

@Suite struct `Quota` {
    @Test func `what objects use is counted as it comes and goes`() throws {
        var sandbox = try Sandbox()
        let identity = Samples.identity(Kinds.quota, "all")
        let hard: Value = [
            "pods": "10", "requests.cpu": "4", "limits.memory": "8Gi", "services": "5", "count/deployments.apps": "3",
            "configmaps": "10", "persistentvolumeclaims": "2", "requests.storage": "10Gi",
            "standard.storageclass.storage.k8s.io/requests.storage": "10Gi",
        ]
        try sandbox.create([
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": ["name": "all", "namespace": "default"],
            "spec": ["hard": hard],
        ])
        let container: Value = [
            "name": "web", "image": "nginx:1",
            "resources": ["requests": ["cpu": "250m"], "limits": ["memory": "512Mi"]],
        ]
        let template = Samples.template("web", spec: ["containers": [container]])
        try sandbox.create(Samples.workload("Deployment", "web", replicas: 2, template: template))
        try sandbox.create(Samples.claim("data", size: "2Gi"))
        sandbox.wait(3)
        let quota = try sandbox.get(identity)
        #expect(quota.status["hard"] == hard)
        #expect(
            quota.status["used"] == [
                "pods": "2", "requests.cpu": "500m", "limits.memory": "1Gi", "services": "0",
                "count/deployments.apps": "1", "configmaps": "1", "persistentvolumeclaims": "1",
                "requests.storage": "2Gi",
                "standard.storageclass.storage.k8s.io/requests.storage": "2Gi",
            ])
        try sandbox.delete(Samples.identity(Kinds.deployment, "web"))
        sandbox.wait(3)
        #expect(try sandbox.get(identity).status[path: "used", "pods"] == "0")
        #expect(try sandbox.get(identity).status[path: "used", "requests.cpu"] == "0")
    }
}

@Suite struct `Autoscaler` {
    private static let scaler = Samples.identity(Kinds.autoscaler, "web")
    private static let web = Samples.identity(Kinds.deployment, "web")

    private static func object(_ version: String, _ low: Int, _ high: Int) -> Value {
        [
            "apiVersion": .string(version), "kind": "HorizontalPodAutoscaler",
            "metadata": ["name": "web", "namespace": "default"],
            "spec": [
                "minReplicas": .number(low), "maxReplicas": .number(high),
                "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "web"],
            ],
        ]
    }

    @Test(arguments: [(1, 2, 5, 2), (9, 2, 5, 5), (3, 2, 5, 3), (0, 2, 5, 0)])
    func `replicas are kept within the limits, but for those that are switched off`(
        replicas: Int, low: Int, high: Int, result: Int
    ) throws {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.workload("Deployment", "web", replicas: replicas))
        try sandbox.create(Self.object("autoscaling/v2", low, high))
        sandbox.wait(5)
        #expect(try sandbox.get(Self.web).replicas == result)
        let scaler = try sandbox.get(Self.scaler)
        let active = try #require(scaler.condition("ScalingActive"))
        #expect(active["reason"]?.string == (result == 0 ? "ScalingDisabled" : "FailedGetResourceMetric"))
        #expect((Health.assess(scaler).status == .current) == (result == 0))
        #expect(scaler.statusNumber("currentReplicas") == result)
        try sandbox.change(Self.web) { $0["spec"]?["replicas"] = 4 }
        sandbox.wait(5)
        #expect(try sandbox.get(Self.web).replicas == 4)
    }

    @Test func `the first version keeps conditions in an annotation`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.workload("Deployment", "web", replicas: 3))
        try sandbox.create(Self.object("autoscaling/v1", 2, 5))
        sandbox.wait(5)
        let scaler = try sandbox.get(Self.scaler)
        #expect(scaler.status["conditions"] == nil)
        #expect(Health.assess(scaler).reason == "FailedGetResourceMetric")
    }

    @Test func `one without a target says so`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.object("autoscaling/v2", 2, 5))
        sandbox.settle()
        let condition = try #require(try sandbox.get(Self.scaler).condition("AbleToScale"))
        #expect(condition["reason"] == "FailedGetScale")
        let message =
            "the HPA controller was unable to get the target's current scale: deployments.apps \"web\" not found"
        #expect(condition["message"]?.string == message)
    }
}

@Suite struct `Disruption budget` {
    private static let rules: [([String: Value], Int, Int, Int)] = [
        (["minAvailable": 3], 4, 3, 1), (["minAvailable": "50%"], 4, 2, 2), (["maxUnavailable": 1], 4, 3, 1),
        (["maxUnavailable": "30%"], 4, 2, 2), (["minAvailable": 4], 4, 4, 0),
    ]

    @Test(arguments: rules)
    func `it tells how many pods may go`(spec: [String: Value], expected: Int, wanted: Int, allowed: Int) throws {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.workload("Deployment", "web", replicas: 4))
        let selector: [String: Value] = ["selector": ["matchLabels": ["app": "web"]]]
        try sandbox.create([
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "metadata": ["name": "web", "namespace": "default"], "spec": .object(spec.merging(selector) { $1 }),
        ])
        sandbox.wait(3)
        let budget = try sandbox.get(Samples.identity(Kinds.budget, "web"))
        #expect(budget.statusNumber("expectedPods") == expected)
        #expect(budget.statusNumber("desiredHealthy") == wanted)
        #expect(budget.statusNumber("currentHealthy") == 4)
        #expect(budget.statusNumber("disruptionsAllowed") == allowed)
        #expect(
            budget.condition("DisruptionAllowed")?["reason"]?.string
                == (allowed > 0 ? "SufficientPods" : "InsufficientPods"))
    }

    @Test func `a pod whose eviction is granted doesn't count, for two minutes`() throws {
        var sandbox = try Sandbox()
        let web = Samples.identity(Kinds.budget, "web")
        try sandbox.create(Samples.workload("Deployment", "web", replicas: 4))
        try sandbox.create([
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "metadata": ["name": "web", "namespace": "default"],
            "spec": ["minAvailable": 3, "selector": ["matchLabels": ["app": "web"]]],
        ])
        sandbox.wait(3)
        let pod = try #require(sandbox.activePods.first)
        let granted: Value = [pod.name: sandbox.cluster.now.apiTime, "gone": sandbox.cluster.now.apiTime]
        try sandbox.change(web, status: true) { $0["status"]?["disruptedPods"] = granted }
        sandbox.settle()
        #expect(try sandbox.get(web).status["disruptedPods"]?.object?.keys.sorted() == [pod.name])
        #expect(try sandbox.get(web).statusNumber("currentHealthy") == 3)
        #expect(try sandbox.get(web).statusNumber("disruptionsAllowed") == 0)
        sandbox.wait(121)
        #expect(try sandbox.get(web).status["disruptedPods"] == nil)
        #expect(try sandbox.get(web).statusNumber("disruptionsAllowed") == 1)
    }
}

@Suite struct `CustomResourceDefinition` {
    @Test func `it is established with its names, once`() throws {
        let now = Date(timeIntervalSince1970: 1_700_000_000)
        let definition: Value = [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": "widgets.example.org"],
            "spec": [
                "names": ["kind": "Widget", "plural": "widgets"],
                "versions": [["name": "v1", "storage": false], ["name": "v2", "storage": true]],
            ],
        ]
        let established = CustomResourceDefinitionStatus.accepted(definition, now: now)
        #expect(Health.assess(KubernetesObject(established)).status == .current)
        #expect(established[path: "status", "storedVersions"] == ["v2"])
        #expect(
            established[path: "status", "acceptedNames"] == [
                "kind": "Widget", "plural": "widgets", "singular": "widget", "listKind": "WidgetList",
            ])
        #expect(CustomResourceDefinitionStatus.accepted(established, now: now.addingTimeInterval(9)) == established)
    }
}
