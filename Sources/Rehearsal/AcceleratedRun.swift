internal import FoundationEssentials
internal import SandboxCluster
internal import Synchronization

/// Runs something against a twin, with a time that jumps to the next event whenever all wait.
enum AcceleratedRun {
    /// - Parameter body: Everything that it waits for must be the twin's doing or sleep on its clock.
    static func run<Result: Sendable>(
        on twin: Twin, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let quiet = Mutex(Quiet())
        let executor = QuietExecutor {
            let isQuiet = quiet.withLock { $0.isReached(activity: twin.activity.count) }
            return isQuiet ? advance(twin) : true
        }
        defer { executor.stop() }
        return try await withTaskExecutorPreference(executor) { try await body() }
    }

    /// Does what the controllers have to do now; else moves the time to what is due next.
    /// - Returns: Whether anything has happened.
    private static func advance(_ twin: Twin) -> Bool {
        if twin.cluster.work() { return true }
        guard let next = [twin.cluster.nextDeadline, twin.time.nextDeadline].compactMap({ $0 }).min() else {
            return false
        }
        twin.time.move(to: next)
        twin.activity.note()
        return true
    }
}

/// Whether tasks that run outside of the executor have come to rest, too: those that shield a write from cancellation do.
///
/// They tell of themselves by requests, or by the processor's time that they take between two.
private struct Quiet {
    private var activity = -1
    private var processor = Duration.zero
    private var since = ContinuousClock.now

    /// Where other work keeps the process busy, this long without a request counts as quiet.
    private static let longest = Duration.milliseconds(150)
    /// What waiting takes of the processor between two looks.
    private static let idle = Duration.microseconds(200)

    mutating func isReached(activity now: Int) -> Bool {
        let spent = ProcessorTime.ofProcess
        defer { (activity, processor) = (now, spent) }
        if now != activity {
            since = .now
            return false
        }
        return spent - processor < Self.idle || since.duration(to: .now) > Self.longest
    }
}
