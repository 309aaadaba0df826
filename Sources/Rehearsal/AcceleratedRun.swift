internal import FoundationEssentials
internal import Reconciler
internal import SandboxCluster

/// Runs something against a twin, with a time that jumps to the next event whenever all wait.
enum AcceleratedRun {
    /// - Parameter body: Everything that it waits for must be the twin's doing or sleep on its clock, and all of its tasks
    ///   must run where it does.
    static func run<Result: Sendable>(
        on twin: Twin, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let executor = QuietExecutor { advance(twin) }
        defer { executor.stop() }
        return try await Shield.$executor.withValue(executor) {
            try await withTaskExecutorPreference(executor) { try await body() }
        }
    }

    /// Does what the controllers have to do now; else moves the time to what is due next.
    /// - Returns: Whether anything has happened.
    private static func advance(_ twin: Twin) -> Bool {
        if twin.cluster.work() { return true }
        guard let next = [twin.cluster.nextDeadline, twin.time.nextDeadline].compactMap({ $0 }).min() else {
            return false
        }
        twin.time.move(to: next)
        return true
    }
}
