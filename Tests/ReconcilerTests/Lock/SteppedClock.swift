import Synchronization

/// A clock that a test moves: whoever sleeps on it is woken when it gets there, in order.
final class SteppedClock: Clock {
    struct Instant: InstantProtocol {
        let offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let deadline: Duration
        let wake: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Duration.zero
        var next = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var watchers: [Signal] = []
    }

    private let state = Mutex(State())

    var now: Instant { Instant(offset: elapsed) }
    var elapsed: Duration { state.withLock { $0.now } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return true }
                    state.sleepers[id] = Sleeper(deadline: deadline.offset, wake: continuation)
                    for watcher in state.watchers { watcher.fire() }
                    state.watchers = []
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: id)
                if sleeper == nil { state.cancelled.insert(id) }
                return sleeper
            }
            sleeper?.wake.resume(throwing: CancellationError())
        }
    }

    /// Returns once so many sleep, or when the task is cancelled.
    private func untilAsleep(_ count: Int) async {
        while !Task.isCancelled {
            let signal = Signal()
            let isReached = state.withLock { state in
                if state.sleepers.count < count { state.watchers.append(signal) }
                return state.sleepers.count >= count
            }
            if isReached { return }
            await signal.wait()
        }
    }

    /// Goes on to a time, waking whoever is due on the way; it goes further only when so many are asleep again.
    func run(until end: Duration, sleepers: Int = 1) async {
        while true {
            await untilAsleep(sleepers)
            if Task.isCancelled { return }
            let due: Sleeper? = state.withLock { state in
                let first = state.sleepers.min { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
                guard let first, first.value.deadline <= end else {
                    state.now = max(state.now, end)
                    return nil
                }
                state.now = max(state.now, first.value.deadline)
                return state.sleepers.removeValue(forKey: first.key)
            }
            guard let due else { return }
            due.wake.resume()
        }
    }

    /// Moves the time alone, as where the process was stopped meanwhile.
    func jump(by duration: Duration) {
        state.withLock { $0.now += duration }
    }
}
