import Resources
import Testing

@testable import SandboxCluster

/// An API server with pods and their budgets, and no controllers.
private struct EvictionBench {
    private static let pods = "/api/v1/namespaces/ns/pods"
    private static let budgets = "/apis/policy/v1/namespaces/ns/poddisruptionbudgets"
    private var requests = Requests(minor: 32)

    /// Makes a pod that is bound to a node, so that its deletion takes time.
    mutating func makePod(_ name: String, phase: String = "Running", isReady: Bool = true) {
        let made = requests.send(
            "POST", Self.pods,
            [
                "metadata": ["name": .string(name), "labels": ["app": "web"]],
                "spec": ["nodeName": "n", "containers": [["name": "m", "image": "i"]]],
            ])
        #expect(made.status == 201)
        let condition: Value = ["type": "Ready", "status": isReady ? "True" : "False"]
        let status: Value = ["status": ["phase": .string(phase), "conditions": [condition]]]
        #expect(requests.send("PATCH", "\(Self.pods)/\(name)/status", status, as: Requests.merge).status == 200)
    }

    /// Makes a budget of all pods, with a status as its controller writes it.
    mutating func makeBudget(
        _ name: String = "web", spec: [String: Value] = [:], allowed: Int, healthy: Int, wanted: Int,
        observed: Int = 1
    ) {
        let basis: [String: Value] = ["minAvailable": 1, "selector": ["matchLabels": ["app": "web"]]]
        let made = requests.send(
            "POST", Self.budgets,
            ["metadata": ["name": .string(name)], "spec": .object(basis.merging(spec) { $1 })])
        #expect(made.status == 201)
        let status: Value = [
            "disruptionsAllowed": .number(allowed), "currentHealthy": .number(healthy),
            "desiredHealthy": .number(wanted), "expectedPods": 2, "observedGeneration": .number(observed),
        ]
        let path = "\(Self.budgets)/\(name)/status"
        #expect(requests.send("PATCH", path, ["status": status], as: Requests.merge).status == 200)
    }

    mutating func evict(_ name: String, query: String = "") -> (status: Int, value: Value) {
        requests.send(
            "POST", "\(Self.pods)/\(name)/eviction\(query)",
            ["apiVersion": "policy/v1", "kind": "Eviction", "metadata": ["name": .string(name)]])
    }

    mutating func budgetStatus() -> Value { requests.send("GET", "\(Self.budgets)/web").value["status"] ?? .null }

    /// When the pod was marked; nil where it wasn't.
    mutating func deletionTime(of name: String) -> Value? {
        requests.send("GET", "\(Self.pods)/\(name)").value[path: "metadata", "deletionTimestamp"]
    }
}

@Suite struct `Eviction` {
    @Test func `of two evictions at once only as many pass as the budget allows`() {
        var bench = EvictionBench()
        for name in ["a", "b"] { bench.makePod(name) }
        bench.makeBudget(allowed: 1, healthy: 2, wanted: 1)
        #expect(bench.evict("a").status == 201)
        let status = bench.budgetStatus()
        #expect(status["disruptionsAllowed"] == 0)
        #expect(status["disruptedPods"]?.object?.keys.sorted() == ["a"])
        #expect(status["conditions"]?[0]?["reason"] == "InsufficientPods")
        let refused = bench.evict("b")
        #expect(refused.status == 429)
        #expect(refused.value["message"] == "Cannot evict pod as it would violate the pod's disruption budget.")
        let cause = refused.value[path: "details", "causes"]?[0]
        #expect(cause?["reason"] == "DisruptionBudget")
        #expect(cause?["message"] == "The disruption budget web needs 1 healthy pods and has 2 currently")
        #expect(bench.deletionTime(of: "a") != nil)
        #expect(bench.deletionTime(of: "b") == nil)
    }

    @Test func `a trial takes nothing from the budget`() {
        var bench = EvictionBench()
        bench.makePod("a")
        bench.makeBudget(allowed: 1, healthy: 2, wanted: 1)
        let before = bench.budgetStatus()
        #expect(bench.evict("a", query: "?dryRun=All").status == 201)
        #expect(bench.budgetStatus() == before)
        #expect(bench.deletionTime(of: "a") == nil)
    }

    @Test(arguments: ["Pending", "Succeeded", "Failed"])
    func `pods that serve nobody go whatever their budgets say`(phase: String) {
        var bench = EvictionBench()
        bench.makePod("a", phase: phase)
        for name in ["web", "other"] { bench.makeBudget(name, allowed: 0, healthy: 0, wanted: 1) }
        #expect(bench.evict("a").status == 201)
    }

    @Test func `a pod that is going already needs no budget`() {
        var bench = EvictionBench()
        bench.makePod("a")
        #expect(bench.evict("a").status == 201)
        #expect(bench.deletionTime(of: "a") != nil)
        bench.makeBudget(allowed: 0, healthy: 0, wanted: 1)
        #expect(bench.evict("a").status == 201)
    }

    @Test func `a pod with two budgets can't be evicted`() {
        var bench = EvictionBench()
        bench.makePod("a")
        for name in ["web", "other"] { bench.makeBudget(name, allowed: 1, healthy: 2, wanted: 1) }
        let refused = bench.evict("a")
        #expect(refused.status == 500)
        #expect(
            refused.value["message"]
                == "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.")
        #expect(refused.value["reason"] == nil)
        #expect(bench.deletionTime(of: "a") == nil)
    }

    /// The policy, how many pods are healthy, and what the eviction of one that isn't is answered with.
    @Test(arguments: [
        (nil as String?, 1, 201), (nil, 0, 429), ("IfHealthyBudget", 1, 201), ("IfHealthyBudget", 0, 429),
        ("AlwaysAllow", 0, 201),
    ])
    func `a pod that is not ready may go where enough others are, or the budget says so`(
        policy: String?, healthy: Int, status: Int
    ) {
        var bench = EvictionBench()
        bench.makePod("a", isReady: false)
        let spec = policy.map { ["unhealthyPodEvictionPolicy": Value.string($0)] } ?? [:]
        bench.makeBudget(spec: spec, allowed: 0, healthy: healthy, wanted: 1)
        #expect(bench.evict("a").status == status)
        #expect(bench.budgetStatus()["disruptedPods"] == nil)
    }

    @Test func `a budget that its controller hasn't seen is waited for`() {
        var bench = EvictionBench()
        bench.makePod("a")
        bench.makeBudget(allowed: 1, healthy: 2, wanted: 1, observed: 0)
        let refused = bench.evict("a")
        #expect(refused.status == 429)
        let details = refused.value["details"]
        #expect(details?["retryAfterSeconds"] == 10)
        #expect(
            details?["causes"]?[0]?["message"]
                == "The disruption budget web is still being processed by the server.")
    }
}
