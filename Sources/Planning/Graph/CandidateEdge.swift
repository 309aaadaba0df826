/// An edge between numbered nodes that is not in force yet, because it may close a cycle.
struct CandidateEdge {
    let dependent: Int
    let dependency: Int
    let kind: Edge.Kind
    /// What follows the word "because".
    let reason: String
    /// The reason of the opposite edge, by which the objects are deleted; nil where it follows from `reason`.
    var deletionReason: String?
    /// Which object's annotation declares it.
    var declaration: Declaration?

    struct Declaration {
        let object: Int
        let annotation: String
    }
}

/// Collects edges, at most one for two nodes: the strongest, and of those the first.
struct CandidateEdges {
    private(set) var edges: [CandidateEdge] = []
    private var places: [Pair: Int] = [:]

    private struct Pair: Hashable {
        let dependent: Int
        let dependency: Int
    }

    /// An object that refers to itself is no order.
    mutating func add(_ edge: CandidateEdge) {
        if edge.dependent == edge.dependency { return }
        let pair = Pair(dependent: edge.dependent, dependency: edge.dependency)
        if places[pair] == nil {
            places[pair] = edges.count
            edges.append(edge)
        }
    }
}
