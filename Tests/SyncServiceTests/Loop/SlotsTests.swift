import TestSupport
import Testing

@testable import SyncService

struct SlotsTests {
    @Test func `no more work than there are slots goes on at once`() async throws {
        let slots = Slots(2)
        let counts = Mutexed((now: 0, most: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await slots.with {
                        counts.change { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                        await Task.yield()
                        counts.change { $0.now -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect((1...2).contains(counts.value.most))
        #expect(slots.waiting == 0)
    }

    @Test func `who is cancelled while waiting leaves the line`() async throws {
        let slots = Slots(1)
        let (isTaken, mayGo) = (Signal(), Signal())
        async let holder: Void = slots.with {
            isTaken.raise()
            await mayGo.wait()
        }
        await isTaken.wait()
        let waiter = Task { try await slots.with {} }
        while slots.waiting == 0 { await Task.yield() }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        #expect(slots.waiting == 0)
        mayGo.raise()
        try await holder
        try await slots.with {}
    }
}

struct SignalTests {
    @Test func `what is raised before anybody waits wakes the next one, once`() async {
        let signal = Signal()
        signal.raise()
        signal.raise()
        await signal.wait()
        let clock = FakeClock()
        await signal.wait(atMost: .seconds(5), clock)
        #expect(clock.sleeps == [.seconds(5)])
    }

    @Test func `who is cancelled does not wait`() async {
        let task = Task { await Signal().wait() }
        task.cancel()
        await task.value
    }
}
