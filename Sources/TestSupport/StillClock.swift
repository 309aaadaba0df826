/// A clock on which no time passes: sleeping lasts until it is cancelled.
///
/// For what must not grow old in a test, however long a loaded machine takes for it.
package final class StillClock: Clock {
    package typealias Instant = FakeClock.Instant

    private let clock = FakeClock()

    package init() {}

    package var now: Instant { clock.now }
    package var minimumResolution: Duration { clock.minimumResolution }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        for await _ in AsyncStream<Never>.makeStream().stream {}
        throw CancellationError()
    }
}
