import TestSupport
import Testing

@testable import SyncService

struct ShutdownDeadlineTests {
    @Test func `the time begins when the work is to end`() async throws {
        let clock = FakeClock()
        let deadline = ShutdownDeadline(.seconds(8), clock: clock) { Issue.record("it was cut off") }
        let result = try await deadline.run {
            for _ in 0..<100 { await Task.yield() }
            return 1
        }
        #expect(result == 1)
        #expect(clock.sleeps.isEmpty)
    }

    @Test func `work that ends in order is not cut off`() async throws {
        let deadline = ShutdownDeadline(.seconds(8), clock: StillClock()) { Issue.record("it was cut off") }
        let task = Task { try await deadline.run { await Signal().wait() } }
        task.cancel()
        try await task.value
    }

    @Test func `work that hangs is cut off when the time is over`() async throws {
        let (clock, hung) = (FakeClock(), Signal())
        let deadline = ShutdownDeadline(.seconds(8), clock: clock) { hung.raise() }
        // Cancellation does not reach it.
        let task = Task { try await deadline.run { await Task { await hung.wait() }.value } }
        task.cancel()
        try await task.value
        #expect(clock.sleeps == [.seconds(8)])
    }

    @Test func `what the work throws is thrown`() async {
        struct Broken: Error {}
        let deadline = ShutdownDeadline(.seconds(8), clock: StillClock()) {}
        await #expect(throws: Broken.self) { try await deadline.run { throw Broken() } }
    }
}
