internal import Planning
internal import Reconciler
internal import Resources

/// Whether a twin plans what is planned for its cluster; else what happens there says nothing about the plan.
struct PlanLikeness: Sendable {
    /// The plan for the cluster.
    let plan: Plan
    /// What the twin doesn't know.
    let doubts: [String]

    /// Makes the plan on the twin as it was loaded.
    /// - Throws: `Diagnostic` of the code `rehearsal-unlike` where it can't be made there, or does something else.
    func checked(_ make: () async throws -> PreparedPlan) async throws -> PreparedPlan {
        let made: PreparedPlan
        do {
            made = try await make()
        } catch let error as any DiagnosticError {
            throw unlike("the plan can't be made on the twin: \(error.diagnostics.first?.message ?? "\(error)")")
        }
        let differences = differences(from: made.plan)
        if differences.isEmpty { return made }
        throw unlike("the twin would do something else than the plan: \(differences.abbreviated())")
    }

    /// The objects that one of the plans creates or deletes, and the other one doesn't. Whether an object changes may differ:
    /// only the live server knows what its webhooks make of it.
    private func differences(from other: Plan) -> [String] {
        let (actions, others) = (Self.actions(plan), Self.actions(other))
        // What is being deleted may be gone when the twin is made.
        let leaving = Set(plan.changes.filter { $0.live?.isBeingDeleted ?? false }.map(\.identity))
        return Set(actions.keys).union(others.keys).subtracting(leaving).sorted().compactMap { identity in
            let (wanted, found) = (actions[identity], others[identity])
            guard wanted != found, [wanted, found].contains(where: { $0 == .create || $0 == .delete }) else {
                return nil
            }
            return "\(identity) (plan: \(wanted?.rawValue ?? "nothing"), twin: \(found?.rawValue ?? "nothing"))"
        }
    }

    private static func actions(_ plan: Plan) -> [ObjectIdentity: Action] {
        Dictionary((plan.changes + plan.kept).map { ($0.identity, $0.action) }, uniquingKeysWith: { first, _ in first })
    }

    private func unlike(_ message: String) -> Diagnostic {
        Diagnostic(
            code: "rehearsal-unlike", message, causes: doubts,
            hint: "give the account the right to read what the twin lacks, or run without a rehearsal")
    }
}
