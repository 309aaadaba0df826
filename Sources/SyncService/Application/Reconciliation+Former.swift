internal import Manifests
internal import Planning
internal import Reconciler
internal import Resources

/// What is in force while something new may not be applied.
extension Reconciliation {
    /// Brings back what is in force, where somebody has changed it.
    func keepFormer(_ result: inout ReconciliationResult) async throws {
        guard let former = try await former() else {
            result.outcome = .error("what is in force is not known, or a run is open")
            return
        }
        result.inForce = former.source
        if former.prepared.isDone {
            result.drifted = await check(former.prepared)
            result.outcome = .unchanged
            return
        }
        (result.repaired, result.rivals) = Self.drift(in: former.prepared.plan)
        try await execute(
            former.prepared, of: former.set, by: former.maker, former.settings, isRepair: true, source: former.source,
            &result)
    }

    /// Finds out what nothing is known of yet about what is in force: how its members are, and which applications it declares.
    /// Nothing is written.
    func lookAtFormer(_ result: inout ReconciliationResult) async {
        // What can't be found out now is found out with the next try.
        guard let former = try? await former() else { return }
        result.inForce = former.source
        result.drifted.formUnion(await check(former.prepared).union(former.prepared.plan.writes))
        if !knowsNested { await onNested(former.set.applications) }
    }

    private struct Former {
        let source: PlanSource
        let set: ManifestSet
        let settings: ApplicationSettings
        let maker: PlanMaker
        let prepared: PreparedPlan
    }

    /// The set that is in force, with a plan to bring it back; nil where none is, or where a run of another one is open.
    private func former() async throws -> Former? {
        let history = try await RevisionStore(client: target.client, application: target.identity).list().map(
            \.revision)
        guard let newest = history.first, let deployed = history.first(where: { $0.state == .deployed }),
            // An earlier repair is gone on with.
            newest.state != .pending || newest.manifestDigest == deployed.manifestDigest,
            deployed.source.commit != nil
        else { return nil }
        let source = deployed.source
        let set = try await target.slots.with { try await read(source) }
        let settings = application.settings.completed(by: set.application)
        let maker = maker(settings, isRepair: true)
        let prepared = try await plan(set, by: maker, source: source)
        guard prepared.isRepair(by: set) else { return nil }
        return Former(source: source, set: set, settings: settings, maker: maker, prepared: prepared)
    }
}
