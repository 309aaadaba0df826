internal import Diffing
internal import FoundationEssentials
internal import Health
internal import KubeClient
internal import Planning
internal import Resources
internal import Synchronization

/// The way back: undoes what a revision did, dependents first, and then waits until everything is healthy again.
///
/// A failure stops nothing but what it is about: as much as possible is brought back.
struct UndoRun: Sendable {
    let client: KubeClient
    let settings: ReconcilerSettings
    let application: ApplicationIdentity
    let undo: UndoPlan
    let unhealthyBefore: Set<ObjectIdentity>
    let discovery: Discovery
    let context: HealthContext
    let log: RunLog
    let now: @Sendable () -> Date
    /// What is known of the failed run: what it may have written, and what it certainly created. Nil after a crash.
    let memory: Memory?

    struct Memory: Sendable {
        let attempted: Set<ObjectIdentity>
        let created: [ObjectIdentity: String]
        let foreign: Set<ObjectIdentity>
    }

    private var writer: ObjectWriter {
        ObjectWriter(client: client, discovery: discovery, application: application, log: log)
    }

    /// Returns the objects that were not undone for want of time.
    func execute() async -> [RunResult.Skipped] {
        let watch = MemberWatch(client: client, label: (ApplySet.memberLabel, application.applySetID))
        return await withTaskGroup(of: [RunResult.Skipped]?.self) { group in
            group.addTask {
                await watch.run()
                return nil
            }
            group.addTask {
                let (scheduler, restored) = await bringBack(watch)
                let waiting = await settle(restored, watch)
                return skipped(scheduler) + skipped(waiting)
            }
            defer { group.cancelAll() }
            for await left in group {
                if let left { return left }
            }
            return []
        }
    }

    /// Undoes everything, dependents first; what is deleted is waited for. Returns what was restored and is not healthy yet.
    private func bringBack(_ watch: MemberWatch) async -> (StepScheduler, [Executor.Written]) {
        let restored = Mutex<[Executor.Written]>([])
        let executor = executor(StepScheduler(nodes: undo.nodes, edges: undo.edges), watch) { node, former in
            var written = try await write(node, after: former)
            guard written.object != nil, !written.isSettled else { return written }
            restored.withLock { $0.append(written) }
            written.isSettled = true
            return written
        }
        let scheduler = await executor.run()
        return (scheduler, restored.withLock { $0 })
    }

    /// Waits until everything is healthy, which may take just what was restored last: nothing else waits for it.
    private func settle(_ restored: [Executor.Written], _ watch: MemberWatch) async -> StepScheduler {
        let found = Dictionary(restored.map { ($0.node, $0) }, uniquingKeysWith: { _, last in last })
        let scheduler = StepScheduler(nodes: Array(found.keys), edges: [])
        return await executor(scheduler, watch) { node, _ in found[node] ?? .init(node: node, isSettled: true) }.run()
    }

    private func executor(
        _ scheduler: StepScheduler, _ watch: MemberWatch,
        write: @escaping @Sendable (GraphNode, Executor.Written?) async throws -> Executor.Written
    ) -> Executor {
        Executor(
            scheduler: scheduler,
            concurrency: settings.concurrency,
            stopsAtFailure: false,
            write: write,
            settle: { written in try await settle(written, watch) },
            log: log,
            location: { _ in nil }
        )
    }

    private func skipped(_ scheduler: StepScheduler) -> [RunResult.Skipped] {
        scheduler.notDone.compactMap { node in
            guard let step = step(of: node) else { return nil }
            if case .leave = step.undo { return nil }
            return .init(object: step.identity, waitedFor: nil)
        }
    }

    /// What there is to undo at a node; nil where the run certainly never came there.
    private func step(of node: GraphNode) -> UndoStep? {
        guard case .object(let identity) = node, let step = undo.steps[identity] else { return nil }
        return memory.map { $0.attempted.contains(identity) } ?? true ? step : nil
    }
}

// MARK: writing
extension UndoRun {
    private func write(_ node: GraphNode, after former: Executor.Written?) async throws -> Executor.Written {
        var written = Executor.Written(node: node, attempt: (former?.attempt ?? 0) + 1)
        guard let step = step(of: node), let resource = try resource(for: step) else {
            written.isSettled = true
            return written
        }
        written.resource = resource
        switch step.undo {
        case .leave: written.isSettled = true
        case .impossible(let reason):
            throw StepFailure(phase: .write, message: reason, details: [], hint: nil)
        case .delete: try await delete(step.identity, &written, resource)
        case .apply(let object): try await apply(object, &written, resource, recreates: false)
        case .recreate(let object): try await apply(object, &written, resource, recreates: true)
        case .restore(let before):
            await log.tell(.applying, step.identity)
            let (found, restored) = try await writer.restore(before, as: resource)
            written.object = restored
            await log.tell(.restored, step.identity, digests: WriteDigests(before: found, after: restored))
        }
        if let object = written.object {
            let isHealthy = Health.assess(object, context: context).status == .current
            written.isSettled = isHealthy || !settings.waits || unhealthyBefore.contains(step.identity)
        }
        return written
    }

    /// Nil where the kind is gone, and the object with it.
    private func resource(for step: UndoStep) throws -> APIResource? {
        switch step.undo {
        case .apply(let object), .recreate(let object), .restore(let object):
            if case .found(let resource) = discovery.resource(for: object.groupVersionKind) { return resource }
            throw StepFailure.unresolved
        case .delete, .leave, .impossible:
            switch discovery.preferred(step.identity.groupKind) {
            case .found(let resource): return resource
            case .unknownKind: return nil
            case .unavailable: throw StepFailure.unresolved
            }
        }
    }

    private func delete(
        _ identity: ObjectIdentity, _ written: inout Executor.Written, _ resource: APIResource
    ) async throws {
        guard let live = try await client.get(resource, namespace: identity.namespace, name: identity.name),
            Membership(of: live, in: application) == .ours
        else {
            written.isSettled = true
            return
        }
        guard isOwnCreation(live) else {
            throw StepFailure(
                phase: .deletion,
                message: "somebody else created it while the run went on: it stays, with what the run made of it",
                details: [], hint: "look at it: kubectl get \(resource.plural) \(identity.name) -o yaml")
        }
        await log.tell(.deleting, identity)
        written.leaving = live
        let isGone = try await writer.delete(live, as: resource)
        written.isSettled = isGone || !settings.waits
        if written.isSettled { await log.tell(.deleted, identity, isGone ? "" : "accepted") }
    }

    /// Whether the revision's run created the object, and not somebody else just before it was written.
    private func isOwnCreation(_ live: KubernetesObject) -> Bool {
        if let memory {
            if let uid = memory.created[live.identity] { return uid == live.uid }
            if memory.foreign.contains(live.identity) { return false }
        }
        return Self.wasCreatedByApplying(live)
    }

    /// An object that our apply created has our entry from its first second on (times are in seconds).
    static func wasCreatedByApplying(_ live: KubernetesObject) -> Bool {
        func seconds(_ value: Value?) -> Double? {
            value?.string.flatMap { try? Date($0, strategy: .iso8601) }?.timeIntervalSince1970
        }
        guard let created = seconds(live.metadata["creationTimestamp"]),
            let applied = live.managedFields.first(where: { $0.isApply(by: KubeClient.fieldManager) })
        else { return false }
        // Without a time nothing speaks against it.
        return seconds(applied.others["time"]).map { $0 - created <= 1 } ?? true
    }

    /// Whether the object is as it was declared before: the revision never came to it, or it is back already.
    private func isUntouched(_ object: KubernetesObject, _ live: KubernetesObject) -> Bool {
        client.provesUnchanged(object, live: live)
    }

    private func apply(
        _ object: KubernetesObject, _ written: inout Executor.Written, _ resource: APIResource, recreates: Bool
    ) async throws {
        let identity = object.identity
        var found: KubernetesObject?
        if written.attempt == 1 {
            let live = try await client.get(resource, namespace: identity.namespace, name: identity.name)
            if let live, isUntouched(object, live) {
                written.object = live
                return
            }
            found = live
            await log.tell(.applying, identity)
        }
        let result: WriteResult
        do {
            result = try await writer.apply(object, to: nil, as: resource, takesOver: false, force: false)
        } catch let error as APIError where recreates && error.isImmutableField && written.attempt == 1 {
            guard let live = try await client.get(resource, namespace: identity.namespace, name: identity.name) else {
                throw error
            }
            written.leaving = live
            _ = try await writer.delete(live, as: resource)
            return
        }
        if result.object.isBeingDeleted {
            guard written.attempt < 3 else { throw StepFailure.deletedAgain }
            written.leaving = result.object
            return
        }
        await log.tell(.restored, identity, digests: WriteDigests(before: found, after: result.object))
        written.object = result.object
    }
}

// MARK: waiting
extension UndoRun {
    private func settle(_ written: Executor.Written, _ watch: MemberWatch) async throws -> Executor.Settlement {
        guard let step = step(of: written.node), let resource = written.resource else { return .done }
        if let leaving = written.leaving, written.object == nil {
            try await AbsenceWaiter(client: client).wait(
                for: leaving, as: resource, timeout: settings.timeout(of: leaving))
            guard case .delete = step.undo else { return .writeAgain }
            await log.tell(.deleted, step.identity)
            return .done
        }
        guard let object = written.object else { return .done }
        try await StuckReplicas(client: client, log: log).remove(
            from: object, as: resource, timeout: settings.timeout(of: object))
        if Membership(of: object, in: application) == .ours {
            let waiter = HealthWaiter(
                client: client, watch: watch,
                diagnosis: DiagnosisReader(client: client, discovery: discovery, now: now),
                context: context,
                // It failed a moment ago: what is seen of its pods may still be that.
                isPatient: true)
            try await waiter.wait(for: object, as: resource, timeout: settings.timeout(of: object)) { message in
                await log.tell(.waiting, step.identity, message)
            }
        } else {
            let waiter = ExternalWaiter(
                client: client, context: context, log: log, timeout: settings.timeout(of: object), hint: nil)
            try await waiter.wait(for: step.identity, as: resource)
        }
        await log.tell(.healthy, step.identity)
        return .done
    }
}
