internal import KubeClient
internal import Manifests
internal import Planning
internal import Reconciler
internal import Rehearsal
internal import Resources

extension ClusterSession {
    /// Rehearses a plan that was made from the set, on a twin of the session's cluster.
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

/// Lets a plan pass that its rehearsal has brought to a good end.
struct RehearsalGate {
    let clusterName: String

    /// Tells how the rehearsal went, and what it doesn't say, beside the output, which belongs to the run.
    /// - Throws: A refusal where the plan failed on the twin.
    func check(_ report: RehearsalReport, _ terminal: Terminal) throws {
        let text = RehearsalText(style: terminal.notesStyle, clusterName: clusterName)
        if report.isSuccess {
            let time = report.result.elapsed.brief
            return terminal.notes(
                "Rehearsed on a twin: it succeeds there, in about \(time).\n" + text.doubts(report.doubts) + "\n")
        }
        terminal.notes(text.render(report) + "\n")
        throw Refusal(
            Diagnostic(
                code: "rehearsal-failed", "the plan fails on a twin of the cluster: nothing was written",
                hint: "change the manifests, or apply without --rehearse"))
    }
}
