import Resources
import Testing

@testable import Placement

/// Every order in which the scheduler may place pods that are alike, tried out.
struct EveryChoice {
    /// The fewest and the most pods that are placed when none can be any more.
    private(set) var placed = (fewest: Int.max, most: 0)
    private var seen: Set<[Int]> = []
    private let limit: Int

    init(_ pod: SchedulingPod, in state: PlacementState, limit: Int) {
        self.limit = limit
        explore(PodFilter(pod, in: state), state, Array(repeating: 0, count: state.nodes.count))
    }

    private mutating func explore(_ filter: PodFilter, _ state: PlacementState, _ counts: [Int]) {
        guard seen.insert(counts).inserted else { return }
        let total = counts.reduce(0, +)
        let open = total == limit ? [] : state.nodes.indices.filter { filter.failure(on: $0, in: state) == nil }
        if open.isEmpty {
            placed = (min(placed.fewest, total), max(placed.most, total))
            return
        }
        for node in open {
            var (filter, state, counts) = (filter, state, counts)
            state.place(filter.pod, on: node)
            filter.note(filter.pod, on: node, in: state)
            counts[node] += 1
            explore(filter, state, counts)
        }
    }
}

@Suite("Places for pods that are alike")
struct SlotCountTests {
    @Test("are never promised where some order of choices has none, nor denied where one has", arguments: 0..<600)
    func agreesWithEveryChoice(seed: Int) {
        var generator = ClusterGenerator(seed: UInt64(seed))
        let state = PlacementState(nodes: generator.nodes(), pods: generator.boundPods())
        let pod = generator.pod("p")
        let limit = 5
        let truth = EveryChoice(pod, in: state, limit: limit).placed
        let range = SlotCount(PodFilter(pod, in: state), in: state, limit: limit).range()
        let least = min(limit, range.surely)
        let most = min(limit, range.atMost)
        #expect(least <= truth.fewest, "promised \(least), but a bad choice places \(truth.fewest)")
        #expect(most >= truth.most, "at most \(most), but a good choice places \(truth.most)")
    }

    @Test("are counted exactly in most clusters")
    func isMostlyExact() {
        var (exact, all) = (0, 0)
        for seed in 0..<600 {
            var generator = ClusterGenerator(seed: UInt64(seed))
            let state = PlacementState(nodes: generator.nodes(), pods: generator.boundPods())
            let pod = generator.pod("p")
            let truth = EveryChoice(pod, in: state, limit: 5).placed
            let range = SlotCount(PodFilter(pod, in: state), in: state, limit: 5).range()
            if min(5, range.surely) == truth.fewest, min(5, range.atMost) == truth.most { exact += 1 }
            all += 1
        }
        print("places of alike pods: \(exact) of \(all) clusters counted exactly")
        #expect(exact * 10 >= all * 9)
    }
}
