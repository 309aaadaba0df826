internal import Foundation
internal import Synchronization

/// Runs the jobs of tasks one after the other on one thread, and knows when none is left.
///
/// A run under accelerated time prefers it: when nothing is left to do, everybody waits for the time to pass, and it may.
final class QuietExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var hasBegun = false
        var isStopped = false
    }

    private let state = Mutex(State())
    private let semaphore = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)
    /// Called on the thread whenever nothing is left to do; returns whether that has made work.
    private let onQuiet: @Sendable () -> Bool

    init(onQuiet: @escaping @Sendable () -> Bool) {
        self.onQuiet = onQuiet
        Thread.detachNewThread { [self] in serve() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { state in
            state.jobs.append(job)
            state.hasBegun = true
        }
        semaphore.signal()
    }

    /// Ends the thread when the jobs that are there have run, and waits for that: else it might find a quiet moment in what
    /// comes next. Must not be called on the thread itself.
    func stop() {
        state.withLock { $0.isStopped = true }
        semaphore.signal()
        hasEnded.wait()
    }

    private func serve() {
        while true {
            let now = state.withLock { state in
                defer { state.jobs.removeAll() }
                return state
            }
            for job in now.jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            if !now.jobs.isEmpty { continue }
            if now.isStopped {
                hasEnded.signal()
                return
            }
            // Before the first job there is no quiet, but nothing yet.
            if !now.hasBegun || !onQuiet() { semaphore.wait() }
        }
    }
}
