import Dispatch

/// Runs calls that block, away from the threads that Swift's tasks share.
enum BlockingWork {
    /// Runs the body on a thread of its own.
    ///
    /// - Parameter cancel: called, on any thread, when the task is cancelled; it makes the body end soon.
    static func run<Result: Sendable>(
        cancel: @escaping @Sendable () -> Void, _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // A serial queue of its own has a thread of its own: blocked calls cannot starve one another.
                DispatchQueue(label: "endstate.git").async {
                    continuation.resume(with: Swift.Result { try body() })
                }
            }
        } onCancel: {
            cancel()
        }
    }
}
