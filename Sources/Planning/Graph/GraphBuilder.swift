internal import Resources

/// Finds all edges of a set and takes out those that would close a cycle. Where the objects are to be deleted, every edge
/// is turned round at the end.
struct GraphBuilder {
    /// A graph's parts by the numbers of its nodes.
    struct Resolved {
        let nodes: [GraphNode]
        let edges: [Edge]
        let hints: [Edge]
        let dropped: [DroppedEdge]
        let warnings: [Diagnostic]
    }

    /// Nothing but cycles of declared edges where the annotations themselves are right.
    private(set) var errors: [Diagnostic]
    private let isDeletion: Bool
    private let index: ObjectIndex
    private let nodes: [GraphNode]
    private let breaker: CycleBreaker
    private let unusedHints: [CandidateEdge]
    private let warnings: [Diagnostic]

    /// The most cycles that are reported at once.
    private static let maximumCycles = 10

    init(sources: [GraphSource], useHints: Bool, isDeletion: Bool) {
        self.isDeletion = isDeletion
        index = ObjectIndex(sources)
        let declared = DeclaredOrder(index: index, isDeletion: isDeletion)
        var candidates = declared.edges
        InferredOrder(index: index).add(to: &candidates)
        if !isDeletion { HintedOrder(index: index).add(to: &candidates) }
        nodes = index.sources.map { .object($0.identity) } + declared.furtherNodes
        let used = useHints ? candidates.edges : candidates.edges.filter { $0.kind != .hint }
        unusedHints = useHints ? [] : candidates.edges.filter { $0.kind == .hint }
        breaker = CycleBreaker(nodeCount: nodes.count, edges: used)
        errors = declared.errors + index.duplicates
        warnings = declared.warnings + (isDeletion ? declared.errors.map(\.asWarning) : [])
        if errors.isEmpty { errors = cycleErrors() }
    }

    func graph() -> DependencyGraph {
        let kept = (isDeletion ? breaker.kept.map(turned) : breaker.kept)
            .sorted { ($0.dependent, $0.dependency) < ($1.dependent, $1.dependency) }
        let resolved = Resolved(
            nodes: nodes,
            edges: kept.map(edge),
            hints: unusedHints.map(edge),
            dropped: breaker.dropped.map(dropped),
            warnings: warnings
        )
        let depths = GraphDepths(nodeCount: nodes.count, objectCount: index.sources.count, edges: kept)
        return DependencyGraph(resolved: resolved, depths: depths)
    }

    private func dropped(_ dropped: CycleBreaker.Dropped) -> DroppedEdge {
        let cycle = dropped.cycle.map { nodes[$0] }
        if isDeletion { return DroppedEdge(edge: edge(turned(dropped.edge)), cycle: cycle.reversed()) }
        return DroppedEdge(edge: edge(dropped.edge), cycle: cycle)
    }

    private func turned(_ edge: CandidateEdge) -> CandidateEdge {
        CandidateEdge(
            dependent: edge.dependency,
            dependency: edge.dependent,
            kind: edge.kind,
            reason: edge.deletionReason ?? "\(nodes[edge.dependent]) is applied after it: \(edge.reason)",
            declaration: edge.declaration
        )
    }

    private func edge(_ candidate: CandidateEdge) -> Edge {
        Edge(
            dependent: nodes[candidate.dependent],
            dependency: nodes[candidate.dependency],
            reason: candidate.reason,
            kind: candidate.kind,
            location: candidate.declaration.flatMap { index.sources[$0.object].location(ofAnnotation: $0.annotation) }
        )
    }

    /// One error for each declared edge that closes a cycle, with the place of every declaration of the cycle.
    private func cycleErrors() -> [Diagnostic] {
        let closing = breaker.dropped.filter { $0.edge.kind == .declared }
        return closing.prefix(Self.maximumCycles).map { dropped in
            let path = dropped.cycle.map { nodes[$0].description }.joined(separator: " → ")
            let message = "the declared order is a cycle: \(path)"
            let causes = zip(dropped.cycle, dropped.cycle.dropFirst()).compactMap { cause(of: $0, $1, dropped.edge) }
            let hint = "remove one of these declarations"
            guard let declaration = dropped.edge.declaration else {
                return Diagnostic(code: "dependency-cycle", message, causes: causes, hint: hint)
            }
            return index.sources[declaration.object].diagnostic(
                code: "dependency-cycle",
                message,
                atAnnotation: declaration.annotation,
                causes: causes,
                hint: hint
            )
        }
    }

    private func cause(of dependent: Int, _ dependency: Int, _ closing: CandidateEdge) -> String? {
        let candidates = breaker.kept + [closing]
        guard let found = candidates.last(where: { $0.dependent == dependent && $0.dependency == dependency }) else {
            return nil
        }
        let edge = edge(found)
        let place = edge.location.map { " (\($0))" } ?? ""
        return "\(edge.dependent) waits for \(edge.dependency), because \(edge.reason)\(place)"
    }
}

extension Diagnostic {
    fileprivate var asWarning: Diagnostic {
        var warning = self
        warning.severity = .warning
        return warning
    }
}
