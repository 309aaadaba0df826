package import Manifests
package import Resources

/// Which objects have to wait for which, without cycles.
package struct DependencyGraph: Sendable {
    /// Every node after all that it depends on; those of one depth sorted.
    package let nodes: [GraphNode]
    /// The edges in force, sorted by dependent and dependency.
    package let edges: [Edge]
    /// What DNS names suggest, where hints are not in force.
    package let hints: [Edge]
    package let dropped: [DroppedEdge]
    package let externalDependencies: [ExternalDependency]
    /// The objects of the set by how many others must be done one after the other before them: how people see the order.
    package let waves: [[ObjectIdentity]]
    package let warnings: [Diagnostic]
    private let edgesByDependent: [GraphNode: [Edge]]

    /// What a node waits for, sorted; empty where it may start at once.
    package func dependencies(of node: GraphNode) -> [Edge] {
        edgesByDependent[node] ?? []
    }

    /// The order of nothing.
    package static let empty = GraphBuilder(sources: [], useHints: false, isDeletion: false).graph()

    /// The order of a set's manifests. The objects' namespaces must be filled in.
    /// - Parameter useHints: whether DNS names that are found in environment variables, arguments and ConfigMaps order
    ///   the workloads.
    /// - Throws: `GraphError` with every malformed annotation, or every cycle of declared edges.
    package static func build(manifests: [Manifest], useHints: Bool = false) throws(GraphError) -> DependencyGraph {
        let builder = GraphBuilder(sources: manifests.map(GraphSource.init), useHints: useHints, isDeletion: false)
        if !builder.errors.isEmpty { throw GraphError(diagnostics: builder.errors) }
        return builder.graph()
    }

    /// The order in which live objects are deleted: against the order that the rules for manifests find in them.
    ///
    /// What is wrong with a live object's annotations becomes a warning, since nothing may keep it from being deleted.
    package static func deletionOrder(of objects: [KubernetesObject]) -> DependencyGraph {
        GraphBuilder(sources: objects.map { GraphSource($0) }, useHints: false, isDeletion: true).graph()
    }

    /// - Parameter depths: of each node, see `GraphDepths`.
    init(resolved: GraphBuilder.Resolved, depths: GraphDepths) {
        nodes = resolved.nodes.indices.sorted { (depths.order[$0], $0) < (depths.order[$1], $1) }.map {
            resolved.nodes[$0]
        }
        edges = resolved.edges
        hints = resolved.hints
        dropped = resolved.dropped
        warnings = resolved.warnings
        edgesByDependent = Dictionary(grouping: resolved.edges, by: \.dependent)
        externalDependencies = Dictionary(grouping: resolved.edges) { $0.dependency }
            .compactMap { node, edges in
                guard case .external(let identity) = node else { return nil }
                return ExternalDependency(identity: identity, edges: edges)
            }
            .sorted { $0.identity < $1.identity }
        var waves: [[ObjectIdentity]] = []
        for (number, node) in resolved.nodes.enumerated() {
            guard case .object(let identity) = node else { continue }
            while waves.count <= depths.wave[number] { waves.append([]) }
            waves[depths.wave[number]].append(identity)
        }
        self.waves = waves
    }
}
