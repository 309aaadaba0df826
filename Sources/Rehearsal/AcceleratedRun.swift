internal import FoundationEssentials
internal import Reconciler
package import SandboxCluster

/// Runs something against an embedded cluster, with a time that jumps to the next event whenever all wait.
package enum AcceleratedRun {
    /// - Parameters:
    ///   - time: The cluster's, which passes only here.
    ///   - body: Everything that it waits for must be the cluster's doing or sleep on its clock, and all of its tasks must
    ///     run where it does.
    package static func run<Result: Sendable>(
        on cluster: SandboxCluster, time: SteppedSandboxClock, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let executor = QuietExecutor { advance(cluster, time) }
        defer { executor.stop() }
        return try await Shield.$executor.withValue(executor) {
            try await withTaskExecutorPreference(executor) { try await body() }
        }
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
