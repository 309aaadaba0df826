package import KubeClient
package import Resources
internal import Synchronization

/// Brings notifications to targets, each at its own pace: a target that fails or hangs holds up nothing but itself.
///
/// For each target 256 wait at most; newer ones push out the oldest.
package final class NotificationQueue: Sendable {
    /// Posts a body of JSON to a URL; it ends within ten seconds.
    ///
    /// Throws where there is no answer. What it throws is shown only where it is a `NotificationFailure`.
    package typealias Sender =
        @Sendable (_ url: Confidential<String>, _ body: [UInt8]) async throws -> NotificationAnswer

    static let mostWaiting = 256

    private let lanes: [Lane]
    private let send: Sender
    private let retry = NotificationRetry()
    private let clock: any Clock<Duration>
    private let stopwatch: Stopwatch
    private let recent = Mutex(RecentNotifications())
    private let count: @Sendable (SyncMetrics.NotificationResult) -> Void
    private let report: @Sendable (Diagnostic) -> Void

    private struct Lane: Sendable {
        let target: NotificationTarget
        let stream: AsyncStream<SyncNotification>
        let continuation: AsyncStream<SyncNotification>.Continuation
    }

    /// - Parameters:
    ///   - count: called for each notification that was repeated, and for each of its targets with what became of it there.
    ///   - report: called where a target is given up on for a notification.
    package init(
        targets: [NotificationTarget], clock: any Clock<Duration> = ContinuousClock(),
        count: @escaping @Sendable (SyncMetrics.NotificationResult) -> Void,
        report: @escaping @Sendable (Diagnostic) -> Void,
        send: @escaping Sender
    ) {
        lanes = targets.map { target in
            let (stream, continuation) = AsyncStream.makeStream(
                of: SyncNotification.self, bufferingPolicy: .bufferingNewest(Self.mostWaiting))
            return Lane(target: target, stream: stream, continuation: continuation)
        }
        self.clock = clock
        self.stopwatch = Stopwatch(clock)
        self.count = count
        self.report = report
        self.send = send
    }

    /// Leaves the notification to `run`, and returns at once.
    package func post(_ notification: SyncNotification) {
        let now = stopwatch.elapsed()
        guard !recent.withLock({ $0.isRepeated(notification, now: now) }) else { return count(.repeated) }
        for lane in lanes where lane.target.kinds.contains(notification.kind) {
            if case .enqueued = lane.continuation.yield(notification) { continue }
            count(.dropped)
        }
    }

    /// Sends what is posted until cancelled, or, after `finish`, until everything has been sent or given up.
    ///
    /// To be called once.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for lane in lanes {
                group.addTask {
                    for await notification in lane.stream { await self.deliver(notification, to: lane.target) }
                }
            }
        }
    }

    /// Takes no more.
    package func finish() {
        for lane in lanes { lane.continuation.finish() }
    }

    private func deliver(_ notification: SyncNotification, to target: NotificationTarget) async {
        let body = notification.payload(target.format)
        var tries = 0
        while !Task.isCancelled {
            let outcome = await attempt(body, at: target)
            tries += 1
            switch retry.decision(try? outcome.get(), tries: tries) {
            case .delivered: return count(.delivered)
            case .giveUp: return giveUp(notification, at: target, after: tries, outcome)
            case .retry(let delay): try? await clock.sleep(for: delay)
            }
        }
    }

    private func attempt(
        _ body: [UInt8], at target: NotificationTarget
    ) async -> Result<NotificationAnswer, NotificationFailure> {
        do {
            return .success(try await send(target.url, body))
        } catch {
            return .failure(error as? NotificationFailure ?? NotificationFailure("the request failed"))
        }
    }

    private func giveUp(
        _ notification: SyncNotification, at target: NotificationTarget, after tries: Int,
        _ outcome: Result<NotificationAnswer, NotificationFailure>
    ) {
        count(.failed)
        let cause =
            switch outcome {
            case .success(let answer): "the target answered with status \(answer.status)"
            case .failure(let failure): failure.reason
            }
        report(
            Diagnostic(
                .warning, code: "notification-failed",
                "a notification of \(notification.kind.rawValue) of the application \(notification.application) did not "
                    + "reach the target \(target.name)",
                causes: [tries > 1 ? "\(cause), the last time of \(tries)" : cause],
                hint: "see whether the target's URL is still valid"))
    }
}
