import Synchronization

/// Counts calls.
final class Counter: Sendable {
    private let count = Mutex(0)

    /// How often it was called, this time included.
    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
