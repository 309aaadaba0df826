internal import Health
internal import KubeClient
internal import Resources

/// Waits until an object is healthy, and notices early that it never will be.
struct HealthWaiter {
    let client: KubeClient
    let watch: MemberWatch
    let diagnosis: DiagnosisReader
    let context: HealthContext
    /// Whether a failure is no reason to give up before the time is over.
    let isPatient: Bool

    private var clock: any Clock<Duration> { client.clock }

    private enum Outcome: Sendable {
        case healthy
        case failed(StepFailure)
        /// Nothing decided; the last health seen.
        case undecided(ObjectHealth?)
    }

    /// Returns when the object is current.
    /// - Parameters:
    ///   - written: The object as the last write left it; older states are not judged.
    ///   - report: Called with what it waits for whenever that changes.
    /// - Throws: `StepFailure` where it failed or the time is over, `CancellationError`.
    func wait(
        for written: KubernetesObject,
        as resource: APIResource,
        timeout: Duration,
        report: @escaping @Sendable (String) async -> Void
    ) async throws {
        let board = HealthBoard(written)
        let outcome = try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { try await follow(board, as: resource, report: report) }
            group.addTask { try await lookCloser(board, as: resource) }
            group.addTask {
                try await clock.sleep(for: timeout)
                return .undecided(await board.health)
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .undecided(nil)
        }
        try Task.checkCancellation()
        switch outcome {
        case .healthy: return
        case .failed(let failure): throw failure
        case .undecided(let health): throw await timedOut(board, health, after: timeout)
        }
    }

    /// What the rules need to know, with the time that it is now.
    private var currentContext: HealthContext {
        var context = context
        context.now = diagnosis.now()
        return context
    }

    private func follow(
        _ board: HealthBoard, as resource: APIResource, report: @escaping @Sendable (String) async -> Void
    ) async throws -> Outcome {
        try await watch.withSightings(of: board.identity, as: resource) { sightings in
            var told = ""
            for await sighting in sightings {
                let health: ObjectHealth?
                switch sighting {
                case .present(let object): health = await board.judge(object, context: currentContext)
                case .gone: health = try await look(board, as: resource)
                case .lost(let failure): return .failed(failure)
                }
                guard let health else { continue }
                if let outcome = await outcome(of: health, board) { return outcome }
                if health.message != told {
                    told = health.message
                    await report(told)
                }
            }
            return .undecided(await board.health)
        }
    }

    private func outcome(of health: ObjectHealth, _ board: HealthBoard) async -> Outcome? {
        switch health.status {
        case .current: .healthy
        case .failed where !isPatient: .failed(await failure(board, health))
        default: nil
        }
    }

    /// Reads the object itself; a watch's word for its absence may be older than its creation.
    private func look(_ board: HealthBoard, as resource: APIResource) async throws -> ObjectHealth? {
        let identity = board.identity
        let live: KubernetesObject?
        do {
            live = try await client.get(resource, namespace: identity.namespace, name: identity.name)
        } catch  where !(error is CancellationError) {
            // An unreachable server says nothing about the object; the time that is left decides.
            return nil
        }
        if let live, live.uid == board.written.uid { return await board.judge(live, context: currentContext) }
        let absent = Health.assess(absent: board.written)
        guard absent.status == .current else { throw StepFailure.deletedMeanwhile }
        return absent
    }

    /// Looks at the object and its pods from time to time: pods tell much earlier than the object that it will fail, and
    /// no watch is sure to tell all.
    private func lookCloser(_ board: HealthBoard, as resource: APIResource) async throws -> Outcome {
        var delay = Duration.seconds(2)
        while true {
            try await clock.sleep(for: delay)
            if let health = try await look(board, as: resource), let outcome = await outcome(of: health, board) {
                return outcome
            }
            if !isPatient, let diagnosis = await diagnosis.diagnose(await board.object, context: context),
                diagnosis.isTerminalFailure
            {
                return .failed(StepFailure(.health, diagnosis))
            }
            delay = min(delay * 2, .seconds(15))
        }
    }

    private func failure(_ board: HealthBoard, _ health: ObjectHealth) async -> StepFailure {
        if let diagnosis = await diagnosis.diagnose(await board.object, context: context) {
            return StepFailure(.health, diagnosis)
        }
        return StepFailure(phase: .health, message: health.message, details: [], hint: nil)
    }

    private func timedOut(_ board: HealthBoard, _ health: ObjectHealth?, after timeout: Duration) async -> StepFailure {
        let reason = await diagnosis.diagnose(await board.object, context: context)
        let message = reason?.headline ?? health?.message ?? "its controller has not answered"
        return StepFailure(
            phase: .timeout,
            message: "not healthy after \(timeout.brief): \(message)",
            details: reason?.details ?? [],
            hint: "give it longer with --object-timeout, or find out what it waits for"
        )
    }
}

extension StepFailure {
    init(_ phase: Phase, _ diagnosis: Diagnosis) {
        self.init(phase: phase, message: diagnosis.headline, details: diagnosis.details, hint: nil)
    }
}

/// The latest state of the object that is waited for.
private actor HealthBoard {
    private(set) var object: KubernetesObject
    private(set) var health: ObjectHealth?
    nonisolated let written: KubernetesObject

    init(_ written: KubernetesObject) {
        self.written = written
        object = written
    }

    nonisolated var identity: ObjectIdentity { written.identity }

    /// The health of what was seen; nil where that is older than what was written, or another object.
    func judge(_ seen: KubernetesObject, context: HealthContext) -> ObjectHealth? {
        guard seen.uid == written.uid, isAsNew(seen) else { return nil }
        object = seen
        health = Health.assess(seen, context: context)
        return health
    }

    /// Resource versions can be compared as numbers (KEP-5504); kinds without generation have nothing else.
    private func isAsNew(_ seen: KubernetesObject) -> Bool {
        guard let seen = seen.resourceVersion.flatMap(UInt64.init),
            let written = written.resourceVersion.flatMap(UInt64.init)
        else { return (seen.generation ?? 0) >= (written.generation ?? 0) }
        return seen >= written
    }
}
