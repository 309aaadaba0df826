internal import FoundationEssentials
internal import Health
internal import KubeClient
internal import Manifests
internal import Planning
internal import Resources

/// One execution of a plan: first its steps, then its deletions.
struct PlanRun: Sendable {
    let client: KubeClient
    let settings: ReconcilerSettings
    let prepared: PreparedPlan
    let context: HealthContext
    let log: RunLog
    let watch: MemberWatch
    let now: @Sendable () -> Date

    private var plan: Plan { prepared.plan }

    /// Returns what was not done.
    func execute() async -> [RunResult.Skipped] {
        await withTaskGroup(of: [RunResult.Skipped]?.self) { group in
            group.addTask {
                await watch.run()
                return nil
            }
            group.addTask {
                let left = await run(plan.steps)
                // Nothing is deleted before everything that is applied is healthy.
                if !left.isEmpty {
                    return left + plan.deletions.compactMap(\.change).map { .init(object: $0.identity, waitedFor: nil) }
                }
                return await run(plan.deletions)
            }
            defer { group.cancelAll() }
            for await left in group {
                if let left { return left }
            }
            return []
        }
    }

    private func run(_ steps: [Step]) async -> [RunResult.Skipped] {
        let works = Dictionary(steps.map { ($0.node, $0.work) }, uniquingKeysWith: { first, _ in first })
        let executor = Executor(
            scheduler: StepScheduler(nodes: steps.map(\.node), edges: steps.lazy.flatMap(\.dependsOn)),
            concurrency: settings.concurrency,
            write: { node in try await write(node, works[node] ?? .barrier) },
            settle: { written in try await settle(written) },
            log: log,
            location: { identity in
                guard case .change(let change) = works[.object(identity)] else { return nil }
                return change.manifest?.location(of: FieldPath())
            }
        )
        let scheduler = await executor.run()
        return scheduler.notDone.compactMap { node in
            guard case .object(let identity) = node else { return nil }
            return .init(
                object: identity, waitedFor: scheduler.pendingDependencies(of: node).lazy.compactMap(\.identity).first)
        }
    }

    private func write(_ node: GraphNode, _ work: Step.Work) async throws -> Executor.Written {
        switch work {
        case .barrier: return Executor.Written(node: node, isSettled: true)
        case .external(let identity):
            return Executor.Written(node: node, resource: try await resource(ofExternal: identity))
        case .change(let change):
            guard let resource = prepared.resource(of: change.identity) else { throw unresolved(change.identity) }
            guard let object = try await write(change, as: resource) else {
                return Executor.Written(node: node, isSettled: true)
            }
            let isHealthy = Health.assess(object, context: context).status == .current
            if isHealthy, change.action.isWrite { await log.tell(.healthy, change.identity) }
            return Executor.Written(
                node: node, object: object, resource: resource, isSettled: isHealthy || !settings.waits)
        }
    }

    /// Returns the object as it is then; nil where it is gone.
    private func write(_ change: ObjectChange, as resource: APIResource) async throws -> KubernetesObject? {
        let label = (key: ApplySet.memberLabel, value: plan.application.applySetID)
        let writer = ObjectWriter(client: client, label: label, objectTimeout: timeout(of: change.manifest?.object))
        switch (change.action, change.desired, change.live) {
        case (.delete, _, let live?):
            await log.tell(.deleting, change.identity)
            try await writer.delete(live, as: resource)
            await log.tell(.deleted, change.identity)
            return nil
        case (.unchanged, _, let live), (.keep, _, let live): return live
        case (let action, let desired?, let live):
            await log.tell(.applying, change.identity)
            let result =
                if action == .replace, let live {
                    try await writer.replace(live, with: desired, as: resource)
                } else {
                    try await writer.apply(
                        desired,
                        takingOver: action == .adopt || settings.forcesConflicts ? live : nil,
                        as: resource,
                        force: settings.forcesConflicts
                    ) { message in
                        await log.tell(.waiting, change.identity, message)
                    }
                }
            for warning in result.warnings { await log.tell(.warning, change.identity, warning) }
            await log.tell(.applied, change.identity, result.created ? "created" : "updated")
            return result.object
        default: throw unresolved(change.identity)
        }
    }

    private func settle(_ written: Executor.Written) async throws {
        guard let identity = written.node.identity, let resource = written.resource else { return }
        let waiter = HealthWaiter(
            watch: watch,
            diagnosis: DiagnosisReader(client: client, discovery: prepared.state.discovery, now: now),
            context: context,
            clock: client.clock
        )
        if let object = written.object {
            try await waiter.wait(for: object, as: resource, timeout: timeout(of: object)) { message in
                await log.tell(.waiting, identity, message)
            }
        } else {
            try await waitForExternal(identity, as: resource)
        }
        await log.tell(.healthy, identity)
    }

    /// An object outside of the set is no member, so that no watch of ours sees it: it is asked for now and then.
    private func waitForExternal(_ identity: ObjectIdentity, as resource: APIResource) async throws {
        var waited = Duration.zero
        var told = ""
        while true {
            let live = try await client.get(resource, namespace: identity.namespace, name: identity.name)
            let health = live.map { Health.assess($0, context: context) }
            if health?.status == .current { return }
            let message = health?.message ?? "it does not exist"
            guard waited < settings.objectTimeout else {
                throw StepFailure(
                    phase: .timeout,
                    message: "not healthy after \(settings.objectTimeout.brief): \(message)",
                    details: [],
                    hint: "it is no part of the application: look after it first"
                )
            }
            if message != told { await log.tell(.waiting, identity, message) }
            told = message
            try await client.clock.sleep(for: .seconds(2))
            waited += .seconds(2)
        }
    }

    private func resource(ofExternal identity: ObjectIdentity) async throws -> APIResource {
        let discovery = try await client.discover(groups: [identity.groupKind.group])
        guard case .found(let resource) = discovery.preferred(identity.groupKind) else { throw unresolved(identity) }
        return resource
    }

    private func timeout(of object: KubernetesObject?) -> Duration {
        let own = object?.annotations["endstate.dev/timeout"].flatMap { Duration(goText: $0) }
        return own ?? settings.objectTimeout
    }

    private func unresolved(_ identity: ObjectIdentity) -> StepFailure {
        StepFailure(
            phase: .write, message: "the cluster no longer serves its kind", details: [], hint: "plan again")
    }
}
