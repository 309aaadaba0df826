internal import Health
internal import KubeClient
internal import Resources

/// Why a step did not come to its end.
package struct StepFailure: Error, Hashable, Sendable {
    /// Where in a step it happened.
    package enum Phase: String, Hashable, Sendable {
        case write
        case health
        case timeout
        case deletion
    }

    package let phase: Phase
    /// One sentence without a full stop.
    package let message: String
    /// Further facts, such as log lines.
    package let details: [String]
    package let hint: String?
}

/// Waits until an object is healthy, and notices early that it never will be.
struct HealthWaiter {
    let watch: MemberWatch
    let diagnosis: DiagnosisReader
    let context: HealthContext
    let clock: any Clock<Duration>

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
        if Health.assess(written, context: context).status == .current { return }
        let board = HealthBoard(written)
        let outcome = try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { await follow(board, as: resource, report: report) }
            group.addTask { await lookCloser(board, every: .seconds(2)) }
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
    ) async -> Outcome {
        await watch.withSightings(of: await board.object.identity, as: resource) { sightings in
            var told = ""
            for await sighting in sightings {
                guard let health = await board.judge(sighting, context: currentContext) else { continue }
                switch health.status {
                case .current: return .healthy
                case .failed: return .failed(await failure(board, health))
                default: break
                }
                if health.message != told {
                    told = health.message
                    await report(told)
                }
            }
            return .undecided(await board.health)
        }
    }

    /// Looks at the object's pods from time to time, because they tell much earlier than the object that it will fail.
    private func lookCloser(_ board: HealthBoard, every first: Duration) async -> Outcome {
        var delay = first
        while (try? await clock.sleep(for: delay)) != nil {
            let object = await board.object
            if let diagnosis = await diagnosis.diagnose(object, context: context), diagnosis.isTerminalFailure {
                return .failed(StepFailure(.health, diagnosis))
            }
            delay = min(delay * 2, .seconds(15))
        }
        return .undecided(nil)
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
    private let written: KubernetesObject

    init(_ written: KubernetesObject) {
        self.written = written
        object = written
    }

    /// The health of what was seen; nil where that is older than what was written.
    func judge(_ sighting: Sighting, context: HealthContext) -> ObjectHealth? {
        switch sighting {
        case .gone:
            // A watch may list before the server's cache has the write: only what may go by itself is judged by absence.
            let absent = Health.assess(absent: written)
            guard absent.status == .current else { return nil }
            health = absent
        case .present(let seen):
            guard seen.uid == written.uid, (seen.generation ?? 0) >= (written.generation ?? 0) else { return nil }
            object = seen
            health = Health.assess(seen, context: context)
        }
        return health
    }
}
