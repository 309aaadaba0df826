/// Work that the cancellation of its caller does not reach: a write whose outcome must be known, the return of a lock.
package enum Shield {
    /// Where such work runs; nil for where all tasks do. A task of its own does not take over what its caller prefers
    /// (SE-0417).
    @TaskLocal package static var executor: (any TaskExecutor)?

    /// Begins work that may fail.
    static func task<Output: Sendable>(
        _ work: @escaping @Sendable () async throws -> Output
    ) -> Task<Output, any Error> {
        Task(executorPreference: executor) { try await work() }
    }

    /// Begins work that can't fail.
    static func task<Output: Sendable>(_ work: @escaping @Sendable () async -> Output) -> Task<Output, Never> {
        Task(executorPreference: executor) { await work() }
    }
}
