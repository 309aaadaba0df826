/// How long work may take to end in order, once its task has been cancelled.
package struct ShutdownDeadline: Sendable {
    private let limit: Duration
    private let clock: any Clock<Duration>
    private let onExpiry: @Sendable () -> Void

    /// - Parameter onExpiry: Called where the work has not ended in time.
    package init(_ limit: Duration, clock: any Clock<Duration>, onExpiry: @escaping @Sendable () -> Void) {
        self.limit = limit
        self.clock = clock
        self.onExpiry = onExpiry
    }

    /// Does the work, and returns when it has ended, however late.
    package func run<Success: Sendable>(_ work: () async throws -> Success) async throws -> Success {
        let cancellation = Signal()
        // Not a child of the task, which would be cancelled with it.
        let watch = Task {
            await cancellation.wait()
            do { try await clock.sleep(for: limit) } catch { return }
            if !Task.isCancelled { onExpiry() }
        }
        defer { watch.cancel() }
        return try await withTaskCancellationHandler {
            try await work()
        } onCancel: {
            cancellation.raise()
        }
    }
}
