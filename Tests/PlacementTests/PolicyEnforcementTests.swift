import Resources
import Testing

@testable import Placement

@Suite("A policy that is enforced")
struct PolicyEnforcementTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let rule: PlacementPolicy.Rule
        var kind = "Deployment"
        var apiVersion = "apps/v1"
        var labels = "{}"
        var spec = "{containers: []}"
        /// The pod's spec afterwards; nil where nothing is added.
        let becomes: String?
        var added: [String] = []
        var testDescription: String { name }
    }

    private static func policy(_ rule: PlacementPolicy.Rule, _ mode: PlacementPolicy.Mode = .enforce) -> PlacementPolicy
    {
        PlacementPolicy(
            name: "rule", mode: mode, rule: rule, location: SourceLocation(file: "policies.yaml", line: 1, column: 1))
    }

    private static func object(_ row: Case) -> KubernetesObject {
        let template: Value = ["metadata": ["labels": value(row.labels)], "spec": value(row.spec)]
        var object: Value = [
            "apiVersion": .string(row.apiVersion), "kind": .string(row.kind),
            "metadata": ["name": "web", "namespace": "shop"],
        ]
        switch row.kind {
        case "Pod":
            object["metadata"]?["labels"] = value(row.labels)
            object["spec"] = template["spec"]
        case "CronJob": object["spec"] = ["jobTemplate": ["spec": ["template": template]]]
        case "ReplicationController": object["spec"] = ["template": template]
        default: object["spec"] = ["selector": ["matchLabels": value(row.labels)], "template": template]
        }
        return KubernetesObject(object)
    }

    private static func podSpec(_ object: KubernetesObject) -> Value? {
        switch object.kind {
        case "Pod": object.value["spec"]
        case "CronJob": object.value[path: "spec", "jobTemplate", "spec", "template", "spec"]
        default: object.value[path: "spec", "template", "spec"]
        }
    }

    @Test("adds Kubernetes' own constraints to the pods that it is about, and to no others", arguments: cases)
    func adds(_ row: Case) throws {
        let result = try PolicyEnforcement().enforce(
            [Self.policy(row.rule)], on: Self.object(row), namespace: "default")
        #expect(Self.podSpec(result.object) == value(row.becomes ?? row.spec))
        #expect(result.additions.flatMap(\.constraints).map(\.title) == row.added)
        #expect((result.additions.first?.workload.namespace ?? "shop") == "shop")
    }

    @Test("adds nothing twice", arguments: cases)
    func addsOnce(_ row: Case) throws {
        let policies = [Self.policy(row.rule)]
        let once = try PolicyEnforcement().enforce(policies, on: Self.object(row), namespace: "default")
        let twice = try PolicyEnforcement().enforce(policies, on: once.object, namespace: "default")
        #expect(twice.additions.isEmpty)
        #expect(twice.object == once.object)
    }

    @Test("adds what can be taken off a pod again", arguments: cases)
    func removes(_ row: Case) throws {
        let before = Self.object(row)
        let result = try PolicyEnforcement().enforce([Self.policy(row.rule)], on: before, namespace: "default")
        func pod(_ object: KubernetesObject) -> SchedulingPod {
            SchedulingPod(
                namespace: "shop", name: "web", labels: (value(row.labels).object ?? [:]).compactMapValues(\.string),
                spec: Self.podSpec(object) ?? .null)
        }
        let without = result.additions.reduce(pod(result.object)) { $1.removed(from: $0) }
        var expected = pod(before)
        // What a pod bears on top does not matter to the places that it has without the rest.
        expected.tolerations = without.tolerations
        #expect(without == expected)
    }

    @Test("is only looked at where it is to be checked", arguments: cases)
    func checks(_ row: Case) throws {
        let result = try PolicyEnforcement().enforce(
            [Self.policy(row.rule, .check)], on: Self.object(row), namespace: "default")
        #expect(result.object == Self.object(row))
        #expect(result.additions.isEmpty)
    }

    @Test("names the namespaces where the server can't select them")
    func namesNamespaces() throws {
        let row = try #require(Self.cases.first)
        let result = try PolicyEnforcement(namespaces: ["pay", "shop"]).enforce(
            [Self.policy(row.rule)], on: Self.object(row), namespace: "default")
        let term = Self.podSpec(result.object)?[
            path: "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]?[0]
        #expect(term?["namespaces"] == ["pay", "shop"])
        #expect(term?["namespaceSelector"] == nil)
    }

    @Test(
        "is refused where the manifest says the contrary",
        arguments: [
            (
                exclusive, "{role: gateway}", "{nodeSelector: {pool: general}}",
                "asks for nodes with pool=general, not gateway", "spec.template.spec.nodeSelector.pool"
            ),
            (
                spread, "{tier: critical}",
                "{topologySpreadConstraints: [{topologyKey: zone, maxSkew: 3, whenUnsatisfiable: DoNotSchedule, "
                    + "labelSelector: {matchLabels: {tier: critical}}}]}",
                "lets its pods differ by 3 over zone, not by 1", "spec.template.spec.topologySpreadConstraints"
            ),
            (
                spread, "{tier: critical}",
                "{topologySpreadConstraints: [{topologyKey: zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule}]}",
                "spreads over zone by a selector that its pods don't match",
                "spec.template.spec.topologySpreadConstraints"
            ),
            (
                exclusive, "{role: gateway}", "{\(nodeAffinity("{key: pool, operator: In, values: [general]}"))}",
                "keeps off nodes with pool=gateway", "spec.template.spec.affinity.nodeAffinity"
            ),
            (
                exclusive, "{}", "{nodeSelector: {pool: gateway}}",
                "asks for nodes with pool=gateway, which are for other pods", "spec.template.spec.nodeSelector.pool"
            ),
            (
                exclusive, "{}", "{\(nodeAffinity("{key: pool, operator: In, values: [gateway]}"))}",
                "asks for nodes with pool=gateway, which are for other pods", "spec.template.spec.affinity.nodeAffinity"
            ),
        ])
    func refuses(rule: PlacementPolicy.Rule, labels: String, spec: String, problem: String, path: String) throws {
        let object = Self.object(Case(name: "", rule: rule, labels: labels, spec: spec, becomes: nil))
        let error = #expect(throws: PolicyEnforcement.Conflict.self) {
            try PolicyEnforcement().enforce([Self.policy(rule)], on: object, namespace: "default")
        }
        #expect(error?.problem == problem)
        #expect(error?.path.description == path)
    }

    @Test("is the closest one where several spread the same pods", arguments: [[1, 2], [2, 1]])
    func spreadsClosest(skews: [Int]) throws {
        let pods = LabelSelector(matchLabels: ["tier": "critical"])
        let policies = skews.map { Self.policy(.spread(pods: pods, topologyKey: "zone", maxSkew: $0)) }
        let object = Self.object(Case(name: "", rule: Self.spread, labels: "{tier: critical}", becomes: nil))
        let result = try PolicyEnforcement().enforce(policies, on: object, namespace: "default")
        let constraints = Self.podSpec(result.object)?["topologySpreadConstraints"]?.array
        #expect(constraints?.map { $0["maxSkew"] } == [1])
    }

    @Test("can't have the same pods on the nodes of two pools")
    func refusesTwoPools() throws {
        let other = PlacementPolicy.Pool(
            label: "pool", value: "gpu", taint: PlacementPolicy.Taint(key: "gpu", value: "", effect: "NoSchedule"),
            pods: LabelSelector(matchLabels: ["role": "gateway"]))
        let object = Self.object(Case(name: "", rule: Self.exclusive, labels: "{role: gateway}", becomes: nil))
        let error = #expect(throws: PolicyEnforcement.Conflict.self) {
            try PolicyEnforcement().enforce(
                [Self.policy(Self.exclusive), Self.policy(.exclusive(other))], on: object, namespace: "default")
        }
        #expect(error?.problem == "asks for nodes with pool=gateway, not gpu")
        #expect(error?.other == "rule")
    }

    private static func nodeAffinity(_ expression: String) -> String {
        "affinity: {nodeAffinity: {\(required): {nodeSelectorTerms: [{matchExpressions: [\(expression)]}]}}}"
    }

    private static let isolate = PlacementPolicy.Rule.isolate(
        label: "department", topologyKey: "kubernetes.io/hostname")
    private static let exclusive = PlacementPolicy.Rule.exclusive(
        PlacementPolicy.Pool(
            label: "pool", value: "gateway",
            taint: PlacementPolicy.Taint(key: "gateway", value: "true", effect: "NoSchedule"),
            pods: LabelSelector(matchLabels: ["role": "gateway"]), guests: LabelSelector(matchLabels: ["role": "agent"])
        ))
    private static let spread = PlacementPolicy.Rule.spread(
        pods: LabelSelector(matchLabels: ["tier": "critical"]), topologyKey: "zone", maxSkew: 1)
    private static let together = PlacementPolicy.Rule.together(
        pods: LabelSelector(matchLabels: ["app": "web"]), with: LabelSelector(matchLabels: ["app": "cache"]),
        topologyKey: "zone")

    private static let apart =
        "{labelSelector: {matchExpressions: [{key: department, operator: Exists}, "
        + "{key: department, operator: NotIn, values: [pay]}]}, namespaceSelector: {}, topologyKey: kubernetes.io/hostname}"
    private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
    private static let toleration = "{key: gateway, operator: Equal, value: 'true', effect: NoSchedule}"
    private static let avoided = "{key: pool, operator: NotIn, values: [gateway]}"

    private static let cases = [
        Case(
            name: "keeps departments apart", rule: isolate, labels: "{department: pay}",
            becomes: "{containers: [], affinity: {podAntiAffinity: {\(required): [\(apart)]}}}",
            added: ["pod anti-affinity"]),
        Case(
            name: "keeps departments apart besides what is there", rule: isolate, kind: "StatefulSet",
            labels: "{department: pay}", spec: "{affinity: {podAntiAffinity: {\(required): [{topologyKey: zone}]}}}",
            becomes: "{affinity: {podAntiAffinity: {\(required): [{topologyKey: zone}, \(apart)]}}}",
            added: ["pod anti-affinity"]),
        Case(
            name: "keeps the pods of a CronJob apart", rule: isolate, kind: "CronJob", labels: "{department: pay}",
            becomes: "{containers: [], affinity: {podAntiAffinity: {\(required): [\(apart)]}}}",
            added: ["pod anti-affinity"]),
        Case(
            name: "keeps a Pod apart", rule: isolate, kind: "Pod", labels: "{department: pay}",
            becomes: "{containers: [], affinity: {podAntiAffinity: {\(required): [\(apart)]}}}",
            added: ["pod anti-affinity"]),
        Case(name: "leaves pods without a department alone", rule: isolate, becomes: nil),
        Case(
            name: "leaves other kinds alone", rule: isolate, kind: "Widget", labels: "{department: pay}", becomes: nil),
        Case(
            name: "brings pods to their nodes", rule: exclusive, labels: "{role: gateway}",
            becomes: "{containers: [], nodeSelector: {pool: gateway}, tolerations: [\(toleration)]}",
            added: ["node selector", "toleration"]),
        Case(
            name: "adds no toleration to pods that have one", rule: exclusive, labels: "{role: gateway}",
            spec: "{nodeSelector: {disk: ssd}, tolerations: [{operator: Exists}]}",
            becomes: "{nodeSelector: {disk: ssd, pool: gateway}, tolerations: [{operator: Exists}]}",
            added: ["node selector"]),
        Case(name: "leaves the taint to keep others off", rule: exclusive, becomes: nil),
        Case(
            name: "keeps others off that the taint does not", rule: exclusive,
            spec: "{tolerations: [{operator: Exists}]}",
            becomes: "{tolerations: [{operator: Exists}], affinity: {nodeAffinity: {\(required): {nodeSelectorTerms: "
                + "[{matchExpressions: [\(avoided)]}]}}}}", added: ["node affinity"]),
        Case(
            name: "keeps others off by each of their terms", rule: exclusive,
            spec: "{tolerations: [{operator: Exists}], affinity: {nodeAffinity: {\(required): {nodeSelectorTerms: "
                + "[{matchFields: [{key: metadata.name, operator: In, values: [a]}]}, {}]}}}}",
            becomes: "{tolerations: [{operator: Exists}], affinity: {nodeAffinity: {\(required): {nodeSelectorTerms: "
                + "[{matchFields: [{key: metadata.name, operator: In, values: [a]}], matchExpressions: [\(avoided)]}, {}]}}}}",
            added: ["node affinity"]),
        Case(
            name: "leaves others alone that are elsewhere", rule: exclusive,
            spec: "{nodeSelector: {pool: general}, tolerations: [{operator: Exists}]}", becomes: nil),
        Case(
            name: "leaves guests alone", rule: exclusive, labels: "{role: agent}",
            spec: "{tolerations: [{operator: Exists}]}", becomes: nil),
        Case(
            name: "has nothing to add for headroom", rule: .headroom(percent: 20, poolLabel: nil, resources: []),
            becomes: nil),
        Case(
            name: "spreads replicas", rule: spread, labels: "{tier: critical}",
            becomes: "{containers: [], topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, "
                + "whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {tier: critical}}}]}",
            added: ["topology spread"]),
        Case(
            name: "leaves replicas alone that are spread", rule: spread, labels: "{tier: critical}",
            spec: "{topologySpreadConstraints: [{topologyKey: zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule, "
                + "labelSelector: {matchLabels: {tier: critical}}}]}",
            becomes: nil),
        Case(
            name: "spreads the pods of a ReplicationController by its labels", rule: spread,
            kind: "ReplicationController", apiVersion: "v1", labels: "{tier: critical}",
            becomes: "{containers: [], topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, "
                + "whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {tier: critical}}}]}",
            added: ["topology spread"]),
        Case(
            name: "leaves kinds alone that are called like Kubernetes' own", rule: isolate, kind: "Job",
            apiVersion: "batch.volcano.sh/v1alpha1", labels: "{department: pay}", becomes: nil),
        Case(name: "spreads no DaemonSet", rule: spread, kind: "DaemonSet", labels: "{tier: critical}", becomes: nil),
        Case(
            name: "draws pods to others", rule: together, labels: "{app: web}",
            becomes: "{containers: [], affinity: {podAffinity: {\(required): [{labelSelector: {matchExpressions: "
                + "[{key: app, operator: In, values: [cache]}]}, namespaceSelector: {}, topologyKey: zone}]}}}",
            added: ["pod affinity"]),
        Case(name: "draws nobody else", rule: together, labels: "{app: cache}", becomes: nil),
    ]
}
