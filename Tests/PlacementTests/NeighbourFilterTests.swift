import Placement
import Resources
import Testing

@Suite("Affinity to other pods")
struct NeighbourFilterTests {
    @Test("answers as the scheduler does", arguments: affinity + antiAffinity + existing)
    func answers(_ rule: FilterCase) {
        #expect(rule.failures.map { $0?.reasons.joined(separator: " + ") } == rule.says)
    }

    static func zone(_ name: String, _ zone: String?) -> SchedulingNode {
        node(name, zone.map { "{labels: {zone: \($0)}}" } ?? "{}")
    }

    private static let zones = [zone("a", "x"), zone("b", "x"), zone("c", "w"), zone("d", nil)]

    /// - Parameter kind: `podAffinity` or `podAntiAffinity`.
    private static func wants(_ kind: String, _ terms: String, _ more: String = "") -> SchedulingPod {
        pod(
            "p", "{affinity: {\(kind): {requiredDuringSchedulingIgnoredDuringExecution: \(terms)}}\(more)}")
    }

    private static func near(_ terms: String, _ more: String = "") -> SchedulingPod {
        wants("podAffinity", terms, more)
    }
    private static func apart(_ terms: String, _ more: String = "") -> SchedulingPod {
        wants("podAntiAffinity", terms, more)
    }

    private static let db = "[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}]"
    private static let hosts = "[{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}}]"
    private static let database = pod("db", "{labels: {app: db}, node: a}")

    private static func rule(
        _ name: String, _ pods: [SchedulingPod], _ pod: SchedulingPod, _ says: [String?],
        namespaces: [String: [String: String]] = [:]
    ) -> FilterCase {
        FilterCase(name: name, nodes: zones, pods: pods, namespaces: namespaces, pod: pod, says: says)
    }

    private static let no = affinityRules
    private static let affinity = [
        rule("the domain of a pod that matches", [database], near(db), [nil, nil, no, no]),
        rule("the node of a pod that matches", [database], near(hosts), [nil, no, no, no]),
        rule("no pod that matches", [], near(db), [no, no, no, no]),
        rule("the first of pods that match themselves", [], near(db, ", labels: {app: db}"), [nil, nil, nil, no]),
        rule("a later pod of those", [database], near(db, ", labels: {app: db}"), [nil, nil, no, no]),
        rule(
            "a pod of another namespace", [pod("db", "{labels: {app: db}, node: a, namespace: other}")], near(db),
            [no, no, no, no]),
        rule(
            "a namespace that is named", [pod("db", "{labels: {app: db}, node: a, namespace: other}")],
            near("[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}, namespaces: [other]}]"),
            [nil, nil, no, no]),
        rule(
            "the own namespace, where another is named", [database],
            near("[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}, namespaces: [other]}]"),
            [no, no, no, no]),
        rule(
            "a namespace by its labels", [pod("db", "{labels: {app: db}, node: a, namespace: other}")],
            near(
                "[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}, "
                    + "namespaceSelector: {matchLabels: {team: x}}}]"), [nil, nil, no, no],
            namespaces: ["other": ["team": "x"]]),
        rule(
            "every namespace", [pod("db", "{labels: {app: db}, node: a, namespace: other}")],
            near("[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}, namespaceSelector: {}}]"),
            [nil, nil, no, no]),
        rule("no selector, which matches nothing", [database], near("[{topologyKey: zone}]"), [no, no, no, no]),
        rule(
            "an empty selector, which matches everything", [database], near("[{topologyKey: zone, labelSelector: {}}]"),
            [nil, nil, no, no]),
        rule(
            "two terms that two pods match, one each, count for none",
            [database, pod("web", "{labels: {app: web}, node: a}")],
            near(
                "[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}, "
                    + "{topologyKey: zone, labelSelector: {matchLabels: {app: web}}}]"), [no, no, no, no]),
        rule(
            "two terms that one pod matches", [pod("db", "{labels: {app: db, tier: one}, node: a}")],
            near(
                "[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}, "
                    + "{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {tier: one}}}]"),
            [nil, no, no, no]),
        rule(
            "a pod that is about to go counts", [pod("db", "{labels: {app: db}, node: a, deleting: true}")], near(db),
            [nil, nil, no, no]),
        rule(
            "a pod that has ended counts for nothing", [pod("db", "{labels: {app: db}, node: a, phase: Succeeded}")],
            near(db), [no, no, no, no]),
        rule(
            "a pod that matches on a node without the label is near nothing",
            [pod("db", "{labels: {app: db}, node: d}")], near(db), [no, no, no, no]),
        rule(
            "labels of the pod itself, by matchLabelKeys",
            [
                pod("db", "{labels: {app: db, hash: one}, node: a}"),
                pod("db2", "{labels: {app: db, hash: two}, node: c}"),
            ],
            near(
                "[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}, matchLabelKeys: [hash]}]",
                ", labels: {hash: two}"), [no, no, nil, no]),
        rule(
            "other labels than the pod's, by mismatchLabelKeys",
            [
                pod("db", "{labels: {app: db, hash: one}, node: a}"),
                pod("db2", "{labels: {app: db, hash: two}, node: c}"),
            ],
            near(
                "[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}, mismatchLabelKeys: [hash]}]",
                ", labels: {hash: two}"), [nil, nil, no, no]),
    ]

    private static let anti = antiAffinityRules
    private static let antiAffinity = [
        rule("the domain of a pod that matches is closed", [database], apart(db), [anti, anti, nil, nil]),
        rule("the node of a pod that matches is closed", [database], apart(hosts), [anti, nil, nil, nil]),
        rule(
            "one term of two is enough", [database],
            apart(
                "[{topologyKey: zone, labelSelector: {matchLabels: {app: none}}}, "
                    + "{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}]"), [anti, anti, nil, nil]),
        rule(
            "another namespace is no matter", [pod("db", "{labels: {app: db}, node: a, namespace: other}")], apart(db),
            [nil, nil, nil, nil]),
        rule(
            "no selector, which matches nothing, closes nothing", [database], apart("[{topologyKey: zone}]"),
            [nil, nil, nil, nil]),
        rule(
            "a pod that is about to go still closes", [pod("db", "{labels: {app: db}, node: a, deleting: true}")],
            apart(db),
            [anti, anti, nil, nil]),
    ]

    private static let hermit = pod(
        "hermit",
        "{node: a, labels: {app: hermit}, affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
            + "[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}]}}}")

    private static let existing = [
        rule(
            "pods that are there and don't want this one", [hermit], pod("p", "{labels: {app: db}}"),
            [existingRules, existingRules, nil, nil]),
        rule(
            "pods that are there and don't mind this one", [hermit], pod("p", "{labels: {app: web}}"),
            [nil, nil, nil, nil]),
        rule(
            "pods that are there and mean their own namespace", [hermit],
            pod("p", "{labels: {app: db}, namespace: other}"), [nil, nil, nil, nil]),
        rule(
            "the own anti-affinity is told before that of others", [hermit],
            apart(
                "[{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: hermit}}}]",
                ", labels: {app: db}"), [anti, existingRules, nil, nil]),
        rule(
            "affinity is told before anti-affinity", [database],
            pod(
                "p",
                "{affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
                    + "[{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: none}}}]}, "
                    + "podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: \(db)}}}"), [no, no, no, no]),
    ]
}
