internal import KubeClient
internal import Placement
internal import Planning
internal import Resources

extension PlanMaker {
    /// Whether the pods of the changes find nodes; with a warning where that can't be told.
    func placement(
        of changes: [ObjectChange], _ graph: DependencyGraph, _ policies: [PlacementPolicy], _ client: KubeClient
    ) async throws -> (report: PlacementReport, warnings: [Diagnostic]) {
        guard settings.judgesPlacement else { return (PlacementReport(), []) }
        let reason: String
        do {
            let reader = SchedulingReader(client: client)
            let movesPods = !settings.lostNodes.isEmpty
            guard let observed = try await reader.observations(for: changes, movesPods: movesPods) else {
                return (PlacementReport(), [])
            }
            if !observed.nodes.isEmpty {
                let question = PlacementQuestion(
                    changes: changes, graph: graph, observations: observed, policies: policies,
                    losses: try settings.lostNodes.sets(of: observed.nodes))
                return (PlacementReport(question), [])
            }
            reason = "the cluster has no nodes"
        } catch let error as APIError where error.isForbidden && settings.lostNodes.isEmpty {
            reason = "the account may not read nodes, pods and namespaces of the whole cluster"
        } catch let error as APIError where error.isNotFound || error.isUnserved {
            reason = "the cluster knows no nodes"
        } catch let error as APIError {
            // Help is no reason to fail: the rest of the plan is as true without it.
            reason = error.message
        }
        let warning = Diagnostic(
            settings.lostNodes.isEmpty ? .warning : .error, code: "placement-unknown",
            "it is not known whether the pods of this plan find nodes: \(reason)",
            hint: "allow the account to list nodes, pods and namespaces"
                + (settings.lostNodes.isEmpty ? "" : ", and poddisruptionbudgets"))
        // What was asked for by name is not left out.
        if !settings.lostNodes.isEmpty { throw warning }
        return (PlacementReport(policies: policies.map { PolicyVerdict($0, .unknown) }), [warning])
    }
}
