internal import FoundationEssentials
internal import SandboxCluster

/// Runs something against a cluster in this process, with a time that jumps to the next event whenever all wait.
enum AcceleratedRun {
    /// - Parameter body: Everything that it waits for must be the cluster's doing or sleep on the clock.
    static func run<Result: Sendable>(
        on cluster: SandboxCluster, _ time: SteppedSandboxClock, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let executor = QuietExecutor { advance(cluster, time) }
        defer { executor.stop() }
        return try await withTaskExecutorPreference(executor) { try await body() }
    }

    /// Does what the controllers have to do now; else moves the time to what is due next.
    /// - Returns: Whether anything has happened.
    private static func advance(_ cluster: SandboxCluster, _ time: SteppedSandboxClock) -> Bool {
        if cluster.work() { return true }
        guard let next = [cluster.nextDeadline, time.nextDeadline].compactMap({ $0 }).min() else { return false }
        time.move(to: next)
        return true
    }
}
