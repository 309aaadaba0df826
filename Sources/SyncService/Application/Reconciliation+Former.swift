internal import Manifests
internal import Planning
internal import Reconciler
internal import Resources

/// What is in force while something new may not be applied.
extension Reconciliation {
    /// Brings back what is in force, where somebody has changed it.
    func keepFormer(_ result: inout ReconciliationResult) async throws {
        guard let former = try await former(in: await history()) else {
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
        try await execute(former, &result)
    }

    /// Brings back what is in force where others have taken fields of it, so that what is new meets it as it was left.
    /// - Parameters:
    ///   - prepared: The plan of what is new.
    ///   - settings: Those that it goes by.
    /// - Returns: What came of it; nil where there was nothing to bring back.
    func repairFormer(
        _ prepared: PreparedPlan, _ settings: ApplicationSettings
    ) async throws -> ReconciliationResult? {
        // Where it can't be read any more, what has been taken is told as it is.
        guard !prepared.hasPendingRevision, let former = try? await former(in: prepared.history, settings),
            !former.prepared.isDone
        else { return nil }
        var result = ReconciliationResult(outcome: .interrupted)
        try await execute(former, &result)
        return result
    }

    private func execute(_ former: Former, _ result: inout ReconciliationResult) async throws {
        try await execute(
            former.prepared, of: former.set, by: former.maker, former.settings, isRepair: true, source: former.source,
            &result)
    }

    private func history() async throws -> [RecordedRevision] {
        try await RevisionStore(client: target.client, application: target.identity).list()
    }

    /// Finds out what nothing is known of yet about what is in force: how its members are, and which applications it declares.
    /// Nothing is written.
    func lookAtFormer(_ result: inout ReconciliationResult) async {
        // What can't be found out now is found out with the next try.
        guard let former = try? await former(in: await history()) else { return }
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

    /// The set that is in force, with a plan to bring it back; nil where none is, where a run of another one is open, or
    /// where it is another repository's.
    /// - Parameter settings: Nil for its own.
    private func former(in history: [RecordedRevision], _ settings: ApplicationSettings? = nil) async throws -> Former?
    {
        guard let newest = history.first?.revision, let deployed = history.deployed?.revision,
            // An earlier repair is gone on with.
            newest.state != .pending || newest.manifestDigest == deployed.manifestDigest,
            // That of another repository can't be read.
            deployed.source.commit != nil, deployed.source.repository == job.source.repository
        else { return nil }
        let source = deployed.source
        let set = try await target.slots.with { try await read(source) }
        let settings = settings ?? application.settings.completed(by: set.application)
        let maker = maker(settings, isRepair: true)
        let prepared = try await plan(set, by: maker, source: source)
        guard prepared.isRepair(by: set) else { return nil }
        return Former(source: source, set: set, settings: settings, maker: maker, prepared: prepared)
    }
}
