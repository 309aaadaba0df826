import Placement
import Resources

/// SplitMix64 (Steele, Lea, Flood, 2014): the same clusters in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes small clusters, full of corners: few zones, few labels, taints, ports, affinity of every kind.
struct ClusterGenerator {
    private var random: SplitMix
    private var names: [String] = []

    init(seed: UInt64) {
        random = SplitMix(state: seed &* 0x2545_F491_4F6C_DD1D)
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    mutating func nodes() -> [SchedulingNode] {
        names = (0..<Int.random(in: 1...4, using: &random)).map { "n\($0)" }
        return names.map { name in
            var labels: [String] = []
            if chance(85) { labels.append("zone: \(pick(["x", "w"]))") }
            if chance(30) { labels.append("disk: \(pick(["ssd", "hdd"]))") }
            let taint = chance(15) ? "taints: [{key: k, value: v, effect: \(pick(["NoSchedule", "NoExecute"]))}], " : ""
            let size = "allocatable: {cpu: \(pick([1, 2, 3])), pods: \(pick([2, 3, 8]))}"
            return node(
                name, "{labels: {\(labels.joined(separator: ", "))}, \(taint)unschedulable: \(chance(6)), \(size)}")
        }
    }

    mutating func boundPods() -> [SchedulingPod] {
        (0..<Int.random(in: 0...4, using: &random)).map { index in
            var bound = pod("b\(index)")
            bound.nodeName = pick(names)
            bound.isBeingDeleted = chance(15)
            return bound
        }
    }

    private mutating func app() -> String { pick(["web", "db"]) }

    private mutating func term() -> String {
        let key = pick(["zone", "kubernetes.io/hostname", "zone"])
        return "{topologyKey: \(key), labelSelector: {matchLabels: {app: \(app())}}}"
    }

    private mutating func constraint() -> String {
        let domains = chance(15) ? ", minDomains: \(pick([2, 3]))" : ""
        let policy = chance(15) ? ", nodeTaintsPolicy: Honor" : ""
        return "{topologyKey: \(pick(["zone", "kubernetes.io/hostname"])), maxSkew: \(pick([1, 1, 2])), "
            + "whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: \(app())}}\(domains)\(policy)}"
    }

    mutating func pod(_ name: String) -> SchedulingPod {
        var fields = ["labels: {app: \(app())}", "cpu: \(pick(["0", "500m", "1", "1"]))"]
        if chance(10) { fields.append("nodeSelector: {disk: ssd}") }
        if chance(20) { fields.append("tolerations: [{key: k, operator: Exists}]") }
        if chance(10) { fields.append("containers: [{ports: [{containerPort: 1, hostPort: 80}]}]") }
        var affinity: [String] = []
        let required = "requiredDuringSchedulingIgnoredDuringExecution"
        if chance(20) { affinity.append("podAffinity: {\(required): [\(term())]}") }
        if chance(30) {
            let terms = chance(20) ? "\(term()), \(term())" : term()
            affinity.append("podAntiAffinity: {\(required): [\(terms)]}")
        }
        if !affinity.isEmpty { fields.append("affinity: {\(affinity.joined(separator: ", "))}") }
        if chance(30) {
            let all = chance(25) ? "\(constraint()), \(constraint())" : constraint()
            fields.append("topologySpreadConstraints: [\(all)]")
        }
        return PlacementTests.pod(name, "{\(fields.joined(separator: ", "))}")
    }
}
