package import Resources

/// What the order is about: an object of the set, one outside of it, or a point that several objects meet at.
package enum GraphNode: Hashable, Sendable {
    case object(ObjectIdentity)
    /// An object that the set doesn't hold; it is waited for and never written.
    case external(ObjectIdentity)
    /// Done as soon as everything that it depends on is. It keeps waves and groups small: two waves of 500 objects are
    /// 1,000 edges with a barrier between them and 250,000 without.
    case barrier(String)

    /// The object of the set or outside of it; nil for a barrier.
    package var identity: ObjectIdentity? {
        switch self {
        case .object(let identity), .external(let identity): identity
        case .barrier: nil
        }
    }
}

extension GraphNode: Comparable, CustomStringConvertible {
    package var description: String {
        switch self {
        case .object(let identity), .external(let identity): identity.description
        case .barrier(let name): name
        }
    }

    /// Objects of the set by their identity, then those outside of it, then barriers by their name.
    package static func < (left: GraphNode, right: GraphNode) -> Bool {
        switch (left, right) {
        case (.object(let left), .object(let right)), (.external(let left), .external(let right)): left < right
        case (.barrier(let left), .barrier(let right)): left < right
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .object: 0
        case .external: 1
        case .barrier: 2
        }
    }
}

/// That one node has to wait until another is done, and why.
package struct Edge: Hashable, Sendable {
    /// Where an edge comes from, the strongest first.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// An annotation says so.
        case declared
        /// One object refers to the other.
        case inferred
        /// One object mentions the other's DNS name.
        case hint
    }

    package let dependent: GraphNode
    package let dependency: GraphNode
    /// What follows the word "because".
    package let reason: String
    package let kind: Kind
    /// The annotation of a declared edge.
    package let location: SourceLocation?

    package init(
        dependent: GraphNode,
        dependency: GraphNode,
        reason: String,
        kind: Kind,
        location: SourceLocation? = nil
    ) {
        self.dependent = dependent
        self.dependency = dependency
        self.reason = reason
        self.kind = kind
        self.location = location
    }
}

/// An edge that gave way, because it would have closed a cycle.
package struct DroppedEdge: Hashable, Sendable {
    package let edge: Edge
    /// The cycle that it would have closed: each depends on the next; the first is also the last.
    package let cycle: [GraphNode]

    package var reason: String {
        "it would close a cycle: " + cycle.map(\.description).joined(separator: " → ")
    }
}

/// An object outside of the set that objects of the set declare they depend on.
package struct ExternalDependency: Hashable, Sendable {
    package let identity: ObjectIdentity
    /// Whose declarations ask for it; never empty.
    package let edges: [Edge]
}

/// Everything that is wrong with the order that a set declares.
package struct GraphError: DiagnosticError {
    package let diagnostics: [Diagnostic]
}
