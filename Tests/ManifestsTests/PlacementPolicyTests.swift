import Manifests
import Resources
import Testing

@Suite struct PlacementPolicyTests {
    private static func text(_ spec: String, name: String = "rule") -> String {
        "apiVersion: endstate.dev/v1\nkind: PlacementPolicy\nmetadata: {name: \(name)}\nspec: \(spec)\n"
    }

    private static let web = LabelSelector(matchLabels: ["app": "web"])
    private static let pods = "pods: {matchLabels: {app: web}}"
    private static let gpu = PlacementPolicy.Taint(key: "gpu", value: "", effect: "NoSchedule")

    @Test(arguments: [
        (
            "{mode: enforce, isolate: {label: example.com/department}}", PlacementPolicy.Mode.enforce,
            PlacementPolicy.Rule.isolate(label: "example.com/department", topologyKey: "kubernetes.io/hostname")
        ),
        ("{isolate: {label: a, topologyKey: zone}}", .check, .isolate(label: "a", topologyKey: "zone")),
        (
            "{mode: check, exclusive: {nodes: {pool: gpu}, taint: {key: gpu}, \(pods)}}", .check,
            .exclusive(.init(label: "pool", value: "gpu", taint: gpu, pods: web))
        ),
        (
            "{exclusive: {nodes: {pool: gpu}, taint: {key: a, value: 'yes', effect: NoExecute}, \(pods), "
                + "guests: {matchExpressions: [{key: agent, operator: Exists}]}}}", .check,
            .exclusive(
                .init(
                    label: "pool", value: "gpu", taint: .init(key: "a", value: "yes", effect: "NoExecute"), pods: web,
                    guests: LabelSelector(requirements: [.init(key: "agent", operator: .exists, values: [])])))
        ),
        ("{headroom: {}}", .check, .headroom(percent: 20, poolLabel: nil, resources: [])),
        (
            "{headroom: {percent: 5, pool: pool, resources: [cpu, nvidia.com/gpu]}}", .check,
            .headroom(percent: 5, poolLabel: "pool", resources: ["cpu", "nvidia.com/gpu"])
        ),
        (
            "{spread: {\(pods)}}", .check,
            .spread(pods: web, topologyKey: "topology.kubernetes.io/zone", maxSkew: 1)
        ),
        (
            "{mode: enforce, together: {\(pods), with: {matchLabels: {app: web}}, topologyKey: rack}}", .enforce,
            .together(pods: web, with: web, topologyKey: "rack")
        ),
    ])
    func `a policy is read`(spec: String, mode: PlacementPolicy.Mode, rule: PlacementPolicy.Rule) throws {
        let set = try read(Self.text(spec)).set
        #expect(
            set.policies == [
                PlacementPolicy(
                    name: "rule", mode: mode, rule: rule,
                    location: SourceLocation(file: "shop.yaml", line: 1, column: 1))
            ])
        #expect(set.manifests.isEmpty)
    }

    @Test(arguments: [
        ("{}", "spec must have one of isolate, exclusive, headroom, spread, together"),
        (
            "{isolate: {label: a}, headroom: {percent: 1}}",
            "spec must have one of isolate, exclusive, headroom, spread, together, not isolate and headroom"
        ),
        ("{mode: warn, isolate: {label: a}}", "spec.mode must be check or enforce"),
        ("{isolate: {}}", "spec.isolate.label is missing"),
        ("{isolate: {label: 'a b'}}", "spec.isolate.label is invalid"),
        ("{isolate: {label: a, topology: zone}}", "unknown field spec.isolate.topology of the PlacementPolicy"),
        ("{isolate: [a]}", "spec.isolate must be an object, not a list"),
        ("{exclusive: {taint: {key: a}, \(pods)}}", "spec.exclusive.nodes is missing"),
        ("{exclusive: {nodes: {a: b}, \(pods)}}", "spec.exclusive.taint is missing"),
        ("{exclusive: {nodes: {a: b}, taint: {value: c}, \(pods)}}", "spec.exclusive.taint.key is missing"),
        (
            "{exclusive: {nodes: {a: b, c: d}, taint: {key: a}, \(pods)}}",
            "spec.exclusive.nodes must be one label with its value"
        ),
        (
            "{exclusive: {nodes: {a: b}, taint: {key: a, effect: PreferNoSchedule}, \(pods)}}",
            "spec.exclusive.taint.effect must be NoSchedule or NoExecute"
        ),
        (
            "{exclusive: {nodes: {a: b}, taint: {key: a}, pods: {}}}",
            "spec.exclusive.pods selects every pod; name labels"
        ),
        ("{exclusive: {nodes: {a: b}, taint: {key: a}, pods: {app: web}}}", "unknown field spec.exclusive.pods.app"),
        ("{headroom: {percent: 100}}", "spec.headroom.percent must be from 1 to 99, not 100"),
        ("{headroom: {percent: 20, resources: cpu}}", "spec.headroom.resources must be a list, not a string"),
        (
            "{mode: enforce, headroom: {percent: 20}}",
            "spec.mode can't be enforce: Kubernetes has no constraint for headroom"
        ),
        (
            "{spread: {pods: {matchExpressions: [{key: a, operator: Near}]}}}",
            "spec.spread.pods.matchExpressions[0].operator must be In, NotIn, Exists, DoesNotExist"
        ),
        (
            "{spread: {pods: {matchLabels: {app: web, critical: true}}}}",
            "spec.spread.pods.matchLabels.critical must be a string, not the boolean true"
        ),
        (
            "{spread: {pods: {matchLabels: {app: 'a b'}}}}", "spec.spread.pods.matchLabels.app is invalid"
        ),
        (
            "{spread: {pods: {matchExpressions: [{key: a, operator: In}]}}}",
            "spec.spread.pods.matchExpressions[0] needs values"
        ),
        (
            "{spread: {pods: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}}",
            "spec.spread.pods.matchExpressions[0] can have no values"
        ),
        (
            "{exclusive: {nodes: {a: b}, taint: {key: a, value: 'not one!'}, \(pods)}}",
            "spec.exclusive.taint.value is invalid"
        ),
        ("{spread: {\(pods), maxSkew: 0}}", "spec.spread.maxSkew must be from 1 to 1000, not 0"),
        (
            "{spread: {pods: {matchExpressions: [{key: a, operater: In, values: [b]}]}}}",
            "unknown field spec.spread.pods.matchExpressions[0].operater of the PlacementPolicy"
        ),
        ("{headroom: {percent: 1, resources: [pods]}}", "spec.headroom.resources can't have pods"),
        ("{together: {\(pods)}}", "spec.together.with is missing"),
        ("{spread: null, isolate: null}", "spec must have one of"),
    ])
    func `what is wrong with a policy is told`(spec: String, problem: String) {
        let said = report(Self.text(spec))
        #expect(said.contains(": \(problem)"), "\(said)")
        #expect(said.contains("--> shop.yaml:4:"))
    }

    @Test func `a policy needs a name of its own`() {
        #expect(report(Self.text("{headroom: {percent: 1}}", name: "''")).contains("metadata.name is empty"))
        let twice = Self.text("{headroom: {percent: 1}}") + "---\n" + Self.text("{headroom: {percent: 2}}")
        #expect(
            report(twice) == """
                error[duplicate-policy]: there is a second PlacementPolicy rule
                 --> shop.yaml:8:18
                  |
                8 | metadata: {name: rule}
                  |                  ^
                  = cause 1: the first is at shop.yaml:1:1
                hint: give it another name
                """)
    }
}
