import Placement
import Resources
import Testing

/// A plan on a small cluster, and what is said of a policy.
struct PolicyCase: CustomTestStringConvertible, Sendable {
    let name: String
    let rule: PlacementPolicy.Rule
    var nodes: [SchedulingNode] = [node("a", "{labels: {zone: x}}"), node("b", "{labels: {zone: z}}")]
    var pods: [SchedulingPod] = []
    var pruned: [SchedulingPod] = []
    let workloads: [Workload]
    let outcome: PolicyVerdict.Outcome
    var findings: [String] = []
    var testDescription: String { name }

    var verdict: PolicyVerdict? {
        var question = PlacementQuestion(nodes: nodes, pods: pods, workloads: workloads)
        question.pruned = pruned
        question.policies = [
            PlacementPolicy(
                name: "rule", mode: .check, rule: rule, location: SourceLocation(file: "p.yaml", line: 1, column: 1))
        ]
        return PlacementReport(question).policies.first
    }
}

@Suite("A policy")
struct PolicyCheckTests {
    @Test(
        "is kept, left open or broken by a plan", arguments: isolation + exclusion + headroom + spreading + nearness)
    func verdict(_ row: PolicyCase) throws {
        let verdict = try #require(row.verdict)
        #expect(verdict.outcome == row.outcome)
        #expect(verdict.findings == row.findings)
    }

    private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
    private static let hostname = "kubernetes.io/hostname"

    // MARK: isolate

    private static let isolate = PlacementPolicy.Rule.isolate(label: "department", topologyKey: hostname)

    private static func department(_ name: String, _ department: String, _ spec: String = "cpu: 1", _ count: Int = 1)
        -> Workload
    {
        workload(name, count, "{labels: {department: \(department)}, \(spec)}")
    }

    private static func apart(from department: String, by key: String = hostname) -> String {
        "affinity: {podAntiAffinity: {\(required): [{topologyKey: \(key), labelSelector: {matchExpressions: "
            + "[{key: department, operator: In, values: [\(department)]}]}}]}}"
    }

    private static let isolation = [
        PolicyCase(
            name: "by which departments are apart, and nothing keeps them so", rule: isolate,
            workloads: [department("web", "pay", "cpu: 1, nodeSelector: {zone: x}"), department("web2", "ops")],
            outcome: .open,
            findings: ["nothing keeps Deployment default/web (pay) apart from Deployment default/web2 (ops)"]),
        PolicyCase(
            name: "by which departments share a node", rule: isolate, nodes: [node("a")],
            workloads: [department("web", "pay"), department("lab", "ops")], outcome: .broken,
            findings: ["Deployment default/web (pay) shares a with Deployment default/lab (ops)"]),
        PolicyCase(
            name: "by which departments are kept apart by the first's term", rule: isolate,
            workloads: [department("web", "pay", apart(from: "ops")), department("lab", "ops")], outcome: .kept),
        PolicyCase(
            name: "by which departments are kept apart by the second's term", rule: isolate,
            workloads: [department("web", "pay"), department("lab", "ops", apart(from: "pay"))], outcome: .kept),
        PolicyCase(
            name: "by which departments are kept in zones of their own", rule: isolate,
            workloads: [department("web", "pay", apart(from: "ops", by: "zone")), department("lab", "ops")],
            outcome: .kept),
        PolicyCase(
            name: "by which a topology that no node has keeps nobody apart", rule: isolate,
            workloads: [
                department("web", "pay", "cpu: 1, nodeSelector: {zone: x}, \(apart(from: "ops", by: "rack"))"),
                department("lab", "ops"),
            ], outcome: .open,
            findings: ["nothing keeps Deployment default/web (pay) apart from Deployment default/lab (ops)"]),
        PolicyCase(
            name: "by which departments have nodes of their own", rule: isolate,
            workloads: [
                department("web", "pay", "nodeSelector: {zone: x}"),
                department("lab", "ops", "nodeSelector: {zone: z}"),
            ], outcome: .kept),
        PolicyCase(
            name: "by which one department may share", rule: isolate, nodes: [node("a")],
            workloads: [department("web", "pay"), department("web2", "pay")], outcome: .kept),
        PolicyCase(
            name: "by which pods without a department may be anywhere", rule: isolate, nodes: [node("a")],
            workloads: [department("web", "pay"), workload("other", 1, "{cpu: 1}")], outcome: .kept),
        PolicyCase(
            name: "by which pods come to those of another department that are there", rule: isolate, nodes: [node("a")],
            pods: [pod("old", "{labels: {department: ops}, namespace: lab, node: a}")],
            workloads: [department("web", "pay")], outcome: .broken,
            findings: ["Deployment default/web (pay) shares a with pods of lab (ops)"]),
        PolicyCase(
            name: "by which pods come where the plan prunes those of another department", rule: isolate,
            nodes: [node("a")], pods: [pod("old", "{labels: {department: ops}, node: a}")],
            pruned: [pod("old", "{labels: {department: ops}, node: a}")],
            workloads: [department("web", "pay")], outcome: .kept),
        PolicyCase(
            name: "by which departments are both meant for a node that is cordoned", rule: isolate,
            nodes: [node("a", "{unschedulable: true}")],
            workloads: [department("web", "pay"), department("lab", "ops")], outcome: .open,
            findings: ["nothing keeps Deployment default/web (pay) apart from Deployment default/lab (ops)"]),
        PolicyCase(
            name: "by which pods of another department wait already", rule: isolate, nodes: [node("a")],
            pods: [pod("old", "{labels: {department: ops}, namespace: lab}")],
            workloads: [department("web", "pay")], outcome: .open,
            findings: ["nothing keeps Deployment default/web (pay) apart from pods of lab (ops)"]),
        PolicyCase(
            name: "by which a topology is meant that no node has",
            rule: .isolate(label: "department", topologyKey: "rack"), nodes: [node("a")],
            workloads: [department("web", "pay"), department("lab", "ops")], outcome: .open,
            findings: ["a has no label rack"]),
        PolicyCase(
            name: "by which no workload has a department", rule: isolate, workloads: [workload("web", 1, "{}")],
            outcome: .unconcerned),
        PolicyCase(
            name: "by which a manifest names the node of another department", rule: isolate, nodes: [node("a")],
            pods: [pod("old", "{labels: {department: ops}, namespace: lab, node: a}")],
            workloads: [department("web", "pay", "node: a")], outcome: .broken,
            findings: ["Deployment default/web (pay) shares a with pods of lab (ops)"]),
        PolicyCase(
            name: "by which a zone is shared",
            rule: .isolate(label: "department", topologyKey: "zone"),
            nodes: [node("a", "{labels: {zone: x}}"), node("b", "{labels: {zone: x}}")],
            workloads: [
                department("web", "pay", "nodeSelector: {\(hostname): a}"),
                department("lab", "ops", "nodeSelector: {\(hostname): b}"),
            ], outcome: .broken, findings: ["Deployment default/web (pay) shares a with Deployment default/lab (ops)"]),
    ]

    // MARK: exclusive

    private static let exclusive = PlacementPolicy.Rule.exclusive(
        PlacementPolicy.Pool(
            label: "pool", value: "gpu", taint: PlacementPolicy.Taint(key: "gpu", value: "", effect: "NoSchedule"),
            pods: LabelSelector(matchLabels: ["role": "trainer"]), guests: LabelSelector(matchLabels: ["role": "agent"])
        ))
    private static let pool = [
        node("g", "{labels: {pool: gpu}, taints: [{key: gpu, effect: NoSchedule}]}"), node("n"),
    ]
    private static let bears = "tolerations: [{key: gpu, operator: Exists}]"
    private static let trainer = "{labels: {role: trainer}, nodeSelector: {pool: gpu}, \(bears)}"

    private static let exclusion = [
        PolicyCase(
            name: "by which pods keep to their nodes, and others off them", rule: exclusive, nodes: pool,
            workloads: [workload("train", 1, trainer), workload("web", 1, "{}")], outcome: .kept),
        PolicyCase(
            name: "by which pods may go elsewhere", rule: exclusive, nodes: pool, pods: [pod("p", "{node: n, cpu: 3}")],
            workloads: [workload("train", 1, "{labels: {role: trainer}, \(bears)}")], outcome: .open,
            findings: ["Deployment default/train may come to n, which is none of the nodes of pool=gpu"]),
        PolicyCase(
            name: "by which pods are elsewhere", rule: exclusive, nodes: pool,
            workloads: [workload("train", 1, "{labels: {role: trainer}}")], outcome: .broken,
            findings: ["Deployment default/train comes to n, which is none of the nodes of pool=gpu"]),
        PolicyCase(
            name: "by which others come there", rule: exclusive, nodes: pool,
            workloads: [workload("web", 1, "{nodeSelector: {pool: gpu}, \(bears)}")], outcome: .broken,
            findings: ["Deployment default/web comes to g, which is only for the pods of pool=gpu"]),
        PolicyCase(
            name: "by which guests come there", rule: exclusive, nodes: pool,
            workloads: [workload("web", 1, "{labels: {role: agent}, nodeSelector: {pool: gpu}, \(bears)}")],
            outcome: .unconcerned),
        PolicyCase(
            name: "by which a DaemonSet that bears everything comes there", rule: exclusive, nodes: pool,
            workloads: [
                workload("agent", 0, "{tolerations: [{operator: Exists}]}", kind: "DaemonSet", .perNode(surges: false))
            ], outcome: .broken,
            findings: ["DaemonSet default/agent comes to g, which is only for the pods of pool=gpu"]),
        PolicyCase(
            name: "by which others go there past the scheduler", rule: exclusive, nodes: pool,
            workloads: [workload("web", 1, "{node: g}")], outcome: .broken,
            findings: ["Deployment default/web comes to g, which is only for the pods of pool=gpu"]),
        PolicyCase(
            name: "by which a node has no taint", rule: exclusive, nodes: [node("g", "{labels: {pool: gpu}}")],
            workloads: [workload("train", 1, trainer)], outcome: .open, findings: ["g lacks the taint gpu:NoSchedule"]),
        PolicyCase(
            name: "by which there are no such nodes", rule: exclusive, nodes: [node("n")],
            workloads: [workload("web", 1, "{}")], outcome: .open, findings: ["no node has the label pool=gpu"]),
    ]

    // MARK: headroom

    private static let fifth = PlacementPolicy.Rule.headroom(percent: 20, poolLabel: nil, resources: ["cpu"])
    private static let ofPools = PlacementPolicy.Rule.headroom(percent: 20, poolLabel: "zone", resources: [])

    private static let headroom = [
        PolicyCase(
            name: "by which enough stays free", rule: fifth, workloads: [workload("web", 3, "{cpu: 2}")], outcome: .kept
        ),
        PolicyCase(
            name: "by which too little stays free", rule: fifth, workloads: [workload("web", 7, "{cpu: 1}")],
            outcome: .broken, findings: ["the cluster: 12 % of cpu stays free, 20 % is wanted"]),
        PolicyCase(
            name: "by which too little was free before, and no less is", rule: fifth,
            pods: (0..<8).map { pod("p\($0)", "{cpu: 1, node: \($0 < 4 ? "a" : "b")}") },
            workloads: [workload("web", 1, "{memory: 1Gi}")], outcome: .kept),
        PolicyCase(
            name: "by which cordoned nodes count as nothing", rule: fifth,
            nodes: [node("a"), node("b", "{unschedulable: true}")], workloads: [workload("web", 2, "{cpu: 2}")],
            outcome: .broken, findings: ["the cluster: 0 % of cpu stays free, 20 % is wanted"]),
        PolicyCase(
            name: "by which pods of another scheduler may take what should stay free", rule: fifth,
            workloads: [workload("web", 2, "{cpu: 4, schedulerName: mine}")], outcome: .open,
            findings: ["the cluster: 100 % of cpu stays free, and less than 20 % if more of the pods come there"]),
        PolicyCase(
            name: "by which there is no such resource",
            rule: .headroom(percent: 20, poolLabel: "pool", resources: ["gpu"]),
            workloads: [workload("web", 1, "{cpu: 1}")], outcome: .open,
            findings: ["no node has the label pool", "no node has gpu"]),
        PolicyCase(
            name: "by which a node has promised more than there can be", rule: fifth,
            pods: [pod("p", "{cpu: '9e15', node: a}")], workloads: [workload("web", 1, "{cpu: 1}")], outcome: .broken,
            findings: ["the cluster: 0 % of cpu stays free, 20 % is wanted"]),
        PolicyCase(
            name: "by which a pool is too full", rule: ofPools,
            workloads: [workload("web", 1, "{cpu: 3500m, nodeSelector: {zone: x}}")], outcome: .broken,
            findings: ["zone=x: 12 % of cpu stays free, 20 % is wanted"]),
        PolicyCase(
            name: "by which a pool may become too full", rule: ofPools,
            workloads: [workload("web", 2, "{memory: 3500Mi}")], outcome: .open,
            findings: ["x", "z"].map { zone in
                "zone=\(zone): 57 % of memory stays free, and less than 20 % if more of the pods come there"
            }),
        PolicyCase(
            name: "by which what is replaced makes room", rule: fifth,
            pods: (0..<3).map { pod("old\($0)", "{cpu: 2, node: \($0 < 2 ? "a" : "b")}") },
            workloads: [
                workload(
                    "web", 3, "{cpu: 2}", .recreate,
                    replacing: (0..<3).map { pod("old\($0)", "{cpu: 2, node: \($0 < 2 ? "a" : "b")}") })
            ], outcome: .kept),
    ]

    // MARK: spread

    private static let spread = PlacementPolicy.Rule.spread(
        pods: LabelSelector(matchLabels: ["app": "web"]), topologyKey: "zone", maxSkew: 1)

    private static func spread(by maxSkew: Int) -> String {
        "topologySpreadConstraints: [{topologyKey: zone, maxSkew: \(maxSkew), whenUnsatisfiable: DoNotSchedule, "
            + "labelSelector: {matchLabels: {app: web}}}]"
    }

    private static let uneven = (0..<3).map { pod("web-\($0)", "{labels: {app: web}, cpu: 1, node: a}") }

    /// By one pod, which comes to the emptier zone.
    private static let grown: Workload = {
        var web = workload("web", 4, "{labels: {app: web}, cpu: 1}", replacing: uneven)
        web.replacesExisting = false
        return web
    }()

    private static let spreading = [
        PolicyCase(
            name: "by which replicas are spread", rule: spread,
            workloads: [workload("web", 2, "{labels: {app: web}, \(spread(by: 1))}")], outcome: .kept),
        PolicyCase(
            name: "by which replicas happen to be spread", rule: spread,
            workloads: [workload("web", 2, "{labels: {app: web}, \(spread(by: 2))}")], outcome: .open,
            findings: ["nothing spreads the pods of Deployment default/web over zone"]),
        PolicyCase(
            name: "by which replicas are in one zone", rule: spread, pods: [pod("p", "{cpu: 4, node: b}")],
            workloads: [workload("web", 2, "{cpu: 1, labels: {app: web}}")], outcome: .broken,
            findings: ["the pods of Deployment default/web are uneven over zone: x 2, z 0"]),
        PolicyCase(
            name: "by which replicas are spread together with others", rule: spread,
            pods: [pod("p", "{labels: {app: web}, node: a}")],
            workloads: [workload("web", 2, "{labels: {app: web, name: second}, cpu: 1, \(spread(by: 1))}")],
            outcome: .open, findings: ["nothing spreads the pods of Deployment default/web over zone"]),
        PolicyCase(
            name: "by which replicas become less uneven", rule: spread, pods: uneven,
            workloads: [grown], outcome: .open,
            findings: ["the pods of Deployment default/web are uneven over zone: x 3, z 1"]),
        PolicyCase(
            name: "by which replicas that leave make the rest uneven", rule: spread, pods: Array(uneven.prefix(1)),
            workloads: [
                workload(
                    "web", 2, "{labels: {app: web}, \(spread(by: 1))}", .recreate, replacing: Array(uneven.prefix(1)))
            ], outcome: .open, findings: ["the pods of Deployment default/web may become uneven as earlier ones leave"]),
        PolicyCase(
            name: "by which replicas that can only be in one zone are", rule: spread,
            workloads: [workload("web", 2, "{labels: {app: web}, nodeSelector: {zone: x}, \(spread(by: 1))}")],
            outcome: .kept),
        PolicyCase(
            name: "by which other workloads may be anywhere", rule: spread,
            workloads: [workload("other", 2, "{nodeSelector: {zone: x}}")], outcome: .unconcerned),
    ]

    // MARK: together

    private static let together = PlacementPolicy.Rule.together(
        pods: LabelSelector(matchLabels: ["app": "web"]), with: LabelSelector(matchLabels: ["app": "cache"]),
        topologyKey: "zone")

    private static func near(_ app: String) -> String {
        "affinity: {podAffinity: {\(required): [{topologyKey: zone, labelSelector: {matchLabels: {app: \(app)}}}]}}"
    }

    private static let cache = [pod("cache", "{labels: {app: cache}, node: a}")]

    private static let nearness = [
        PolicyCase(
            name: "by which pods are drawn to others", rule: together, pods: cache,
            workloads: [workload("web", 1, "{labels: {app: web}, \(near("cache"))}")], outcome: .kept),
        PolicyCase(
            name: "by which pods happen to be near others", rule: together, pods: cache,
            workloads: [workload("web", 1, "{labels: {app: web}, nodeSelector: {zone: x}}")], outcome: .open,
            findings: ["nothing draws Deployment default/web to the others' zone"]),
        PolicyCase(
            name: "by which there is nobody to be near", rule: together,
            workloads: [workload("web", 1, "{labels: {app: web}, nodeSelector: {zone: z}}")], outcome: .broken,
            findings: ["Deployment default/web comes to b, and there are none of the others"]),
        PolicyCase(
            name: "by which pods may come near others that are about to go", rule: together,
            pods: cache + [pod("old", "{labels: {app: cache}, node: b, deleting: true}")],
            workloads: [workload("web", 1, "{labels: {app: web}, \(near("cache"))}")], outcome: .open,
            findings: ["Deployment default/web may come near pods that are about to go"]),
        PolicyCase(
            name: "by which pods are far from others", rule: together, pods: cache,
            workloads: [workload("web", 1, "{labels: {app: web}, nodeSelector: {zone: z}}")], outcome: .broken,
            findings: ["Deployment default/web comes to b, with none of the others in its zone"]),
    ]
}
