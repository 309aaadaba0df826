import Resources
import Testing

@testable import Placement

/// A plan's workloads on a small cluster, and what is said of the last of them.
struct PlanCase: CustomTestStringConvertible, Sendable {
    let name: String
    var nodes: [SchedulingNode] = [node("a"), node("b")]
    var pods: [SchedulingPod] = []
    var workloads: [Workload]
    /// Whether each workload starts when the ones before it are finished.
    var isOrdered = false
    let certainty: PlacementVerdict.Certainty
    var nodesOfTrial: [String: Int]?
    var reason: String?
    var hint: String?

    var testDescription: String { name }

    var verdict: PlacementVerdict? {
        var question = PlacementQuestion(nodes: nodes, pods: pods, workloads: workloads)
        if isOrdered {
            for (index, workload) in workloads.enumerated() {
                question.predecessors[workload.identity] = Set(workloads.prefix(index).map(\.identity))
            }
        }
        return PlacementSimulator(question).verdicts().last { $0.workload == workloads.last?.identity }
    }
}

/// A workload whose pods are as the text says.
func workload(
    _ name: String, _ replicas: Int, _ yaml: String, kind: String = "Deployment",
    _ strategy: Workload.Strategy = .rolling(surge: 1, unavailable: 0), replacing: [SchedulingPod] = []
) -> Workload {
    Workload(
        identity: ObjectIdentity(group: kind == "Pod" ? "" : "apps", kind: kind, namespace: "default", name: name),
        pod: pod(name, yaml),
        replicas: replicas, strategy: strategy, existing: replacing, replacesExisting: !replacing.isEmpty)
}

@Suite("What a plan says of its pods")
struct RolloutTests {
    @Test("is as certain as can be known, and no more", arguments: arrivals + rollouts + plans)
    func verdict(_ row: PlanCase) throws {
        let verdict = try #require(row.verdict)
        #expect(verdict.certainty == row.certainty)
        if let nodes = row.nodesOfTrial {
            #expect(Dictionary(uniqueKeysWithValues: verdict.trial.map { ($0.node, $0.pods) }) == nodes)
        }
        if let reason = row.reason { #expect(verdict.reason == reason) }
        if let hint = row.hint { #expect(verdict.hint == hint) }
        if row.certainty == .impossible { #expect(verdict.message != nil) }
    }

    private static let apart =
        "labels: {app: web}, affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
        + "[{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}"

    private static func old(_ count: Int, _ yaml: String = "cpu: 1", on nodes: [String]) -> [SchedulingPod] {
        (0..<count).map { index in
            var old = pod("web-\(index)", "{\(yaml)}")
            old.nodeName = nodes[index % nodes.count]
            old.isReady = true
            return old
        }
    }

    @Test("counts the least and the most that an autoscaler may ask for")
    func scales() throws {
        var web = workload("web", 3, "{cpu: 2}")
        web.scaling = 2...9
        let verdict = try #require(PlanCase(name: "", workloads: [web], certainty: .guaranteed).verdict)
        #expect(verdict.certainty == .guaranteed)
        #expect(
            verdict.scaling == [.init(pods: 2, certainty: .guaranteed), .init(pods: 9, certainty: .impossible)])
        web.replicas = 5
        let full = try #require(PlanCase(name: "", workloads: [web], certainty: .impossible).verdict)
        #expect(full.certainty == .impossible)
        #expect(full.scaling.first?.certainty == .guaranteed)
    }

    private static func kept(_ workload: Workload, byPolicyOn label: String) throws -> Workload {
        let policy = PlacementPolicy(
            name: "departments", mode: .enforce, rule: .isolate(label: label, topologyKey: "kubernetes.io/hostname"),
            location: SourceLocation(file: "p.yaml", line: 1, column: 1))
        let template: Value = [
            "metadata": ["labels": .object(workload.pod.labels.mapValues(Value.string))], "spec": [:],
        ]
        let object = KubernetesObject([
            "kind": "Deployment", "metadata": ["name": .string(workload.identity.name), "namespace": "default"],
            "spec": ["template": template],
        ])
        let result = try PolicyEnforcement().enforce([policy], on: object, namespace: "default")
        let made = SchedulingPod(
            KubernetesObject([
                "metadata": [
                    "name": "p", "namespace": "default", "labels": template[path: "metadata", "labels"] ?? [:],
                ],
                "spec": result.object.value[path: "spec", "template", "spec"] ?? [:],
            ]))
        var kept = workload
        kept.pod.antiAffinity = made.antiAffinity
        kept.additions = result.additions
        return kept
    }

    @Test("tells a policy from a reason of the scheduler's")
    func namesPolicies() throws {
        let there = pod("there", "{labels: {department: ops}, node: a}")
        let web = try Self.kept(workload("web", 2, "{labels: {department: pay}}"), byPolicyOn: "department")
        let stuck = try #require(
            PlanCase(name: "", nodes: [node("a")], pods: [there], workloads: [web], certainty: .impossible).verdict)
        #expect(stuck.certainty == .impossible)
        #expect(stuck.message == "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.")
        #expect(stuck.reason == "the policy departments")
        #expect(stuck.hint == "0 of 2 pods would fit; add nodes, or set its mode to check")

        let agent = try Self.kept(
            workload("agent", 0, "{labels: {department: pay}}", kind: "DaemonSet", .perNode(surges: false)),
            byPolicyOn: "department")
        let kept = try #require(PlanCase(name: "", pods: [there], workloads: [agent], certainty: .impossible).verdict)
        #expect(kept.message?.hasPrefix("1 of 2 nodes can't take it: a: ") ?? false)
        #expect(kept.reason == "the policy departments")
        #expect(kept.hint == "it keeps them off these nodes; set its mode to check")

        let lab = workload("lab", 1, "{labels: {department: ops}, nodeSelector: {kubernetes.io/hostname: a}}")
        var one = web
        one.replicas = 1
        let starved = try #require(PlanCase(name: "", workloads: [one, lab], certainty: .possible).verdict)
        #expect(
            starved.reason
                == "it can't be near Deployment default/web, which may leave no node for it, by the policy departments")
    }

    @Test("names the workload whose anti-affinity may leave no node")
    func names() throws {
        let greedy = workload(
            "greedy", 1,
            "{affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
                + "[{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}}")
        let web = workload("web", 1, "{labels: {app: web}, nodeSelector: {kubernetes.io/hostname: a}}")
        let verdict = try #require(PlanCase(name: "", workloads: [greedy, web], certainty: .possible).verdict)
        #expect(verdict.certainty == .possible)
        #expect(verdict.reason == "it can't be near Deployment default/greedy, which may leave no node for it")
        #expect(
            verdict.hint
                == "let it start before: annotate Deployment default/greedy with config.kubernetes.io/depends-on")
        let first = PlanCase(name: "", workloads: [web, greedy], isOrdered: true, certainty: .guaranteed).verdict
        #expect(first?.certainty == .guaranteed)
    }

    private static let doubted: Workload = {
        var web = workload("web", 1, "{cpu: 1}")
        web.doubt = "nobody knows what they ask for"
        return web
    }()

    private static let arrivals = [
        PlanCase(
            name: "pods of which not everything is known", workloads: [doubted], certainty: .possible,
            reason: "nobody knows what they ask for"),
        PlanCase(
            name: "pods with room enough", workloads: [workload("web", 3, "{cpu: 2}")], certainty: .guaranteed),
        PlanCase(
            name: "pods that are spread over equals", workloads: [workload("web", 2, "{cpu: 1}")],
            certainty: .guaranteed, nodesOfTrial: ["a": 1, "b": 1]),
        PlanCase(
            name: "exactly as many as fit", workloads: [workload("web", 4, "{cpu: 2}")], certainty: .guaranteed,
            nodesOfTrial: ["a": 2, "b": 2]),
        PlanCase(
            name: "one more than fits", workloads: [workload("web", 5, "{cpu: 2}")], certainty: .impossible,
            reason: "not enough cpu", hint: "needs room for 1 more pod of cpu 2 each; or ask for less"),
        PlanCase(
            name: "a GPU node whose taint is not tolerated",
            nodes: [
                node("a"),
                node("g", "{allocatable: {nvidia.com/gpu: 4}, taints: [{key: gpu, effect: NoSchedule}]}"),
            ],
            workloads: [workload("web", 1, "{containers: [{resources: {limits: {nvidia.com/gpu: 1}}}]}")],
            certainty: .impossible, reason: "taints that it doesn't tolerate", hint: "tolerate gpu:NoSchedule"),
        PlanCase(
            name: "a selector that no node matches", workloads: [workload("web", 1, "{nodeSelector: {disk: ssd}}")],
            certainty: .impossible, reason: "node selector or affinity"),
        PlanCase(
            name: "more pods that want to be apart than nodes", workloads: [workload("web", 3, "{\(apart)}")],
            certainty: .impossible, reason: "pod anti-affinity"),
        PlanCase(
            name: "as many pods that want to be apart as nodes", workloads: [workload("web", 2, "{\(apart)}")],
            certainty: .guaranteed),
        PlanCase(
            name: "pods that are spread over zones of which one is full",
            nodes: [node("a", "{labels: {zone: x}}"), node("b", "{labels: {zone: w}, allocatable: {cpu: 1}}")],
            workloads: [
                workload(
                    "web", 4,
                    "{labels: {app: web}, cpu: 1, topologySpreadConstraints: [{topologyKey: zone, maxSkew: 1, "
                        + "whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]}")
            ], certainty: .impossible, reason: "not enough cpu"),
        PlanCase(
            name: "a pod that could evict others", pods: old(8, on: ["a", "b"]),
            workloads: [workload("web", 1, "{cpu: 1, priority: 10}")], certainty: .possible,
            reason: "only if pods of a lower priority are evicted"),
        PlanCase(
            name: "a pod that never evicts others", pods: old(8, on: ["a", "b"]),
            workloads: [workload("web", 1, "{cpu: 1, priority: 10, preemptionPolicy: Never}")], certainty: .impossible),
        PlanCase(
            name: "pods of another scheduler", workloads: [workload("web", 1, "{schedulerName: mine}")],
            certainty: .possible, reason: "its pods are for the scheduler mine"),
        PlanCase(
            name: "pods that wait already may take the room",
            nodes: [node("a", "{allocatable: {cpu: 1}}")], pods: [pod("waiting", "{cpu: 1}")],
            workloads: [workload("web", 1, "{cpu: 1}")], certainty: .possible),
        PlanCase(
            name: "room that a pod leaves that is about to go",
            nodes: [node("a", "{allocatable: {cpu: 1}}")], pods: [pod("gone", "{cpu: 1, node: a, deleting: true}")],
            workloads: [workload("web", 1, "{cpu: 1}")], certainty: .possible),
    ]

    private static let jobPod: SchedulingPod = {
        let owner: Value = ["apiVersion": "batch/v1", "kind": "Job", "name": "backup", "uid": "u", "controller": true]
        return SchedulingPod(
            KubernetesObject([
                "kind": "Pod", "metadata": ["name": "backup", "namespace": "default", "ownerReferences": [owner]],
                "spec": ["nodeName": "a", "containers": [["resources": ["requests": ["cpu": 3]]]]],
            ]))
    }()

    private static let unready = old(4, on: ["a"]).map { pod in
        var pod = pod
        pod.isReady = false
        return pod
    }

    private static let stuck = "no pod may leave before a new one is ready"

    private static let rollouts = [
        PlanCase(
            name: "new pods beside all earlier ones", pods: old(2, on: ["a", "b"]),
            workloads: [workload("web", 2, "{cpu: 1}", replacing: old(2, on: ["a", "b"]))], certainty: .guaranteed),
        PlanCase(
            name: "one place for the first new pod, then those that the earlier ones leave",
            nodes: [node("a")], pods: old(3, on: ["a"]),
            workloads: [workload("web", 3, "{cpu: 1}", replacing: old(3, on: ["a"]))], certainty: .guaranteed,
            nodesOfTrial: ["a": 3]),
        PlanCase(
            name: "no place for the first new pod", nodes: [node("a")], pods: old(4, on: ["a"]),
            workloads: [workload("web", 4, "{cpu: 1}", replacing: old(4, on: ["a"]))], certainty: .impossible,
            reason: stuck, hint: "maxSurge: 0 with maxUnavailable: 1 would fit"),
        PlanCase(
            name: "earlier pods that are not ready go first", nodes: [node("a")], pods: unready,
            workloads: [workload("web", 4, "{cpu: 1}", replacing: unready)], certainty: .possible),
        PlanCase(
            name: "an earlier pod may go first", nodes: [node("a")], pods: old(4, on: ["a"]),
            workloads: [
                workload("web", 4, "{cpu: 1}", .rolling(surge: 0, unavailable: 1), replacing: old(4, on: ["a"]))
            ], certainty: .guaranteed),
        PlanCase(
            name: "pods that want to be apart, and no free node", pods: old(2, apart, on: ["a", "b"]),
            workloads: [workload("web", 2, "{\(apart)}", replacing: old(2, apart, on: ["a", "b"]))],
            certainty: .impossible, reason: stuck, hint: "maxSurge: 0 with maxUnavailable: 1 would fit"),
        PlanCase(
            name: "pods that want to be apart, one after the other", pods: old(2, apart, on: ["a", "b"]),
            workloads: [
                workload(
                    "web", 2, "{\(apart)}", .rolling(surge: 0, unavailable: 1),
                    replacing: old(2, apart, on: ["a", "b"]))
            ], certainty: .guaranteed),
        PlanCase(
            name: "pods that want to be apart, and one free node",
            nodes: [node("a"), node("b"), node("c")], pods: old(2, apart, on: ["a", "b"]),
            workloads: [workload("web", 2, "{\(apart)}", replacing: old(2, apart, on: ["a", "b"]))],
            certainty: .guaranteed),
        PlanCase(
            name: "all go before the first comes", nodes: [node("a")], pods: old(4, on: ["a"]),
            workloads: [workload("web", 4, "{cpu: 1}", .recreate, replacing: old(4, on: ["a"]))],
            certainty: .guaranteed),
        PlanCase(
            name: "larger pods than before", nodes: [node("a")], pods: old(2, on: ["a"]),
            workloads: [workload("web", 2, "{cpu: 3}", .recreate, replacing: old(2, on: ["a"]))],
            certainty: .impossible, reason: "not enough cpu"),
        PlanCase(
            name: "a StatefulSet replaces each pod in its place", nodes: [node("a")], pods: old(4, on: ["a"]),
            workloads: [
                workload(
                    "web", 4, "{cpu: 1}", kind: "StatefulSet", .ordered(partition: 0), replacing: old(4, on: ["a"]))
            ], certainty: .guaranteed),
        PlanCase(
            name: "a StatefulSet whose last pod grows too large", nodes: [node("a")], pods: old(4, on: ["a"]),
            workloads: [
                workload(
                    "web", 4, "{cpu: 1500m}", kind: "StatefulSet", .ordered(partition: 0), replacing: old(4, on: ["a"]))
            ], certainty: .impossible),
        PlanCase(
            name: "a DaemonSet on nodes with room",
            workloads: [
                workload("agent", 0, "{cpu: 1}", kind: "DaemonSet", .perNode(surges: false))
            ], certainty: .guaranteed, nodesOfTrial: ["a": 1, "b": 1]),
        PlanCase(
            name: "a DaemonSet on a node that is full", pods: old(4, on: ["a"]),
            workloads: [workload("agent", 0, "{cpu: 1}", kind: "DaemonSet", .perNode(surges: false))],
            certainty: .impossible, reason: "Insufficient cpu"),
        PlanCase(
            name: "a DaemonSet that may evict on a node that is full", pods: old(4, on: ["a"]),
            workloads: [workload("agent", 0, "{cpu: 1, priority: 9}", kind: "DaemonSet", .perNode(surges: false))],
            certainty: .possible),
        PlanCase(
            name: "a Job whose pods make room for each other", nodes: [node("a")],
            workloads: [workload("job", 9, "{cpu: 1}", kind: "Job", .run)], certainty: .possible),
        PlanCase(
            name: "a Job of which not one pod fits", nodes: [node("a")],
            workloads: [workload("job", 9, "{cpu: 5}", kind: "Job", .run)], certainty: .impossible),
        PlanCase(
            name: "room that the pod of a Job takes until it has ended", nodes: [node("a")],
            pods: [jobPod], workloads: [workload("web", 1, "{cpu: 2}")], certainty: .possible),
        PlanCase(
            name: "a node that is cordoned for a while", nodes: [node("a"), node("b", "{unschedulable: true}")],
            workloads: [workload("web", 2, "{\(apart)}")], certainty: .possible,
            reason: "only once nodes are back that are cordoned or not ready"),
        PlanCase(
            name: "an earlier pod of its own goes, and others are evicted", nodes: [node("a")],
            pods: old(1, "cpu: 2, priority: 9", on: ["a"]) + [pod("batch", "{cpu: 2, node: a}")],
            workloads: [
                workload(
                    "web", 1, "{cpu: 4, priority: 9}", .recreate, replacing: old(1, "cpu: 2, priority: 9", on: ["a"]))
            ], certainty: .possible, reason: "only if pods of a lower priority are evicted"),
        PlanCase(
            name: "a StatefulSet that shrinks and grows", nodes: [node("a")], pods: old(2, "cpu: 2", on: ["a"]),
            workloads: [
                workload(
                    "web", 1, "{cpu: 4}", kind: "StatefulSet", .ordered(partition: 0),
                    replacing: old(2, "cpu: 2", on: ["a"]))
            ], certainty: .guaranteed),
        PlanCase(
            name: "a DaemonSet keeps off nodes whose taint it doesn't tolerate, and comes to cordoned ones",
            nodes: [node("a", "{unschedulable: true}"), node("b", "{taints: [{key: k, effect: NoSchedule}]}")],
            workloads: [workload("agent", 0, "{cpu: 1}", kind: "DaemonSet", .perNode(surges: false))],
            certainty: .guaranteed, nodesOfTrial: ["a": 1]),
    ]

    private static let nearDatabase =
        "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
        + "[{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}}]}}"

    private static let plans = [
        PlanCase(
            name: "two workloads that fit whatever comes first",
            workloads: [workload("db", 2, "{cpu: 1}"), workload("web", 2, "{cpu: 1}")], certainty: .guaranteed),
        PlanCase(
            name: "two workloads that together are too many",
            workloads: [workload("db", 2, "{cpu: 3}"), workload("web", 2, "{cpu: 2}")], certainty: .impossible),
        PlanCase(
            name: "two workloads that fit only if the first is packed well",
            workloads: [workload("db", 2, "{cpu: 1}"), workload("web", 1, "{cpu: 4}")], certainty: .possible),
        PlanCase(
            name: "a workload that follows another one to its node",
            workloads: [
                workload("db", 1, "{cpu: 1, labels: {app: db}}"), workload("web", 2, "{cpu: 1, \(nearDatabase)}"),
            ],
            isOrdered: true, certainty: .guaranteed),
        PlanCase(
            name: "a workload that may follow another one to a node that is too small",
            nodes: [node("a"), node("b", "{allocatable: {cpu: 1}}")],
            workloads: [
                workload("db", 1, "{cpu: 1, labels: {app: db}}"), workload("web", 2, "{cpu: 1, \(nearDatabase)}"),
            ],
            isOrdered: true, certainty: .possible),
        PlanCase(
            name: "a workload beside a DaemonSet that takes a part of every node",
            workloads: [
                workload("agent", 1, "{cpu: 500m}", kind: "DaemonSet", .perNode(surges: false)),
                workload("web", 2, "{cpu: 4}"),
            ], certainty: .impossible),
        PlanCase(
            name: "a workload near pods that may never come", nodes: [node("a")],
            pods: [pod("db", "{cpu: 9, labels: {app: db}}")],
            workloads: [workload("web", 1, "{cpu: 1, \(nearDatabase)}")], certainty: .possible),
        PlanCase(
            name: "a workload beside pods of another scheduler", nodes: [node("a")],
            workloads: [workload("db", 3, "{cpu: 1, schedulerName: mine}"), workload("web", 3, "{cpu: 1}")],
            certainty: .possible),
        PlanCase(
            name: "room that an earlier rollout of the plan leaves", nodes: [node("a")],
            pods: old(2, "cpu: 2", on: ["a"]),
            workloads: [
                workload("big", 1, "{cpu: 1}", .recreate, replacing: old(2, "cpu: 2", on: ["a"])),
                workload("web", 3, "{cpu: 1}"),
            ], isOrdered: true, certainty: .guaranteed),
        PlanCase(
            name: "room that a later rollout of the plan leaves", nodes: [node("a")],
            pods: old(2, "cpu: 2", on: ["a"]),
            workloads: [
                workload("big", 1, "{cpu: 1}", .recreate, replacing: old(2, "cpu: 2", on: ["a"])),
                workload("web", 3, "{cpu: 1}"),
            ], certainty: .possible),
    ]
}
