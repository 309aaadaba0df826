internal import KubeClient
internal import Manifests
internal import Planning
internal import Reconciler
internal import Rehearsal
internal import Resources

extension ClusterSession {
    /// Rehearses a plan that was made from the set, on a twin of the session's cluster.
    /// - Parameter check: What the twin's plan has to be besides.
    func rehearse(
        _ prepared: PreparedPlan, of set: ManifestSet, source: PlanSource, in environment: CommandEnvironment
    ) async throws -> RehearsalReport {
        let rehearsal = Rehearsal(
            client: client,
            terms: Rehearsal.Terms(
                application: application, settings: settings, guardrails: guardrails, version: Version.current,
                holder: environment.holder)
        ) { maker in
            try await maker.plan(set, source: source)
        }
        return try await rehearsal.run(prepared)
    }
}
