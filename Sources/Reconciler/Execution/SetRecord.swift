internal import KubeClient
internal import Planning
internal import Resources

/// Keeps the ApplySet's parent ahead of what is written: a member is never anywhere that the parent does not name.
struct SetRecord {
    let context: TransactionContext
    let plan: Plan
    /// As the parent says now: another run may have changed it since the plan was made.
    let recorded: ApplySet?
    let log: RunLog

    init(_ context: TransactionContext, _ plan: Plan, _ log: RunLog) async throws {
        self.context = context
        self.plan = plan
        recorded = try await ClusterReader(client: context.client, application: plan.application).recordedSet()
        self.log = log
    }

    /// Before the first write: the parent names where members are now, and where they will be.
    func open() async throws {
        let wanted = recorded.map(plan.applySet.union) ?? plan.applySet
        if wanted != recorded { try await Self.write(wanted, context, log) }
    }

    /// After the last deletion: the parent names where members are now, or goes with the last of them.
    func close() async throws {
        if plan.intent == .deleteApplication, plan.kept.isEmpty {
            guard recorded != nil else { return }
            let parent = plan.application.parent
            _ = try await log.noting {
                try await context.client.delete(.secrets, namespace: parent.namespace, name: parent.name)
            }
            return
        }
        let opened = recorded.map(plan.applySet.union) ?? plan.applySet
        if plan.applySet != opened { try await Self.write(plan.applySet, context, log) }
    }

    static func write(_ set: ApplySet, _ context: TransactionContext, _ log: RunLog) async throws {
        _ = try await log.noting {
            try await context.client.apply(
                set.parent(version: context.version), as: .secrets, options: ApplyOptions(force: true))
        }
    }
}
