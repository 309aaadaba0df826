internal import FoundationEssentials
package import SandboxCluster

/// The clock of a run on a twin: its sleepers and the twin's controllers share one time, which passes only by being moved.
package struct AcceleratedClock: Clock {
    package struct Instant: InstantProtocol {
        fileprivate let date: Date

        package func advanced(by duration: Duration) -> Instant {
            Instant(date: date.addingTimeInterval(duration / .seconds(1)))
        }

        package func duration(to other: Instant) -> Duration {
            .seconds(other.date.timeIntervalSince(date))
        }

        package static func < (left: Instant, right: Instant) -> Bool { left.date < right.date }
    }

    private let time: SteppedSandboxClock

    package init(_ time: SteppedSandboxClock) {
        self.time = time
    }

    package var now: Instant { Instant(date: time.now) }
    package var minimumResolution: Duration { .microseconds(1) }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await time.sleep(until: deadline.date)
    }
}
