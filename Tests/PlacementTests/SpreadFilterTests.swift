import Placement
import Resources
import Testing

@Suite("Topology spread")
struct SpreadFilterTests {
    @Test("answers as the scheduler does", arguments: cases)
    func answers(_ rule: FilterCase) {
        #expect(rule.failures.map { $0?.reasons.joined(separator: " + ") } == rule.says)
    }

    private static let zones = [
        NeighbourFilterTests.zone("a", "x"), NeighbourFilterTests.zone("b", "w"), NeighbourFilterTests.zone("c", nil),
    ]
    private static let missing = spreadRules + " (missing required label)"

    private static func web(_ name: String, on node: String, _ more: String = "") -> SchedulingPod {
        pod(name, "{labels: {app: web}, node: \(node)\(more)}")
    }

    private static func spread(_ fields: String = "", _ more: String = "", labels: String = "app: web") -> SchedulingPod
    {
        pod(
            "p",
            "{labels: {\(labels)}, topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: DoNotSchedule, "
                + "labelSelector: {matchLabels: {app: web}}\(fields)}]\(more)}")
    }

    private static func rule(
        _ name: String, _ pods: [SchedulingPod], _ pod: SchedulingPod, _ says: [String?],
        nodes: [SchedulingNode] = zones
    ) -> FilterCase {
        FilterCase(name: name, nodes: nodes, pods: pods, pod: pod, says: says)
    }

    private static let tainted = [
        node("a", "{labels: {zone: x}}"), node("b", "{labels: {zone: w}, taints: [{key: k, effect: NoSchedule}]}"),
    ]

    private static let cases = [
        rule("as many everywhere", [], spread(), [nil, nil, missing]),
        rule("one more than elsewhere", [web("w", on: "a")], spread(), [spreadRules, nil, missing]),
        rule("a larger skew", [web("w", on: "a")], spread(", maxSkew: 2"), [nil, nil, missing]),
        rule(
            "a pod that doesn't count itself", [web("w", on: "a")], spread(labels: "app: other"), [nil, nil, missing]),
        rule(
            "a pod that doesn't count itself, two more than elsewhere", [web("w", on: "a"), web("v", on: "a")],
            spread(labels: "app: other"), [spreadRules, nil, missing]),
        rule(
            "pods of another namespace don't count", [web("w", on: "a", ", namespace: other")], spread(),
            [nil, nil, missing]),
        rule(
            "pods that are about to go don't count", [web("w", on: "a", ", deleting: true")], spread(),
            [nil, nil, missing]),
        rule(
            "pods on nodes without the label don't count", [web("w", on: "c"), web("v", on: "c")], spread(),
            [nil, nil, missing]),
        rule(
            "fewer domains than asked for: the smallest count is zero", [web("w", on: "a"), web("v", on: "b")],
            spread(", minDomains: 3"), [spreadRules, spreadRules, missing]),
        rule(
            "as many domains as asked for", [web("w", on: "a"), web("v", on: "b")], spread(", minDomains: 2"),
            [nil, nil, missing]),
        rule(
            "nodes that the pod may not be on don't make a minimum", [web("w", on: "a")],
            spread("", ", nodeSelector: {zone: x}"), [nil, nodeAffinityRules, nodeAffinityRules]),
        rule(
            "unless affinity is to be ignored", [web("w", on: "a")],
            spread(", nodeAffinityPolicy: Ignore", ", nodeSelector: {zone: x}"),
            [spreadRules, nodeAffinityRules, nodeAffinityRules]),
        rule(
            "tainted nodes make a minimum", [web("w", on: "a")], spread(),
            [spreadRules, "node(s) had untolerated taint {k: }"], nodes: tainted),
        rule(
            "unless taints are to be honoured", [web("w", on: "a")], spread(", nodeTaintsPolicy: Honor"),
            [nil, "node(s) had untolerated taint {k: }"], nodes: tainted),
        rule(
            "a constraint that only counts in the choice", [web("w", on: "a")],
            pod(
                "p",
                "{labels: {app: web}, topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, "
                    + "maxSkew: 1, labelSelector: {matchLabels: {app: web}}}]}"), [nil, nil, nil]),
        rule(
            "only pods of the own revision, by matchLabelKeys",
            [pod("w", "{labels: {app: web, hash: one}, node: a}")],
            spread(", matchLabelKeys: [hash]", labels: "app: web, hash: two"), [nil, nil, missing]),
        rule(
            "two constraints: only nodes with both labels count", [web("w", on: "a"), web("v", on: "b")],
            pod(
                "p",
                "{labels: {app: web}, topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: DoNotSchedule, "
                    + "maxSkew: 1, labelSelector: {matchLabels: {app: web}}}, {topologyKey: rack, maxSkew: 1, "
                    + "whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]}"),
            [spreadRules, missing, nil],
            nodes: [
                node("a", "{labels: {zone: x, rack: r}}"), node("b", "{labels: {zone: w}}"),
                node("c", "{labels: {zone: x, rack: s}}"),
            ]),
        rule(
            "no selector, which matches nothing", [web("w", on: "a")],
            pod(
                "p",
                "{labels: {app: web}, topologySpreadConstraints: [{topologyKey: zone, maxSkew: 1, "
                    + "whenUnsatisfiable: DoNotSchedule}]}"), [nil, nil, missing]),
    ]
}
