package import Manifests
package import Placement
package import Resources

/// Everything that a plan is made of.
package struct PlanInput: Sendable {
    package var intent: PlanIntent
    package var application: ApplicationIdentity
    package var source: PlanSource
    package var manifestDigest: String
    package var manifestCount: Int
    /// One for each manifest, and a deletion for each member that has no manifest.
    package var changes: [ObjectChange]
    /// The order of the manifests; nil where there are none.
    package var graph: DependencyGraph?
    /// Which of the graph's external dependencies exist; nil where nobody has looked, as offline.
    package var existing: Set<ObjectIdentity>?
    package var settings: GuardrailSettings
    package var observations: ClusterObservations
    /// What the configuration says of pauses; a plan that deletes the application has none.
    package var pauses: [ApplicationSettings.PauseRequest]
    /// The revision of the same set that failed; nil where there is none.
    package var condemnation: Revision?
    /// Whether the pods find nodes; empty where none come, or nobody has looked.
    package var placement: PlacementReport
    package var warnings: [Diagnostic]

    package init(
        intent: PlanIntent = .apply,
        application: ApplicationIdentity,
        source: PlanSource,
        manifestDigest: String,
        manifestCount: Int,
        changes: [ObjectChange],
        graph: DependencyGraph?,
        existing: Set<ObjectIdentity>? = nil,
        settings: GuardrailSettings = GuardrailSettings(),
        observations: ClusterObservations = ClusterObservations(),
        pauses: [ApplicationSettings.PauseRequest] = [],
        condemnation: Revision? = nil,
        placement: PlacementReport = PlacementReport(),
        warnings: [Diagnostic] = []
    ) {
        self.intent = intent
        self.application = application
        self.source = source
        self.manifestDigest = manifestDigest
        self.manifestCount = manifestCount
        self.changes = changes
        self.graph = graph
        self.existing = existing
        self.settings = settings
        self.observations = observations
        self.pauses = pauses
        self.condemnation = condemnation
        self.placement = placement
        self.warnings = warnings
    }
}

/// Why there is no plan.
package struct PlanError: DiagnosticError {
    package let diagnostics: [Diagnostic]
}

/// Puts changes in order and checks them.
package enum Planner {
    /// - Throws: `PlanError` where an external dependency doesn't exist or is about to be deleted, where a pause is about
    ///   no object of the set, and where changes and graph aren't about the same objects.
    package static func plan(_ input: PlanInput) throws(PlanError) -> Plan {
        let graph = input.graph ?? DependencyGraph.empty
        let changes = decided(input)
        let deletions = changes.filter { $0.action == .delete }
        let applied = changes.filter { $0.action != .delete && $0.action != .keep }
        let pauses = PauseResolver(
            input.intent == .apply ? input.pauses : [], objects: applied.map(\.identity), graph: graph)
        let problems =
            externalProblems(graph, existing: input.existing, deleted: deletions)
            + inconsistencies(graph, applied, deletions) + pauses.problems
        if !problems.isEmpty { throw PlanError(diagnostics: problems) }
        let deletionOrder = DependencyGraph.deletionOrder(of: deletions.compactMap(\.live))
        let guardrails = Guardrails(
            application: input.application,
            intent: input.intent,
            settings: input.settings,
            observations: input.observations,
            changes: changes,
            manifestCount: input.manifestCount,
            condemnation: input.condemnation,
            placement: input.placement
        )
        return Plan(
            intent: input.intent,
            application: input.application,
            source: input.source,
            cluster: input.observations.cluster,
            manifestDigest: input.manifestDigest,
            manifestCount: input.manifestCount,
            steps: steps(graph, applied).paused(pauses.pauses),
            deletions: steps(deletionOrder, deletions),
            kept: changes.filter { $0.action == .keep }.sorted { $0.identity < $1.identity },
            unread: unread(input.observations),
            graph: graph,
            placement: input.placement,
            warnings: input.warnings + uncertainty(input.placement) + graph.warnings + pauses.warnings
                + deletionOrder.warnings,
            violations: guardrails.violations,
            summary: PlanSummary(changes)
        )
    }

    /// One warning for all pods that may wait for ever; the verdicts say why.
    private static func uncertainty(_ placement: PlacementReport) -> [Diagnostic] {
        let names = placement.verdicts.filter { $0.certainty == .possible }.map(\.workload.description)
        if names.isEmpty { return [] }
        return [
            Diagnostic(
                .warning, code: "placement-uncertain",
                "it is not certain that the pods of \(names.abbreviated()) find nodes",
                hint: "see what the plan says of its pods")
        ]
    }

    private static func unread(
        _ observations: ClusterObservations
    ) -> (groupKinds: Set<GroupKind>, namespaces: Set<String>) {
        if observations.unreadKinds.isEmpty { return ([], []) }
        return (Set(observations.unreadKinds.keys), observations.recordedNamespaces)
    }

    /// The changes of a plan, with what is kept told apart from what is deleted.
    package static func settled(
        _ changes: [ObjectChange], application: ApplicationIdentity, settings: GuardrailSettings,
        observations: ClusterObservations
    ) -> [ObjectChange] {
        Retention(
            changes, intent: .apply, application: application, settings: settings, observations: observations
        ).changes
    }

    /// The changes sorted by identity, with what is adopted and what is kept found out.
    private static func decided(_ input: PlanInput) -> [ObjectChange] {
        let changes = input.changes.sorted { $0.identity < $1.identity }.map { change in
            guard [.update, .unchanged].contains(change.action), let live = change.live,
                Membership(of: live, in: input.application) != .ours
            else { return change }
            var adopted = change
            adopted.action = .adopt
            return adopted
        }
        let retention = Retention(
            changes,
            intent: input.intent,
            application: input.application,
            settings: input.settings,
            observations: input.observations
        )
        return retention.changes
    }

    private static func steps(_ graph: DependencyGraph, _ changes: [ObjectChange]) -> [Step] {
        let byIdentity = Dictionary(changes.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        return graph.nodes.compactMap { node in
            let work: Step.Work? =
                switch node {
                case .object(let identity): byIdentity[identity].map(Step.Work.change)
                case .external(let identity): .external(identity)
                case .barrier: .barrier
                }
            return work.map { Step(node: node, work: $0, dependsOn: graph.dependencies(of: node), pause: nil) }
        }
    }

    private static func externalProblems(
        _ graph: DependencyGraph,
        existing: Set<ObjectIdentity>?,
        deleted: [ObjectChange]
    ) -> [Diagnostic] {
        let deleted = Set(deleted.map(\.identity))
        return graph.externalDependencies.flatMap { dependency -> [Diagnostic] in
            let isDeleted = deleted.contains(dependency.identity)
            guard isDeleted || existing?.contains(dependency.identity) == false else { return [] }
            let problem = isDeleted ? "the plan deletes" : "is neither in the source nor on the cluster"
            return dependency.edges.map { edge in
                let message = "\(edge.dependent) depends on \(dependency.identity), which \(problem)"
                let hint = "declare it, create it, or remove the reference"
                return Diagnostic(code: "missing-dependency", message, at: edge.location, hint: hint)
            }
        }
    }

    /// Objects that have a change and no node, a node and no change, or another live object than the one to delete.
    private static func inconsistencies(
        _ graph: DependencyGraph,
        _ applied: [ObjectChange],
        _ deletions: [ObjectChange]
    ) -> [Diagnostic] {
        let ordered = Set(graph.waves.joined())
        let changed = Set(applied.map(\.identity))
        let missing = ordered.symmetricDifference(changed).union(
            deletions.filter { $0.live?.identity != $0.identity }.map(\.identity))
        return missing.sorted().map { identity in
            Diagnostic(
                code: "incomplete-plan", "\(identity) is in only one of the order, the changes and the live state")
        }
    }
}
