import Resources
import Testing

@testable import Placement

/// Every order in which the pods of two workloads may come, with every choice of the scheduler.
struct EveryInterleaving {
    /// Whether in some of them a pod of the second workload finds no node, and in some all pods of both find one.
    private(set) var canFail = false
    private(set) var canSucceed = false
    private var seen: Set<[Int]> = []
    private let pods: [SchedulingPod]
    private let wanted: [Int]
    private let look: (PlacementState) -> Void

    /// - Parameter look: Sees what becomes of the cluster each time that all pods have a node.
    init(
        _ first: (pod: SchedulingPod, count: Int), _ second: (pod: SchedulingPod, count: Int), in state: PlacementState,
        look: @escaping (PlacementState) -> Void = { _ in }
    ) {
        self.look = look
        pods = [first.pod, second.pod]
        wanted = [first.count, second.count]
        explore(pods.map { PodFilter($0, in: state) }, state, Array(repeating: 0, count: state.nodes.count * 2))
    }

    private mutating func explore(_ filters: [PodFilter], _ state: PlacementState, _ counts: [Int]) {
        guard seen.insert(counts).inserted else { return }
        let size = state.nodes.count
        var isEnd = true
        for kind in 0...1 where counts[kind * size..<(kind + 1) * size].reduce(0, +) < wanted[kind] {
            let open = state.nodes.indices.filter { filters[kind].failure(on: $0, in: state) == nil }
            // A pod of the second that finds no node now may find one later; but it may also be that no more come.
            if kind == 1, open.isEmpty { canFail = true }
            for node in open {
                isEnd = false
                var (filters, state, counts) = (filters, state, counts)
                state.place(pods[kind], on: node)
                for index in 0...1 { filters[index].note(pods[kind], on: node, in: state) }
                counts[kind * size + node] += 1
                explore(filters, state, counts)
            }
        }
        if isEnd, counts.reduce(0, +) == wanted.reduce(0, +) {
            canSucceed = true
            look(state)
        }
    }
}

@Suite("Two workloads that come at the same time")
struct PlanSoundnessTests {
    @Test(
        "are never promised a place that the other one can take, nor denied one that both can have", arguments: 0..<500)
    func agreesWithEveryInterleaving(seed: Int) throws {
        var generator = ClusterGenerator(seed: UInt64(seed + 10_000))
        let (nodes, bound) = (generator.nodes(), generator.boundPods())
        let workloads = ["first", "second"].map { name in
            Workload(
                identity: ObjectIdentity(group: "apps", kind: "Deployment", namespace: "default", name: name),
                pod: generator.pod(name), replicas: name == "first" ? 2 : 2)
        }
        let question = PlacementQuestion(nodes: nodes, pods: bound, workloads: workloads)
        let verdict = try #require(PlacementSimulator(question).verdicts().last)
        // Terminating pods may or may not be gone: the promise is about the full cluster, the denial about the empty one.
        let fullest = PlacementState(nodes: nodes, pods: bound)
        let emptiest = PlacementState(nodes: nodes, pods: bound.filter { !$0.isBeingDeleted })
        let pair = workloads.map { (pod: $0.pod, count: $0.replicas) }
        if verdict.certainty == .guaranteed {
            #expect(!EveryInterleaving(pair[0], pair[1], in: fullest).canFail)
        }
        if verdict.certainty == .impossible {
            #expect(!EveryInterleaving(pair[0], pair[1], in: emptiest).canSucceed)
        }
    }
}
