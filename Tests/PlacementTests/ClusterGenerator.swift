import Placement
import Resources
import TestSupport

/// Makes small clusters, full of corners: few zones, few labels, taints, ports, affinity of every kind.
///
/// Many of them can live side by side in one control plane: the label `cluster` is on all nodes and pods, in every node
/// selector and in every label selector that could otherwise reach beyond the cluster.
struct ClusterGenerator {
    /// The namespaces of the pods.
    static let namespaces = ["replay-a", "replay-b"]

    let cluster: String
    private var random: SplitMix64
    private var names: [String] = []
    /// What is left of each node.
    private var room: [String: SchedulingNode] = [:]

    init(seed: UInt64, cluster: String = "c") {
        self.cluster = cluster
        random = SplitMix64(seed: seed &* 0x2545_F491_4F6C_DD1D)
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    /// The text, or nothing, so that it can stand in a list of fields.
    private mutating func maybe(_ percent: Int, _ make: (inout Self) -> String) -> [String] {
        chance(percent) ? [make(&self)] : []
    }

    private mutating func some(_ count: ClosedRange<Int>, _ make: (inout Self) -> String) -> String {
        let all = (0..<Int.random(in: count, using: &random)).map { _ in make(&self) }
        return "[\(all.joined(separator: ", "))]"
    }
}

// MARK: nodes
extension ClusterGenerator {
    mutating func nodes() -> [SchedulingNode] { nodeObjects().map(SchedulingNode.init) }

    mutating func nodeObjects() -> [KubernetesObject] {
        names = (0..<Int.random(in: 2...5, using: &random)).map { "\(cluster)-n\($0)" }
        let objects = names.map { nodeObject($0, "{\(nodeFields().joined(separator: ", "))}") }
        room = Dictionary(uniqueKeysWithValues: objects.map { ($0.name, SchedulingNode($0)) })
        return objects
    }

    private mutating func nodeFields() -> [String] {
        let cluster = cluster
        var labels = ["cluster: \(cluster)"]
        labels += maybe(88) { "zone: \(cluster)-\($0.pick(["x", "w", "x", "w", "v"]))" }
        labels += maybe(45) { "disk: \($0.pick(["ssd", "hdd"]))" }
        labels += maybe(60) { "size: '\($0.pick(["0", "1", "2", "3", "03", "big"]))'" }
        var allocatable = ["cpu: \(pick(["500m", "1", "2", "3", "4"]))", "memory: \(pick(["1Gi", "2Gi", "8Gi"]))"]
        allocatable += maybe(25) { "example.com/gpu: '\($0.pick(["1", "2"]))'" }
        allocatable.append("pods: \(chance(2) ? "null" : pick(["2", "3", "4", "8", "8"]))")
        var fields = ["labels: {\(labels.joined(separator: ", "))}"]
        fields.append("allocatable: {\(allocatable.joined(separator: ", "))}")
        fields += maybe(20) { "taints: \($0.pick(["[\($0.taint("k"))]", "[\($0.taint("k")), \($0.taint("gpu"))]"]))" }
        fields += maybe(8) { _ in "unschedulable: true" }
        return fields
    }

    private mutating func taint(_ key: String) -> String {
        let effect = pick(["NoSchedule", "NoSchedule", "NoExecute", "PreferNoSchedule"])
        return "{key: \(key), value: '\(pick(["v", "v", "w", ""]))', effect: \(effect)}"
    }
}

// MARK: pods
extension ClusterGenerator {
    mutating func boundPods() -> [SchedulingPod] { boundPodObjects().map(SchedulingPod.init) }

    /// Pods that are on the nodes already, none of which asks for more than is left there: older schedulers are stricter
    /// with a node that has promised too much. Some are about to go, some have ended.
    mutating func boundPodObjects() -> [KubernetesObject] {
        (0..<Int.random(in: 0...5, using: &random)).compactMap { index in
            var fields = podFields()
            let name = pick(names)
            fields.append("node: \(name)")
            fields += chance(20) ? ["deleting: true"] : maybe(10) { "phase: \($0.pick(["Succeeded", "Failed"]))" }
            let object = PlacementTests.podObject("\(cluster)-b\(index)", "{\(fields.joined(separator: ", "))}")
            return takeRoom(SchedulingPod(object), on: name) ? object : nil
        }
    }

    private mutating func takeRoom(_ pod: SchedulingPod, on node: String) -> Bool {
        guard var left = room[node], pod.isBound else { return room[node] != nil }
        left.maximumPods -= 1
        left.allocatable -= pod.requests
        guard left.maximumPods >= 0, left.allocatable.names.allSatisfy({ left.allocatable[$0] >= 0 }) else {
            return false
        }
        room[node] = left
        return true
    }

    mutating func pod(_ name: String) -> SchedulingPod { SchedulingPod(podObject(name)) }

    mutating func podObject(_ name: String) -> KubernetesObject {
        PlacementTests.podObject(name, "{\(podFields().joined(separator: ", "))}")
    }

    private mutating func podFields() -> [String] {
        let (cluster, app) = (cluster, pick(["web", "db"]))
        var labels = ["cluster: \(cluster)"] + maybe(92) { _ in "app: \(app)" }
        labels += maybe(35) { "tier: \($0.pick(["a", "b"]))" }
        var selector = ["cluster: \(cluster)"]
        selector += maybe(7) { "disk: \($0.pick(["ssd", "hdd"]))" }
        var fields = [
            "namespace: \(pick(Self.namespaces + Self.namespaces.prefix(1)))",
            "labels: {\(labels.joined(separator: ", "))}", "nodeSelector: {\(selector.joined(separator: ", "))}",
            "containers: \(containers())",
        ]
        fields += maybe(12) { "initContainers: [\($0.container("init"))]" }
        fields += maybe(35) { "tolerations: \($0.some(1...2) { $0.toleration() })" }
        fields += affinity(of: app)
        fields += maybe(22) { "topologySpreadConstraints: \($0.constraints(of: app))" }
        return fields
    }

    private mutating func containers() -> String {
        let second = maybe(12) { $0.container("second") }
        return "[\(([container("main", hasPorts: chance(22))] + second).joined(separator: ", "))]"
    }

    private mutating func container(_ name: String, hasPorts: Bool = false) -> String {
        var requests = maybe(75) { "cpu: \($0.pick(["0", "100m", "250m", "500m", "1", "1500m"]))" }
        requests += maybe(12) { "memory: \($0.pick(["0", "512Mi", "1Gi", "1.5Gi"]))" }
        requests += maybe(8) { "example.com/gpu: '\($0.pick(["0", "1", "1", "2"]))'" }
        let given = "{\(requests.joined(separator: ", "))}"
        // What a limit alone says is requested as well; of extended resources as much is requested as is allowed.
        let isLimited = chance(10) || requests.contains { $0.hasPrefix("example.com") }
        let resources = isLimited ? "limits: \(given)" : "requests: \(given)"
        let ports = hasPorts ? ", ports: \(ports())" : ""
        return "{name: \(name), image: none, resources: {\(resources)}\(ports)}"
    }

    private mutating func ports() -> String {
        let first = port(80)
        return "[\(([first] + maybe(25) { $0.port(81) }).joined(separator: ", "))]"
    }

    private mutating func port(_ number: Int) -> String {
        var fields = ["containerPort: \(number)", "hostPort: \(number)"]
        fields += maybe(30) { "protocol: \($0.pick(["TCP", "UDP"]))" }
        fields += maybe(50) { "hostIP: \($0.pick(["0.0.0.0", "10.0.0.1", "10.0.0.1", "10.0.0.2"]))" }
        return "{\(fields.joined(separator: ", "))}"
    }

    private mutating func toleration() -> String {
        pick([
            "{key: k, operator: Exists}", "{key: k, value: v}", "{key: k, value: w, effect: NoSchedule}",
            "{key: k, operator: Equal, value: v, effect: NoExecute}", "{key: k, effect: NoSchedule}",
            "{key: gpu, operator: Exists, effect: NoSchedule}", "{key: gpu, operator: Exists}", "{operator: Exists}",
            "{operator: Exists, effect: NoSchedule}", "{operator: Exists, effect: NoExecute}",
            "{key: node.kubernetes.io/unschedulable, operator: Exists}",
            "{key: node.kubernetes.io/unschedulable, operator: Exists, effect: NoSchedule}",
            "{key: node.kubernetes.io/unschedulable, operator: Exists, effect: NoExecute}",
        ])
    }
}

// MARK: affinity and spread
extension ClusterGenerator {
    private mutating func affinity(of app: String) -> [String] {
        let required = "requiredDuringSchedulingIgnoredDuringExecution"
        var fields = maybe(14) {
            "nodeAffinity: {\(required): {nodeSelectorTerms: \($0.some(1...2) { $0.nodeTerm() })}}"
        }
        fields += maybe(14) {
            let count = $0.chance(25) ? 2 : 1
            return "podAffinity: {\(required): \($0.some(count...count) { $0.podTerm(app) })}"
        }
        fields += maybe(24) {
            let count = $0.chance(20) ? 2 : 1
            return "podAntiAffinity: {\(required): \($0.some(count...count) { $0.podTerm(app, mayMatchAll: true) })}"
        }
        return fields.isEmpty ? [] : ["affinity: {\(fields.joined(separator: ", "))}"]
    }

    private mutating func nodeTerm() -> String {
        if chance(6) { return "{}" }
        let name = "{key: metadata.name, operator: \(pick(["In", "NotIn"])), values: [\(pick(names))]}"
        if chance(15) { return "{matchFields: [\(name)]}" }
        let expressions = "matchExpressions: \(some(1...2) { $0.nodeExpression() })"
        return chance(8) ? "{\(expressions), matchFields: [\(name)]}" : "{\(expressions)}"
    }

    private mutating func nodeExpression() -> String {
        switch pick(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]) {
        case let word where word == "In" || word == "NotIn":
            "{key: disk, operator: \(word), values: \(pick(["[ssd]", "[hdd]", "[ssd, hdd]", "[tape]"]))}"
        case let word where word == "Exists" || word == "DoesNotExist":
            "{key: \(pick(["disk", "size", "zone"])), operator: \(word)}"
        case let word:
            "{key: \(pick(["size", "size", "disk"])), operator: \(word), values: ['\(pick(["0", "1", "2", "-5"]))']}"
        }
    }

    private mutating func topologyKey() -> String { pick(["zone", "kubernetes.io/hostname", "zone"]) }

    private mutating func podTerm(_ app: String, mayMatchAll: Bool = false) -> String {
        var fields = ["topologyKey: \(topologyKey())"] + selector(app, mayMatchAll: mayMatchAll)
        fields += maybe(20) {
            "namespaces: \($0.pick(["[replay-b]", "[replay-b]", "[replay-a]", "[replay-a, replay-b]"]))"
        }
        return "{\(fields.joined(separator: ", "))}"
    }

    /// - Parameters:
    ///   - app: What the pod itself is, so that it often means itself.
    ///   - mayMatchAll: Whether an empty selector does not reach beyond the cluster.
    private mutating func selector(_ app: String, mayMatchAll: Bool) -> [String] {
        if chance(3) { return [] }
        if mayMatchAll, chance(6) { return ["labelSelector: {}"] }
        let cluster = "matchLabels: {cluster: \(cluster)"
        if chance(65) { return ["labelSelector: {\(cluster), app: \(pick([app, app, "web", "db"]))}}"] }
        let expression = pick([
            "{key: app, operator: In, values: [web, db]}", "{key: app, operator: NotIn, values: [web]}",
            "{key: tier, operator: Exists}", "{key: tier, operator: DoesNotExist}",
            "{key: tier, operator: NotIn, values: [a]}",
        ])
        return ["labelSelector: {\(cluster)}, matchExpressions: [\(expression)]}"]
    }

    private mutating func constraints(of app: String) -> String {
        let keys = chance(25) ? ["zone", "kubernetes.io/hostname"] : [topologyKey()]
        return "[\(keys.map { constraint(on: $0, app) }.joined(separator: ", "))]"
    }

    private mutating func constraint(on key: String, _ app: String) -> String {
        let action = chance(92) ? "DoNotSchedule" : "ScheduleAnyway"
        var fields = ["topologyKey: \(key)", "maxSkew: \(pick([1, 1, 2]))", "whenUnsatisfiable: \(action)"]
        fields += selector(app, mayMatchAll: true)
        // Older servers drop these two.
        if action == "DoNotSchedule" { fields += maybe(12) { "minDomains: \($0.pick([2, 3]))" } }
        fields += maybe(12) { _ in "nodeTaintsPolicy: Honor" }
        return "{\(fields.joined(separator: ", "))}"
    }
}
