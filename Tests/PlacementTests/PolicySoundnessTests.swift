import Resources
import Testing

@testable import Placement

@Suite("A policy that is said to be kept")
struct PolicySoundnessTests {
    private static let location = SourceLocation(file: "p.yaml", line: 1, column: 1)
    private static let hostname = "kubernetes.io/hostname"

    private static func rules() -> [PlacementPolicy.Rule] {
        let (web, db) = (LabelSelector(matchLabels: ["app": "web"]), LabelSelector(matchLabels: ["app": "db"]))
        return [
            .isolate(label: "tier", topologyKey: hostname), .isolate(label: "tier", topologyKey: "zone"),
            .spread(pods: web, topologyKey: "zone", maxSkew: 1), .together(pods: web, with: db, topologyKey: "zone"),
        ]
    }

    /// Two workloads on a small cluster.
    private static func question(_ seed: Int, _ rule: PlacementPolicy.Rule, isEnforced: Bool) throws
        -> PlacementQuestion
    {
        var generator = ClusterGenerator(seed: UInt64(seed + 20_000))
        let (nodes, bound) = (generator.nodes(), generator.boundPods())
        let mode: PlacementPolicy.Mode = isEnforced ? .enforce : .check
        let policy = PlacementPolicy(name: "rule", mode: mode, rule: rule, location: location)
        let workloads = try ["first", "second"].map { name in
            var object = generator.podObject(name)
            object.value["metadata"]?["labels"]?["name"] = .string(name)
            object.value["metadata"]?["labels"]?["tier"] = name == "first" ? "a" : "b"
            object = try PolicyEnforcement().enforce([policy], on: object, namespace: "default").object
            return Workload(
                identity: ObjectIdentity(group: "apps", kind: "Deployment", namespace: "default", name: name),
                pod: SchedulingPod(object), replicas: 2)
        }
        var question = PlacementQuestion(nodes: nodes, pods: bound, workloads: workloads)
        question.policies = [policy]
        return question
    }

    /// Whether the policy holds for the pods of both workloads.
    private static func holds(
        _ rule: PlacementPolicy.Rule, _ state: PlacementState, _ workloads: [Workload], _ question: PlacementQuestion
    ) -> Bool {
        let groups = state.groups.filter { !$0.key.isBeingDeleted }
        let own = Set(workloads.map { PlacementState.PodGroup($0.pod) })
        switch rule {
        case .isolate(let label, let key):
            let domains = state.domains(of: key).ids
            return groups.filter { own.contains($0.key) }.allSatisfy { group, nodes in
                guard let value = group.labels[label] else { return true }
                let taken = Set(nodes.keys.map { domains[$0] }.filter { $0 >= 0 })
                return groups.allSatisfy { other, places in
                    guard let foreign = other.labels[label], foreign != value else { return true }
                    return taken.isDisjoint(with: places.keys.map { domains[$0] })
                }
            }
        case .spread(let pods, let key, let maxSkew):
            let domains = state.domains(of: key).ids
            return workloads.filter { pods.matches($0.pod.labels) }.allSatisfy { workload in
                let filter = PodFilter(workload.pod, in: PlacementState(nodes: state.nodes))
                var counts: [Int: Int] = [:]
                for node in state.nodes.indices where filter.isMeant(for: node) && domains[node] >= 0 {
                    counts[domains[node], default: 0] += groups[PlacementState.PodGroup(workload.pod)]?[node] ?? 0
                }
                return (counts.values.max() ?? 0) - (counts.values.min() ?? 0) <= maxSkew
            }
        case .together(let pods, let others, let key):
            let domains = state.domains(of: key).ids
            let near = Set(groups.filter { others.matches($0.key.labels) }.flatMap(\.value.keys).map { domains[$0] })
            return workloads.filter { pods.matches($0.pod.labels) }.allSatisfy { workload in
                (groups[PlacementState.PodGroup(workload.pod)] ?? [:]).keys.allSatisfy { near.contains(domains[$0]) }
            }
        case .exclusive, .headroom: return true
        }
    }

    /// - Returns: How many policies that are about a workload are said to be kept.
    private static func check(_ seed: Int, isEnforced: Bool) throws -> Int {
        var kept = 0
        for rule in rules() {
            let question = try question(seed, rule, isEnforced: isEnforced)
            let report = PlacementReport(question)
            guard let verdict = report.policies.first else { continue }
            if verdict.outcome != .kept || verdict.workloads.isEmpty { continue }
            kept += 1
            let pair = question.workloads.map { (pod: $0.pod, count: $0.replicas) }
            for bound in [question.pods, question.pods.filter { !$0.isBeingDeleted }] {
                let state = PlacementState(nodes: question.nodes, pods: bound)
                _ = EveryInterleaving(pair[0], pair[1], in: state) { state in
                    #expect(holds(rule, state, question.workloads, question), "\(rule) of \(verdict)")
                }
            }
        }
        return kept
    }

    @Test("is kept by every choice that the scheduler has", arguments: [false, true])
    func isKept(isEnforced: Bool) throws {
        var meaningful = 0
        for seed in 0..<100 { meaningful += try Self.check(seed, isEnforced: isEnforced) }
        // Else it would say nothing.
        #expect(meaningful > 40, "\(meaningful)")
    }

    @Test("is one that is enforced, wherever departments have nothing to do with earlier pods")
    func enforcedIsKept() throws {
        for seed in 0..<300 {
            var question = try Self.question(seed, Self.rules()[0], isEnforced: true)
            question.pods = []
            let report = PlacementReport(question)
            if let verdict = report.policies.first { #expect(verdict.outcome == .kept, "\(seed): \(verdict)") }
        }
    }
}
