/// How deep each node of a graph without cycles lies.
struct GraphDepths {
    /// The longest way to a node that depends on nothing, in edges.
    private(set) var order: [Int]
    /// The same, in objects of the set before it: barriers and external objects do not count.
    private(set) var wave: [Int]

    /// - Parameter objectCount: nodes from this number on are barriers and external objects.
    init(nodeCount: Int, objectCount: Int, edges: [CandidateEdge]) {
        order = [Int](repeating: 0, count: nodeCount)
        wave = order
        var waiting = order
        var dependents = [[Int]](repeating: [], count: nodeCount)
        for edge in edges {
            waiting[edge.dependent] += 1
            dependents[edge.dependency].append(edge.dependent)
        }
        var free = waiting.indices.filter { waiting[$0] == 0 }
        while let node = free.popLast() {
            for dependent in dependents[node] {
                order[dependent] = max(order[dependent], order[node] + 1)
                wave[dependent] = max(wave[dependent], wave[node] + (node < objectCount ? 1 : 0))
                waiting[dependent] -= 1
                if waiting[dependent] == 0 { free.append(dependent) }
            }
        }
    }
}
