package import Planning

/// Decides what may start: a node starts as soon as everything that it depends on is done.
///
/// It performs nothing; whoever does tells it what is done, and gets what that sets free.
package struct StepScheduler {
    private enum State {
        case blocked(by: Int)
        case started
        case done
    }

    private var states: [GraphNode: State] = [:]
    private var dependents: [GraphNode: [GraphNode]] = [:]
    private var dependencies: [GraphNode: [GraphNode]] = [:]
    /// Nodes that may start and have not been taken yet, in order.
    private var ready: [GraphNode] = []
    private var unfinished: Int

    /// - Parameters:
    ///   - nodes: In the order in which those that may start at the same time are taken.
    ///   - edges: Those that name a node outside of `nodes` are left out.
    package init(nodes: [GraphNode], edges: some Sequence<Edge>) {
        unfinished = nodes.count
        for node in nodes { states[node] = .blocked(by: 0) }
        for edge in edges where states[edge.dependent] != nil && states[edge.dependency] != nil {
            dependents[edge.dependency, default: []].append(edge.dependent)
            dependencies[edge.dependent, default: []].append(edge.dependency)
        }
        for node in nodes {
            let count = dependencies[node]?.count ?? 0
            states[node] = .blocked(by: count)
            if count == 0 { ready.append(node) }
        }
        ready.reverse()
    }

    package var isFinished: Bool { unfinished == 0 }

    /// Takes the next node that may start; nil where none may.
    package mutating func next() -> GraphNode? {
        guard let node = ready.popLast() else { return nil }
        states[node] = .started
        return node
    }

    /// Notes that a node is done, which may set its dependents free.
    package mutating func finish(_ node: GraphNode) {
        guard case .started = states[node] else { return }
        states[node] = .done
        unfinished -= 1
        var free: [GraphNode] = []
        for dependent in dependents[node] ?? [] {
            guard case .blocked(let count) = states[dependent] else { continue }
            states[dependent] = .blocked(by: count - 1)
            if count == 1 { free.append(dependent) }
        }
        ready.insert(contentsOf: free.reversed(), at: 0)
    }

    /// The nodes that are not done, sorted.
    package var notDone: [GraphNode] {
        states.compactMap { node, state in
            if case .done = state { nil } else { node }
        }
        .sorted()
    }

    /// What an unstarted node still waits for.
    package func pendingDependencies(of node: GraphNode) -> [GraphNode] {
        (dependencies[node] ?? []).filter { dependency in
            if case .done = states[dependency] { false } else { true }
        }
    }
}
