import ArgumentParser
import Foundation
import Glibc
import Placement
import Resources

/// Measures the verdict on a plan of 100 workloads with 10 pods each, of which a third are kept apart and spread over zones.
struct PlacementBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "placement", abstract: "Measures how long the verdict on a plan's pods takes; needs no cluster.")

    @Option(help: "How many nodes.") var nodes = 1000
    @Option(help: "How many pods are bound.") var pods = 10_000
    @Option(help: "How many workloads of ten pods come.") var workloads = 100

    func run() {
        let clock = ContinuousClock()
        var question = PlacementQuestion(
            nodes: (0..<nodes).map(Self.node), pods: (0..<pods).map { Self.bound($0, nodes: nodes) },
            workloads: (0..<workloads).map(Self.workload))
        question.namespaces = ["default": [:]]
        var verdicts: [PlacementVerdict] = []
        let seconds = clock.measure { verdicts = PlacementSimulator(question).verdicts() } / .seconds(1)
        question.policies = Self.policies
        let policies = clock.measure { _ = PolicyCheck(question, verdicts: verdicts).verdicts() } / .seconds(1)
        (question.policies, question.workloads, question.losses) = ([], [], [NodeLoss(nodes: ["node-1"])])
        let loss = clock.measure { _ = PlacementReport(question) } / .seconds(1)
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        let counts = PlacementVerdict.Certainty.allCases.map { certainty in
            "\(verdicts.count { $0.certainty == certainty }) \(certainty.rawValue)"
        }
        print(
            "\(workloads) workloads of 10 pods, \(nodes) nodes, \(pods) bound pods: "
                + String(format: "%.3f s; %.3f s for 3 policies, ", seconds, policies)
                + String(format: "%.3f s for doing without a node; ", loss)
                + "peak memory \(usage.ru_maxrss / 1024) MiB "
                + "(\(counts.joined(separator: ", ")))")
    }

    private static let policies: [PlacementPolicy] = {
        let location = SourceLocation(file: "policies.yaml", line: 1, column: 1)
        let rules: [PlacementPolicy.Rule] = [
            .isolate(label: "department", topologyKey: "kubernetes.io/hostname"),
            .headroom(percent: 20, poolLabel: "pool", resources: []),
            .exclusive(
                PlacementPolicy.Pool(
                    label: "pool", value: "gateway", taint: .init(key: "gateway", value: "", effect: "NoSchedule"),
                    pods: LabelSelector(matchLabels: ["app": "new-1"]))),
        ]
        return rules.map { PlacementPolicy(name: $0.name, mode: .check, rule: $0, location: location) }
    }()

    private static func node(_ number: Int) -> SchedulingNode {
        SchedulingNode(
            name: "node-\(number)",
            labels: [
                "kubernetes.io/hostname": "node-\(number)", "topology.kubernetes.io/zone": "zone-\(number % 3)",
                "pool": number % 10 == 0 ? "gateway" : "general",
            ], allocatable: ResourceAmounts(milliCPU: 16_000, memory: 64 << 30), maximumPods: 110)
    }

    private static func bound(_ number: Int, nodes: Int) -> SchedulingPod {
        var pod = pod("app-\(number % 500)", "pod-\(number)")
        pod.nodeName = "node-\(number * 7 % nodes)"
        pod.isReady = true
        return pod
    }

    private static func workload(_ number: Int) -> Placement.Workload {
        let name = "new-\(number)"
        var pod = pod(name, name)
        if number % 3 == 0 {
            let selector = LabelSelector(matchLabels: ["app": name])
            pod.antiAffinity = [
                PodAffinityTerm(selector: selector, namespaces: ["default"], topologyKey: "kubernetes.io/hostname")
            ]
            pod.spread = [SpreadConstraint(topologyKey: "topology.kubernetes.io/zone", selector: selector)]
        }
        return Placement.Workload(
            identity: ObjectIdentity(group: "apps", kind: "Deployment", namespace: "default", name: name), pod: pod,
            replicas: 10)
    }

    private static func pod(_ app: String, _ name: String) -> SchedulingPod {
        var pod = SchedulingPod(
            name: name, labels: ["app": app, "department": "d\(app.utf8.last ?? 0)"],
            requests: ResourceAmounts(milliCPU: 500, memory: 1 << 30))
        if app.hasSuffix("7") {
            pod.antiAffinity = [
                PodAffinityTerm(
                    selector: LabelSelector(matchLabels: ["app": app]), namespaces: ["default"],
                    topologyKey: "kubernetes.io/hostname")
            ]
        }
        return pod
    }
}
