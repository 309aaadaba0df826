internal import Planning
internal import Reconciler
internal import Resources

/// What of a cluster a plan's rehearsal is about.
struct TwinScope: Sendable {
    /// The kinds of the plan's objects and of the application's members.
    let kinds: Set<GroupKind>
    /// The namespaces in which the plan or the application has objects.
    let namespaces: Set<String>
    /// Those of them that the plan makes.
    let newNamespaces: Set<String>
    /// The objects outside of the set that the plan waits for.
    let externals: [ObjectIdentity]

    /// - Parameter home: The namespace of the application's record.
    init(_ prepared: PreparedPlan, home: String) {
        let planned = prepared.plan.steps.compactMap { $0.change?.identity }
        kinds = Set(planned.map(\.groupKind)).union(prepared.state.resources.keys)
        namespaces = Set(planned.map(\.namespace) + prepared.state.members.keys.map(\.namespace) + [home])
            .subtracting([""])
        newNamespaces = Set(
            prepared.plan.changes.filter { $0.action == .create && $0.identity.groupKind == TwinReader.namespace }
                .map(\.identity.name))
        externals = prepared.plan.graph.externalDependencies.map(\.identity)
    }
}
