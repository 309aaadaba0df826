import TestSupport

/// A clock on which short sleeps take no time, and longer ones last until they are cancelled.
final class ShortClock: Clock {
    typealias Instant = FakeClock.Instant

    private let clock = FakeClock()
    private let limit: Duration

    init(limit: Duration = .seconds(100)) {
        self.limit = limit
    }

    var now: Instant { clock.now }
    var minimumResolution: Duration { clock.minimumResolution }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        guard clock.now.duration(to: deadline) > limit else {
            // Whoever polls must not keep the others from going on.
            await Task.yield()
            return try await clock.sleep(until: deadline, tolerance: tolerance)
        }
        for await _ in AsyncStream<Never>.makeStream().stream {}
        throw CancellationError()
    }
}
