/// How many pods that something matches are in each domain of a topology.
struct DomainCounts: Sendable {
    /// By node; -1 where the node has no such label.
    let ids: [Int]
    private(set) var counts: [Int]

    init(_ domains: (ids: [Int], count: Int)) {
        ids = domains.ids
        counts = Array(repeating: 0, count: domains.count)
    }

    /// Nil where the node has no such label.
    subscript(node: Int) -> Int? { ids[node] < 0 ? nil : counts[ids[node]] }

    var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

    mutating func add(_ count: Int, on node: Int) {
        if ids[node] >= 0 { counts[ids[node]] += count }
    }
}
