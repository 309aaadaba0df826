internal import Foundation
internal import Synchronization

/// Runs the jobs of tasks one after the other on one thread, and knows when none is left.
///
/// A run under accelerated time prefers it: when nothing is left to do, everybody waits for the time to pass, and it may.
final class QuietExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let semaphore = DispatchSemaphore(value: 0)
    /// Called on the thread whenever nothing is left to do; returns whether that has made work.
    private let onQuiet: @Sendable () -> Bool

    init(onQuiet: @escaping @Sendable () -> Bool) {
        self.onQuiet = onQuiet
        Thread.detachNewThread { [self] in serve() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        semaphore.signal()
    }

    /// Ends the thread when the jobs that are there have run.
    func stop() {
        state.withLock { $0.isStopped = true }
        semaphore.signal()
    }

    /// How long to wait for tasks that run elsewhere before the quiet counts.
    private static let patience: DispatchTimeInterval = .milliseconds(1)

    private func serve() {
        while true {
            let (jobs, isStopped) = state.withLock { state in
                defer { state.jobs.removeAll() }
                return (state.jobs, state.isStopped)
            }
            for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            if !jobs.isEmpty { continue }
            if isStopped { return }
            if semaphore.wait(timeout: .now() + Self.patience) == .success { continue }
            if !onQuiet() { _ = semaphore.wait(timeout: .now() + .milliseconds(5)) }
        }
    }
}
