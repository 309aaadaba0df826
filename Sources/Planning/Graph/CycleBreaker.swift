/// Puts edges into force one after the other, the strongest first, and drops each that would close a cycle.
struct CycleBreaker {
    struct Dropped {
        let edge: CandidateEdge
        /// The nodes of the cycle: each depends on the next; the first is also the last.
        let cycle: [Int]
    }

    private(set) var kept: [CandidateEdge] = []
    private(set) var dropped: [Dropped] = []

    /// - Parameter edges: the strongest first.
    init(nodeCount: Int, edges: [CandidateEdge]) {
        let isInCore = Self.core(nodeCount: nodeCount, edges: edges)
        var graph: [Int: [Int]] = [:]
        for edge in edges {
            guard isInCore[edge.dependent], isInCore[edge.dependency] else {
                kept.append(edge)
                continue
            }
            if let path = Self.path(from: edge.dependency, to: edge.dependent, in: graph) {
                dropped.append(Dropped(edge: edge, cycle: Self.rotated([edge.dependent] + path.dropLast())))
            } else {
                graph[edge.dependent, default: []].append(edge.dependency)
                kept.append(edge)
            }
        }
    }

    /// Which nodes may lie on a cycle: what is left after taking away, again and again, nodes that nothing depends on
    /// and nodes that depend on nothing. In most sets that is none, which spares the search for paths.
    private static func core(nodeCount: Int, edges: [CandidateEdge]) -> [Bool] {
        var isInCore = [Bool](repeating: true, count: nodeCount)
        for isForward in [true, false] {
            var waiting = [Int](repeating: 0, count: nodeCount)
            var next = [[Int]](repeating: [], count: nodeCount)
            for edge in edges where isInCore[edge.dependent] && isInCore[edge.dependency] {
                let (from, to) = isForward ? (edge.dependency, edge.dependent) : (edge.dependent, edge.dependency)
                waiting[to] += 1
                next[from].append(to)
            }
            var free = (0..<nodeCount).filter { isInCore[$0] && waiting[$0] == 0 }
            while let node = free.popLast() {
                isInCore[node] = false
                for other in next[node] {
                    waiting[other] -= 1
                    if waiting[other] == 0 { free.append(other) }
                }
            }
        }
        return isInCore
    }

    /// A shortest path along dependencies, both ends included; nil where there is none.
    private static func path(from start: Int, to end: Int, in graph: [Int: [Int]]) -> [Int]? {
        var cameFrom = [start: start]
        var queue = [start]
        var head = 0
        while head < queue.count {
            let node = queue[head]
            head += 1
            if node == end { return trace(from: end, cameFrom) }
            for next in graph[node] ?? [] where cameFrom[next] == nil {
                cameFrom[next] = node
                queue.append(next)
            }
        }
        return nil
    }

    private static func trace(from end: Int, _ cameFrom: [Int: Int]) -> [Int] {
        var path = [end]
        while let node = path.last, let previous = cameFrom[node], previous != node {
            path.append(previous)
        }
        return path.reversed()
    }

    /// The cycle with its smallest node first and last, so that one cycle reads the same however it was found.
    private static func rotated(_ cycle: [Int]) -> [Int] {
        guard let smallest = cycle.indices.min(by: { cycle[$0] < cycle[$1] }) else { return cycle }
        return Array(cycle[smallest...] + cycle[...smallest])
    }
}
