import Resources
import Testing

@testable import Placement

@Suite("Doing without nodes")
struct LossTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        var nodes: [SchedulingNode] = [node("a"), node("b"), node("c")]
        var pods: [SchedulingPod] = []
        var workloads: [Workload] = []
        var budgets: [String] = []
        var losing = ["a"]
        /// What is said of each workload whose pods move: how many, and how certain.
        var moving: [String: String] = [:]
        var blocked: [String] = []
        var lost: [String] = []
        var testDescription: String { name }

        var verdict: LossVerdict? {
            var question = PlacementQuestion(nodes: nodes, pods: pods, workloads: workloads)
            question.losses = [NodeLoss(nodes: losing)]
            question.budgets = budgets.map { DisruptionBudget(KubernetesObject(value($0))) }
            return PlacementReport(question).losses.first
        }
    }

    @Test("tells which pods find others, and what keeps them from being evicted", arguments: cases)
    func loses(_ row: Case) throws {
        let verdict = try #require(row.verdict)
        let moving = verdict.verdicts.map { ("\($0.workload)", "\($0.pods) \($0.certainty.rawValue)") }
        #expect(Dictionary(uniqueKeysWithValues: moving) == row.moving)
        #expect(verdict.blocked == row.blocked)
        #expect(verdict.lost.map(\.description) == row.lost)
        let isDire = row.moving.values.contains { $0.hasSuffix("impossible") }
        #expect(verdict.isSurvived == (!isDire && row.blocked.isEmpty && row.lost.isEmpty))
    }

    /// A pod of a Deployment, or of another kind.
    private static func owned(
        _ name: String, _ yaml: String, by owner: String = "web", kind: String = "ReplicaSet"
    ) -> SchedulingPod {
        var fields = value(yaml)
        let isReady = fields["ready"] != false
        fields["ready"] = nil
        var object = podObject(name, fields.json)
        let isSet = kind == "ReplicaSet"
        object.value["metadata"]?["ownerReferences"] = [
            [
                "apiVersion": "apps/v1", "kind": .string(kind), "name": .string(isSet ? "\(owner)-1" : owner),
                "uid": "u",
                "controller": true,
            ]
        ]
        if isSet { object.value["metadata"]?["labels"]?["pod-template-hash"] = "1" }
        var pod = SchedulingPod(object)
        pod.isReady = isReady
        return pod
    }

    private static let apart =
        "labels: {app: web}, affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
        + "[{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}"
    private static let web = (1...2).map { owned("web-\($0)", "{labels: {app: web}, cpu: 1, node: a}") }

    private static func budget(_ spec: String, version: String = "policy/v1") -> String {
        "{apiVersion: \(version), kind: PodDisruptionBudget, metadata: {name: web, namespace: default}, spec: {\(spec)}}"
    }

    private static let ofWeb = "selector: {matchLabels: {app: web}}"

    private static let cases = [
        Case(
            name: "moves pods of a kind together", pods: web,
            moving: ["Deployment default/web": "2 guaranteed"]),
        Case(name: "moves nothing where nothing is", pods: web, losing: ["b"]),
        Case(
            name: "moves what a plan brings", workloads: [workload("web", 3, "{\(apart)}")],
            moving: ["Deployment default/web": "1 impossible"]),
        Case(
            name: "moves what a plan brings to the node that is left", nodes: [node("a"), node("b")],
            workloads: [workload("web", 1, "{\(apart)}")], moving: ["Deployment default/web": "1 guaranteed"]),
        Case(
            name: "finds no room", nodes: [node("a"), node("b", "{allocatable: {cpu: 1}}")], pods: web,
            moving: ["Deployment default/web": "2 impossible"]),
        Case(
            name: "leaves it to chance who finds room", nodes: [node("a"), node("b", "{allocatable: {cpu: 2}}")],
            pods: web + [owned("other-1", "{cpu: 1, node: a}", by: "other")],
            moving: ["Deployment default/other": "1 possible", "Deployment default/web": "2 impossible"]),
        Case(
            name: "takes along what each node has one of, and what its kubelet runs",
            pods: [
                owned("agent", "{node: a}", by: "agent", kind: "DaemonSet"),
                owned("etcd", "{node: a, nodeSelector: {none: here}}", by: "a", kind: "Node"),
            ]),
        Case(
            name: "loses pods that nobody makes anew", pods: [pod("bare", "{node: a}")], lost: ["Pod default/bare"]),
        Case(
            name: "forgets what has ended or is about to go",
            pods: [pod("done", "{node: a, phase: Succeeded}"), pod("gone", "{node: a, deleting: true}")]),
        Case(
            name: "moves pods with volumes of their own one by one",
            pods: (0...1).map { index in
                owned(
                    "db-\(index)",
                    "{node: a, volumes: [{persistentVolumeClaim: {claimName: data-\(index)}}]}", by: "db",
                    kind: "StatefulSet")
            },
            moving: ["StatefulSet default/db": "1 impossible", "Pod default/db-1": "1 impossible"]),
        Case(
            name: "is blocked by a budget that lets no pod go", pods: web,
            budgets: [budget("minAvailable: 2, \(ofWeb)")],
            moving: ["Deployment default/web": "2 guaranteed"],
            blocked: [
                "PodDisruptionBudget default/web (minAvailable 2) lets no pod be evicted: 2 of 2 ready, 2 would have to go"
            ]),
        Case(
            name: "is blocked by a budget of which each share rounds up", pods: web,
            budgets: [budget("minAvailable: 51%, \(ofWeb)")], moving: ["Deployment default/web": "2 guaranteed"],
            blocked: [
                "PodDisruptionBudget default/web (minAvailable 51%) lets no pod be evicted: 2 of 2 ready, 2 would have to go"
            ]),
        Case(
            name: "is not blocked by a budget that lets one pod go after the other", pods: web,
            budgets: [budget("minAvailable: 50%, \(ofWeb)")], moving: ["Deployment default/web": "2 guaranteed"]),
        Case(
            name: "is not blocked where at least one may be away", pods: web,
            budgets: [budget("maxUnavailable: 1%, \(ofWeb)")], moving: ["Deployment default/web": "2 guaranteed"]),
        Case(
            name: "is blocked where none may be away", pods: web, budgets: [budget("maxUnavailable: 0, \(ofWeb)")],
            moving: ["Deployment default/web": "2 guaranteed"],
            blocked: [
                "PodDisruptionBudget default/web (maxUnavailable 0) lets no pod be evicted: 2 of 2 ready, 2 would have to go"
            ]),
        Case(
            name: "is not blocked by a budget of another namespace", pods: web,
            budgets: [budget("maxUnavailable: 0, \(ofWeb)").replacing("namespace: default", with: "namespace: other")],
            moving: ["Deployment default/web": "2 guaranteed"]),
        Case(
            name: "is not blocked by a budget of v1beta1 that selects nothing", pods: web,
            budgets: [budget("maxUnavailable: 0, selector: {}", version: "policy/v1beta1")],
            moving: ["Deployment default/web": "2 guaranteed"]),
        Case(
            name: "is blocked where enough are there and too few are ready",
            pods: [
                owned("web-1", "{labels: {app: web}, node: a}"),
                owned("web-2", "{labels: {app: web}, node: b, ready: false}"),
            ], budgets: [budget("minAvailable: 1, \(ofWeb)")], moving: ["Deployment default/web": "1 guaranteed"],
            blocked: [
                "PodDisruptionBudget default/web (minAvailable 1) lets no pod be evicted: 1 of 2 ready, 1 would have to go"
            ]),
        Case(
            name: "is not blocked for a pod that is not ready where enough are",
            pods: [
                owned("web-1", "{labels: {app: web}, node: b}"),
                owned("web-2", "{labels: {app: web}, node: a, ready: false}"),
            ], budgets: [budget("minAvailable: 1, \(ofWeb)")], moving: ["Deployment default/web": "1 guaranteed"]),
        Case(
            name: "is blocked for a pod that is not ready where too few are",
            pods: [owned("web-1", "{labels: {app: web}, node: a, ready: false}")],
            budgets: [budget("minAvailable: 1, \(ofWeb)")], moving: ["Deployment default/web": "1 guaranteed"],
            blocked: [
                "PodDisruptionBudget default/web (minAvailable 1) lets no pod be evicted: 0 of 1 ready, 1 would have to go"
            ]),
        Case(
            name: "is not blocked for pods that are not ready where these may always go",
            pods: [owned("web-1", "{labels: {app: web}, node: a, ready: false}")],
            budgets: [budget("minAvailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, \(ofWeb)")],
            moving: ["Deployment default/web": "1 guaranteed"]),
        Case(
            name: "leaves a node that is drained in its zone, so that pods can't be spread without it",
            nodes: ["a", "b", "c"].map { node($0, "{labels: {zone: \($0)}}") },
            workloads: [
                workload(
                    "web", 3,
                    "{labels: {app: web}, topologySpreadConstraints: [{topologyKey: zone, maxSkew: 1, "
                        + "whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]}")
            ], moving: ["Deployment default/web": "1 impossible"]),
        Case(
            name: "leaves pods where their manifest wants them, node or not",
            workloads: [workload("web", 1, "{node: a}")], moving: ["Deployment default/web": "1 impossible"]),
        Case(
            name: "counts what pods take that no scheduler placed", nodes: [node("a"), node("b")],
            pods: [owned("other-1", "{cpu: 1, node: a}", by: "other")],
            workloads: [workload("web", 2, "{node: b, cpu: 2}")],
            moving: ["Deployment default/other": "1 impossible"]),
        Case(
            name: "loses a pod that the plan itself declares",
            workloads: [workload("web", 1, "{nodeSelector: {kubernetes.io/hostname: a}}", kind: "Pod", .never)],
            lost: ["Pod default/web"]),
        Case(
            name: "is blocked by two budgets of one pod", pods: web,
            budgets: [budget("maxUnavailable: 1, \(ofWeb)"), budget("maxUnavailable: 1, selector: {}")],
            moving: ["Deployment default/web": "2 guaranteed"],
            blocked: ["the pods of Deployment default/web have more than one PodDisruptionBudget, and can't be evicted"]
        ),
    ]
}

@Suite("The way back")
struct WayBackTests {
    private static func old(_ count: Int, _ yaml: String, on nodes: [String]) -> [SchedulingPod] {
        (0..<count).map { index in
            var pod = pod("web-\(index)", yaml)
            pod.nodeName = nodes[index % nodes.count]
            pod.isReady = true
            return pod
        }
    }

    /// What is said of undoing a plan that replaces two pods of `before` by two of `after` on one node.
    private static func verdict(
        before: String, _ earlier: Workload.Strategy = .recreate, after: String, _ strategy: Workload.Strategy,
        others: [Workload] = []
    ) -> PlacementVerdict? {
        let pods = old(2, before, on: ["a"])
        let change = workload("web", 2, after, strategy, replacing: pods)
        var question = PlacementQuestion(nodes: [node("a")], pods: pods, workloads: [change] + others)
        var former = workload("web", 2, before, earlier)
        former.existing = pods
        question.former = [change.identity: former]
        let report = PlacementReport(question)
        #expect(report.wayBack.count <= 1)
        return report.wayBack.first
    }

    @Test("is certain where the earlier pods surely find nodes again")
    func guaranteed() {
        let recreate = Workload.Strategy.recreate
        #expect(Self.verdict(before: "{cpu: 1}", after: "{cpu: 2}", recreate)?.certainty == .guaranteed)
        #expect(Self.verdict(before: "{cpu: 1}", after: "{cpu: 1}", .recreate)?.pods == 2)
    }

    @Test("is closed where no new pod may leave before an earlier one is back")
    func impossible() {
        let verdict = Self.verdict(
            before: "{cpu: 2}", .rolling(surge: 1, unavailable: 0), after: "{cpu: 2}", .recreate)
        #expect(verdict?.certainty == .impossible)
        #expect(verdict?.reason == "no pod may leave before a new one is ready")
    }

    @Test("finds what a plan created still there, or gone")
    func created() {
        let verdict = Self.verdict(
            before: "{cpu: 2}", after: "{cpu: 1}", .recreate, others: [workload("other", 2, "{cpu: 1}")])
        #expect(verdict?.certainty == .possible)
    }

    @Test("is not asked about where nothing was there before")
    func nothing() {
        let question = PlacementQuestion(nodes: [node("a")], pods: [], workloads: [workload("web", 1, "{}")])
        #expect(PlacementReport(question).wayBack.isEmpty)
    }
}
