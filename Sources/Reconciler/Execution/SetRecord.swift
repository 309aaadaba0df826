internal import KubeClient
internal import Planning
internal import Resources

/// Keeps the ApplySet's parent ahead of what is written: a member is never anywhere that the parent does not name.
struct SetRecord {
    let client: KubeClient
    let version: String
    let plan: Plan
    let recorded: ApplySet?
    let log: RunLog

    /// Before the first write: the parent names where members are now, and where they will be.
    ///
    /// Where the plan itself creates the parent's namespace, that is done first; what came of it is returned.
    func open() async throws -> WriteResult? {
        if plan.intent == .deleteApplication { return nil }
        let wanted = recorded.map(plan.applySet.union) ?? plan.applySet
        if wanted == recorded { return nil }
        let home = recorded == nil ? try await createHome() : nil
        try await write(wanted)
        return home
    }

    /// After the last deletion: the parent names where members are now, or goes with the last of them.
    func close() async throws {
        if plan.intent == .deleteApplication, plan.kept.isEmpty {
            guard recorded != nil else { return }
            let parent = plan.application.parent
            _ = try await log.noting {
                try await client.delete(.secrets, namespace: parent.namespace, name: parent.name)
            }
            return
        }
        let opened = recorded.map(plan.applySet.union) ?? plan.applySet
        if plan.applySet != opened { try await write(plan.applySet) }
    }

    private func write(_ set: ApplySet) async throws {
        _ = try await log.noting {
            try await client.apply(set.parent(version: version), as: .secrets, options: ApplyOptions(force: true))
        }
    }

    private func createHome() async throws -> WriteResult? {
        let home = ObjectIdentity(group: "", kind: "Namespace", name: plan.application.namespace)
        let change = plan.changes.first { $0.identity == home && $0.action == .create }
        guard let namespace = change?.desired else { return nil }
        return try await log.noting { try await client.apply(namespace, as: .namespaces) }
    }
}
