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
    /// The application's namespace, where it was created to hold the record.
    let home: WriteResult?
    let context: HealthContext
    let log: RunLog
    let watch: MemberWatch
    let now: @Sendable () -> Date
    /// What an earlier run of the same revision wrote: it is judged as if this one had.
    let writtenBefore: Set<ObjectIdentity>
    let confirm: (@Sendable (String) async throws -> Bool)?
    /// Called once everything declared is healthy, before the first deletion.
    let beforeDeletions: @Sendable () async throws -> Void

    private var plan: Plan { prepared.plan }

    private var pauser: Pauser {
        Pauser(client: client, context: context, confirm: confirm, log: log)
    }

    private var writer: ObjectWriter {
        ObjectWriter(
            client: client, discovery: prepared.state.discovery, application: plan.application, log: log)
    }

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
                let undeleted = plan.deletions.compactMap(\.change).map {
                    RunResult.Skipped(object: $0.identity, waitedFor: nil)
                }
                if !left.isEmpty || undeleted.isEmpty || Task.isCancelled { return left + undeleted }
                do {
                    try await beforeDeletions()
                } catch {
                    await log.fail(plan.application.parent, at: nil, StepFailure(error))
                    return undeleted
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
        let pauses = Dictionary(
            steps.compactMap { step in step.pause.map { (step.node, $0) } }, uniquingKeysWith: { first, _ in first })
        let executor = Executor(
            scheduler: StepScheduler(nodes: steps.map(\.node), edges: steps.lazy.flatMap(\.dependsOn)),
            concurrency: settings.concurrency,
            write: { node, former in
                var written = try await write(node, works[node] ?? .barrier, after: former)
                if pauses[node] != nil { written.isSettled = false }
                return written
            },
            settle: { written in
                let settlement = try await settle(written, works[written.node] ?? .barrier)
                if case .done = settlement, let pause = pauses[written.node], let object = written.object {
                    try await pauser.pause(pause, after: object, as: written.resource)
                }
                return settlement
            },
            log: log,
            location: { identity in
                guard case .change(let change) = works[.object(identity)] else { return nil }
                return change.manifest?.location(of: FieldPath())
            }
        )
        let scheduler = await executor.run()
        return scheduler.notDone.compactMap { node in
            guard case .object(let identity) = node else { return nil }
            var isWrite = true
            if case .change(let change) = works[node] { isWrite = change.action.isWrite }
            return .init(
                object: identity, waitedFor: scheduler.pendingDependencies(of: node).lazy.compactMap(\.identity).first,
                isWrite: isWrite)
        }
    }
}

// MARK: writing
extension PlanRun {
    private func write(
        _ node: GraphNode, _ work: Step.Work, after former: Executor.Written?
    ) async throws -> Executor.Written {
        switch work {
        case .barrier: return Executor.Written(node: node, isSettled: true)
        case .external(let identity):
            if !settings.waits { return Executor.Written(node: node, isSettled: true) }
            return Executor.Written(node: node, resource: try await resource(ofExternal: identity))
        case .change(let change):
            let resource = try prepared.resource(for: change)
            var written = Executor.Written(node: node, resource: resource)
            written.attempt = (former?.attempt ?? 0) + 1
            switch (change.action, change.desired, change.live) {
            case (.delete, _, let live?): try await delete(live, &written)
            case (.replace, _, let live?) where former == nil: try await vacate(live, &written)
            case (.unchanged, _, let live?), (.keep, _, let live?): written.object = live
            case (_, let desired?, _): try await apply(change, desired, &written, resource)
            default: throw StepFailure.unresolved
            }
            if let object = written.object {
                let isHealthy = Health.assess(object, context: context).status == .current
                if isHealthy, change.action.isWrite { await log.tell(.healthy, change.identity) }
                written.isSettled = isHealthy || !settings.waits
            }
            return written
        }
    }

    private func delete(_ live: KubernetesObject, _ written: inout Executor.Written) async throws {
        guard let resource = written.resource else { return }
        await log.tell(.deleting, live.identity)
        written.leaving = live
        let isGone = try await writer.delete(live, as: resource)
        written.isSettled = isGone || !settings.waits
        if written.isSettled { await log.tell(.deleted, live.identity, isGone ? "" : "accepted") }
    }

    /// The first half of a replacement; the object is written anew once the old one is gone.
    private func vacate(_ live: KubernetesObject, _ written: inout Executor.Written) async throws {
        guard let resource = written.resource else { return }
        await log.tell(.applying, live.identity)
        written.leaving = live
        _ = try await writer.delete(live, as: resource)
    }

    private func apply(
        _ change: ObjectChange, _ desired: KubernetesObject, _ written: inout Executor.Written,
        _ resource: APIResource
    ) async throws {
        if written.attempt == 1 { await log.tell(.applying, change.identity) }
        if written.attempt == 1, let live = change.live, live.isBeingDeleted {
            // Nothing brings it back: what is written to it goes with it, and once it has gone its UID is refused.
            written.leaving = live
            return
        }
        let result: WriteResult
        if let home, home.object.identity == change.identity {
            await log.touch(change.identity)
            result = home
        } else {
            result = try await writer.apply(
                desired,
                to: written.attempt == 1 ? change.live : nil,
                as: resource,
                takesOver: change.action == .adopt || settings.forcesConflicts,
                force: settings.forcesConflicts
            )
        }
        for warning in result.warnings { await log.tell(.warning, change.identity, warning) }
        if result.object.isBeingDeleted {
            guard written.attempt < 3 else { throw StepFailure.deletedAgain }
            written.leaving = result.object
            return
        }
        await log.noteCreation(result, planned: change.action == .create && written.attempt == 1)
        if change.action == .create, !result.created, written.attempt == 1, result.attempts == 1 {
            await log.tell(.warning, change.identity, "it was created by somebody else since the plan was made")
        }
        // Where it is written again, what was there before is gone.
        let before = written.attempt == 1 ? change.live : nil
        await log.tell(
            .applied, change.identity, word(change.action, result),
            digests: WriteDigests(before: before, after: result.object))
        written.object = result.object
    }

    private func word(_ action: Action, _ result: WriteResult) -> String {
        switch action {
        case .replace: "replaced"
        case .adopt: "adopted"
        default: result.created ? "created" : "updated"
        }
    }
}

// MARK: waiting
extension PlanRun {
    private func settle(_ written: Executor.Written, _ work: Step.Work) async throws -> Executor.Settlement {
        guard let identity = written.node.identity, let resource = written.resource else { return .done }
        if let leaving = written.leaving, written.object == nil {
            if case .change(let change) = work, change.action != .delete {
                await log.tell(.waiting, identity, "the old object is being deleted")
            }
            try await AbsenceWaiter(client: client).wait(
                for: leaving, as: resource, timeout: settings.timeout(of: leaving))
            guard case .change(let change) = work, change.action == .delete else { return .writeAgain }
            await log.tell(.deleted, identity)
            return .done
        }
        if let object = written.object {
            if !settings.waits || Health.assess(object, context: context).status == .current { return .done }
            try await waiter(for: work).wait(for: object, as: resource, timeout: settings.timeout(of: object)) {
                message in
                await log.tell(.waiting, identity, message)
            }
        } else {
            let waiter = ExternalWaiter(
                client: client, context: context, log: log, timeout: settings.objectTimeout,
                hint: "it is no part of the application: look after it first")
            try await waiter.wait(for: identity, as: resource)
        }
        await log.tell(.healthy, identity)
        return .done
    }

    private func waiter(for work: Step.Work) -> HealthWaiter {
        var isUnchanged = false
        if case .change(let change) = work {
            isUnchanged = !change.action.isWrite && !writtenBefore.contains(change.identity)
        }
        return HealthWaiter(
            client: client,
            watch: watch,
            diagnosis: DiagnosisReader(client: client, discovery: prepared.state.discovery, now: now),
            context: context,
            // What failed before the run may be just what the run mends, by another object.
            isPatient: isUnchanged && plan.summary.hasChanges
        )
    }

    private func resource(ofExternal identity: ObjectIdentity) async throws -> APIResource {
        let discovery = try await client.discover(groups: [identity.groupKind.group])
        guard case .found(let resource) = discovery.preferred(identity.groupKind) else { throw StepFailure.unresolved }
        return resource
    }
}
