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
            guard let rest = quiet.withLock({ $0.rest(activity: twin.activity.count) }) else { return true }
            return advance(twin, after: rest)
        }
        defer { executor.stop() }
        return try await withTaskExecutorPreference(executor) { try await body() }
    }

    /// A jump over more seconds than these, as to a timeout, needs a longer rest before it: it would be a wrong one if a
    /// task were only slow to get its thread.
    private static let farAway: TimeInterval = 5
    private static let longRest = Duration.milliseconds(60)

    /// Does what the controllers have to do now; else moves the time to what is due next.
    /// - Parameter rest: For how long nothing has been done.
    /// - Returns: Whether anything has happened.
    private static func advance(_ twin: Twin, after rest: Duration) -> Bool {
        if twin.cluster.work() { return true }
        guard let next = [twin.cluster.nextDeadline, twin.time.nextDeadline].compactMap({ $0 }).min() else {
            return false
        }
        if next.timeIntervalSince(twin.time.now) > farAway, rest < longRest { return false }
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
    private var looks = 0
    /// How many looks in a row have to find nothing: a task may wait for its thread.
    private static let enoughLooks = 3

    /// Where other work keeps the process busy, this long without a request counts as quiet.
    private static let longest = Duration.milliseconds(150)
    /// What waiting takes of the processor between two looks.
    private static let idle = Duration.microseconds(200)

    /// For how long nothing has been done; nil where something is.
    mutating func rest(activity now: Int) -> Duration? {
        let spent = ProcessorTime.ofProcess
        defer { (activity, processor) = (now, spent) }
        if now != activity {
            (since, looks) = (.now, 0)
            return nil
        }
        looks = spent - processor < Self.idle ? looks + 1 : 0
        let rest = since.duration(to: .now)
        return looks >= Self.enoughLooks || rest > Self.longest ? rest : nil
    }
}
