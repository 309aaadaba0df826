internal import Resources
internal import Synchronization

/// A lock while it is held: what asks before each write whether it still is.
package final class HeldLock: Sendable {
    private struct State {
        var lease: Lease
        /// When the last request began that has renewed the lease.
        var renewed: Duration
        /// Why the renewals since then have failed.
        var obstacles: [String] = []
        var loss: LockError?
        var hasEnded = false
        var isRemovedAtEnd = false
        var expectsRemoval = false
    }

    private let state: Mutex<State>
    private let time: @Sendable () -> Duration
    private let place: LeasePlace
    private let deadline: Duration

    /// The process that held the lock before and did not give it back; nil where none did, or that is not known.
    package let formerProcess: ProcessMark?

    init(
        _ taken: LeaseAcquisition.Taken, time: @escaping @Sendable () -> Duration, place: LeasePlace,
        _ times: LeaseTimes
    ) {
        state = Mutex(State(lease: taken.lease, renewed: taken.since))
        formerProcess = taken.formerProcess
        self.time = time
        self.place = place
        deadline = times.renewDeadline
    }

    /// Returns where writing is safe now: nobody else may have taken the lock yet, even where this process was stopped in
    /// between. A lock that is lost stays lost.
    /// - Throws: `LockError` with the code `lost`.
    package func check() throws {
        if let loss { throw loss }
        if state.withLock({ $0.hasEnded }) { throw LockError.lost(place, "has been given back") }
    }

    /// Has the Lease deleted at the end, in place of being released.
    package func removeAtEnd() {
        state.withLock { $0.isRemovedAtEnd = true }
    }

    /// Says that the Lease's namespace is about to be deleted: nobody else can take a lock there, so that a Lease that is
    /// gone is no loss from here on.
    package func expectRemoval() {
        state.withLock { $0.expectsRemoval = true }
    }

    /// Notes that the Lease is gone.
    func loseLease(at start: Duration, _ loss: LockError) {
        state.withLock { state in
            if state.expectsRemoval { state.renewed = start } else { state.loss = state.loss ?? loss }
        }
    }

    /// Why the lock is no longer held; nil while it is, and where it was until the end.
    var loss: LockError? {
        let time = time()
        return state.withLock { state in
            if state.loss == nil, time - state.renewed >= deadline {
                state.loss = .lost(place, "was not renewed for \(deadline.brief)", causes: state.obstacles)
            }
            return state.loss
        }
    }

    var lease: Lease { state.withLock { $0.lease } }
    var isRemovedAtEnd: Bool { state.withLock { $0.isRemovedAtEnd } }
    /// How long writing is still safe without another renewal.
    var remaining: Duration {
        let time = time()
        return state.withLock { $0.renewed + deadline - time }
    }

    /// - Parameter start: When the request for it began.
    func renew(_ lease: Lease, at start: Duration) {
        state.withLock { state in
            state.lease = lease
            state.renewed = start
            state.obstacles = []
        }
    }

    /// Keeps why a renewal has failed.
    func note(_ obstacles: [String]) {
        state.withLock { $0.obstacles = obstacles }
    }

    func lose(_ loss: LockError) {
        state.withLock { $0.loss = $0.loss ?? loss }
    }

    /// From here on nothing may be written any more.
    func end() {
        state.withLock { $0.hasEnded = true }
    }
}
