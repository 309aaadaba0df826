internal import Synchronization

/// Counts what goes on in a run, wherever its tasks happen to run.
final class ActivityCounter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func note() { value.withLock { $0 += 1 } }
}
