import Placement
import Resources
import Testing

@Suite("Filters that look at the node alone")
struct NodeFilterTests {
    @Test("answer as the scheduler does", arguments: taints + nodeAffinity + names)
    func answers(_ rule: FilterCase) {
        #expect(rule.failures.map { $0?.reasons.joined(separator: " + ") } == rule.says)
    }

    private static let gpu = "{taints: [{key: gpu, value: 'true', effect: NoSchedule}]}"
    private static let untolerated = "node(s) had untolerated taint {gpu: true}"

    private static let taints = [
        FilterCase(
            name: "a cordoned node", nodes: [node("a", "{unschedulable: true}")], pod: pod("p"),
            says: ["node(s) were unschedulable"]),
        FilterCase(
            name: "a cordoned node whose cordon is tolerated", nodes: [node("a", "{unschedulable: true}")],
            pod: pod("p", "{tolerations: [{key: node.kubernetes.io/unschedulable, operator: Exists}]}"), says: [nil]),
        FilterCase(
            name: "a cordon is tolerated for its effect only", nodes: [node("a", "{unschedulable: true}")],
            pod: pod("p", "{tolerations: [{key: node.kubernetes.io/unschedulable, effect: NoExecute}]}"),
            says: ["node(s) were unschedulable"]),
        FilterCase(name: "a taint", nodes: [node("a", gpu)], pod: pod("p"), says: [untolerated]),
        FilterCase(
            name: "a taint that evicts", nodes: [node("a", "{taints: [{key: gpu, value: 'true', effect: NoExecute}]}")],
            pod: pod("p"), says: [untolerated]),
        FilterCase(
            name: "a taint that is only a preference",
            nodes: [node("a", "{taints: [{key: gpu, effect: PreferNoSchedule}]}")], pod: pod("p"), says: [nil]),
        FilterCase(
            name: "a tolerated taint", nodes: [node("a", gpu)],
            pod: pod("p", "{tolerations: [{key: gpu, value: 'true', effect: NoSchedule}]}"), says: [nil]),
        FilterCase(
            name: "another value than the tolerated one", nodes: [node("a", gpu)],
            pod: pod("p", "{tolerations: [{key: gpu, value: 'no', effect: NoSchedule}]}"), says: [untolerated]),
        FilterCase(
            name: "any value", nodes: [node("a", gpu)],
            pod: pod("p", "{tolerations: [{key: gpu, operator: Exists, effect: NoSchedule}]}"), says: [nil]),
        FilterCase(
            name: "another effect than the tolerated one", nodes: [node("a", gpu)],
            pod: pod("p", "{tolerations: [{key: gpu, operator: Exists, effect: NoExecute}]}"), says: [untolerated]),
        FilterCase(
            name: "a toleration of every effect", nodes: [node("a", gpu)],
            pod: pod("p", "{tolerations: [{key: gpu, operator: Exists}]}"), says: [nil]),
        FilterCase(
            name: "a toleration of everything", nodes: [node("a", gpu)],
            pod: pod("p", "{tolerations: [{operator: Exists}]}"), says: [nil]),
        FilterCase(
            name: "a toleration of another key", nodes: [node("a", gpu)],
            pod: pod("p", "{tolerations: [{key: other, operator: Exists}]}"), says: [untolerated]),
        FilterCase(
            name: "the first of two taints that is not tolerated",
            nodes: [
                node(
                    "a",
                    "{taints: [{key: x, effect: NoSchedule}, {key: gpu, value: 'true', effect: NoSchedule}]}")
            ], pod: pod("p", "{tolerations: [{key: x, operator: Exists}]}"), says: [untolerated]),
    ]

    private static func requires(_ terms: String) -> SchedulingPod {
        pod(
            "p",
            "{affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: \(terms)}}}}"
        )
    }

    private static func expression(_ key: String, _ operator: String, _ values: String = "[]") -> SchedulingPod {
        requires("[{matchExpressions: [{key: \(key), operator: \(`operator`), values: \(values)}]}]")
    }

    private static let disks = [node("a", "{labels: {disk: ssd, size: '10'}}"), node("b")]

    private static func affinity(_ name: String, _ pod: SchedulingPod, _ first: Bool, _ second: Bool) -> FilterCase {
        FilterCase(
            name: name, nodes: disks, pod: pod,
            says: [first ? nil : nodeAffinityRules, second ? nil : nodeAffinityRules])
    }

    private static let nodeAffinity = [
        affinity("a node selector", pod("p", "{nodeSelector: {disk: ssd}}"), true, false),
        affinity("a node selector with another value", pod("p", "{nodeSelector: {disk: hdd}}"), false, false),
        affinity("In", expression("disk", "In", "[hdd, ssd]"), true, false),
        affinity("NotIn, which a node without the label fulfils", expression("disk", "NotIn", "[ssd]"), false, true),
        affinity("Exists", expression("disk", "Exists"), true, false),
        affinity("DoesNotExist", expression("disk", "DoesNotExist"), false, true),
        affinity("Gt compares integers", expression("size", "Gt", "['9']"), true, false),
        affinity("Gt is not or equal", expression("size", "Gt", "['10']"), false, false),
        affinity("Lt", expression("size", "Lt", "['11']"), true, false),
        affinity("Lt is not or equal", expression("size", "Lt", "['10']"), false, false),
        affinity("Gt of a number that could be no label", expression("size", "Gt", "['-5']"), false, false),
        affinity("Gt of a label that is no integer", expression("disk", "Gt", "['1']"), false, false),
        affinity("an empty term, which matches nothing", requires("[{}]"), false, false),
        affinity("no terms, which match nothing", requires("[]"), false, false),
        affinity(
            "one of two terms",
            requires(
                "[{matchExpressions: [{key: disk, operator: In, values: [hdd]}]}, "
                    + "{matchExpressions: [{key: disk, operator: Exists}]}]"), true, false),
        affinity(
            "both expressions of a term",
            requires(
                "[{matchExpressions: [{key: disk, operator: Exists}, {key: size, operator: In, values: ['1']}]}]"),
            false, false),
        affinity(
            "a field, which is the node's name",
            requires("[{matchFields: [{key: metadata.name, operator: In, values: [b]}]}]"), false, true),
        affinity(
            "selector and affinity, both",
            pod(
                "p",
                "{nodeSelector: {disk: ssd}, affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
                    + "{nodeSelectorTerms: [{matchExpressions: [{key: size, operator: DoesNotExist}]}]}}}}"), false,
            false),
    ]

    private static let names = [
        FilterCase(
            name: "a pod that names its node", nodes: [node("a"), node("b")], pod: pod("p", "{node: b}"),
            says: ["node(s) didn't match the requested node name", nil]),
        FilterCase(
            name: "the cordon comes before the taint, the taint before the affinity",
            nodes: [
                node("a", "{unschedulable: true, taints: [{key: gpu, value: 'true', effect: NoSchedule}]}"),
                node("b", gpu), node("c"),
            ], pod: pod("p", "{nodeSelector: {disk: ssd}}"),
            says: ["node(s) were unschedulable", untolerated, nodeAffinityRules]),
    ]
}
