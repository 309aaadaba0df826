internal import Manifests
package import Resources

/// How one object is brought back to where it was before a revision.
package enum Undo: Hashable, Sendable {
    /// Apply what was declared before.
    case apply(KubernetesObject)
    /// Delete what the revision created.
    case delete
    /// Apply what was declared before; where a field can't be changed back, delete the object and create it anew.
    case recreate(KubernetesObject)
    /// Give the object, which was another's or held others' values, its earlier fields back.
    case restore(KubernetesObject)
    /// Leave it by design, as the plan has told: why.
    case leave(because: String)
    /// Nobody knows how: why.
    case impossible(because: String)
}

/// One object's part of undoing a revision.
package struct UndoStep: Sendable {
    package let identity: ObjectIdentity
    package let undo: Undo
}

/// What undoes a revision, and in which order: a value, made from records alone, so that it survives a crash.
package struct UndoPlan: Sendable {
    /// Only of objects that the revision was to write.
    package let steps: [ObjectIdentity: UndoStep]
    /// Every object of the revision's set; what is not undone keeps the order of the others.
    package let nodes: [GraphNode]
    /// Each waits for its dependents: they are undone first.
    package let edges: [Edge]

    /// - Parameters:
    ///   - contents: Of the revision to undo.
    ///   - previous: What was declared before it; nil where there was nothing.
    ///   - application: Whose namespace stays, since its records live there.
    /// - Throws: `GraphError` where the set has no order, which no recorded set is without.
    package init(
        undoing contents: RevisionContents, previous: RevisionContents?, application: ApplicationIdentity
    ) throws(GraphError) {
        let graph = try DependencyGraph.build(
            manifests: contents.objects.map { Manifest(object: $0, file: "revision") }, useHints: contents.usesHints)
        nodes = graph.nodes.reversed()
        edges = graph.edges.map { edge in
            Edge(
                dependent: edge.dependency, dependency: edge.dependent,
                reason: "\(edge.dependent) was applied after it", kind: edge.kind)
        }
        let declared = Dictionary(
            (previous?.objects ?? []).map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        let home = ObjectIdentity(group: "", kind: "Namespace", name: application.namespace)
        var steps: [ObjectIdentity: UndoStep] = [:]
        for object in contents.objects {
            let identity = object.identity
            guard let action = contents.actions[identity] else { continue }
            let undo: Undo? =
                identity == home && action == .create
                ? .leave(because: "the application's records live in it")
                : Self.undo(action, of: object, before: contents.before[identity], declared: declared[identity])
            steps[identity] = undo.map { UndoStep(identity: identity, undo: $0) }
        }
        self.steps = steps
    }

    private static func undo(
        _ action: Action, of object: KubernetesObject, before: KubernetesObject?, declared: KubernetesObject?
    ) -> Undo? {
        switch (action, before, declared) {
        case (.create, _, _):
            if let annotation = Protection.annotation(of: object) {
                return .leave(because: "its annotation \(annotation) protects it")
            }
            return .delete
        case (.replace, _, let declared?): return .recreate(declared)
        case (.replace, let before?, nil): return .recreate(before.asManifest)
        case (.update, let before?, _), (.adopt, let before?, _): return .restore(before)
        case (.update, nil, let declared?): return .apply(declared)
        case (.update, nil, nil), (.adopt, nil, _), (.replace, nil, nil):
            return .impossible(because: "no record says what it was before")
        case (.unchanged, _, _), (.keep, _, _), (.delete, _, _): return nil
        }
    }
}

extension KubernetesObject {
    /// The object without what the server fills in.
    package var asManifest: KubernetesObject {
        var object = self
        object.value["status"] = nil
        for field in ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink"] {
            object.value["metadata"]?[field] = nil
        }
        return object
    }
}
