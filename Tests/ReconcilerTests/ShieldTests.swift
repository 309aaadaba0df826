import Dispatch
import Synchronization
import Testing

@testable import Reconciler

@Suite struct ShieldTests {
    /// Counts the jobs that it is given.
    private final class CountingExecutor: TaskExecutor {
        let count = Mutex(0)

        func enqueue(_ job: consuming ExecutorJob) {
            count.withLock { $0 += 1 }
            let job = UnownedJob(job)
            let executor = asUnownedTaskExecutor()
            DispatchQueue.global().async { job.runSynchronously(on: executor) }
        }
    }

    @Test func `work goes on when its caller is cancelled`() async {
        let caller = Task {
            while !Task.isCancelled { await Task.yield() }
            return await Shield.task { Task.isCancelled }.value
        }
        caller.cancel()
        #expect(await caller.value == false)
    }

    @Test func `work runs where the caller's run does`() async {
        let executor = CountingExecutor()
        await Shield.$executor.withValue(executor) { await Shield.task {}.value }
        #expect(executor.count.withLock { $0 } > 0)
    }
}
