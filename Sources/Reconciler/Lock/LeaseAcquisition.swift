internal import FoundationEssentials
internal import KubeClient

/// What a run waits for that wants an application's lock.
package struct LockWait: Hashable, Sendable {
    /// `NAMESPACE/NAME`.
    package let application: String
    /// Who holds the lock; safe to print.
    package let holder: String
    /// Since when, in RFC 3339, as the holder's clock told it; safe to print.
    package let since: String?
}

/// Takes a lease as soon as it is free.
struct LeaseAcquisition {
    let store: LeaseStore
    let claim: LeaseClaim
    let clock: any Clock<Duration>
    let time: @Sendable () -> Duration
    let now: @Sendable () -> Date
    let onWait: @Sendable (LockWait) -> Void

    private var watch = LeaseWatch()
    private var toldHolder: String?
    /// Requests in a row after which to look again at once.
    private var setbacks = 0
    /// Whether the lease may be ours without our knowing: a write was sent, and its outcome was not seen.
    private(set) var mayHold = false
    /// Kept from one try to the next: that of a lost answer may have succeeded.
    private var formerProcess: ProcessMark?

    /// A lease that is ours now.
    struct Taken: Sendable {
        /// As it was written.
        let lease: Lease
        /// When the request for that began.
        let since: Duration
        /// Which process held it before, and did not give it back.
        let formerProcess: ProcessMark?
    }

    init(
        store: LeaseStore, claim: LeaseClaim, clock: any Clock<Duration>, time: @escaping @Sendable () -> Duration,
        now: @escaping @Sendable () -> Date, onWait: @escaping @Sendable (LockWait) -> Void
    ) {
        self.store = store
        self.claim = claim
        self.clock = clock
        self.time = time
        self.now = now
        self.onWait = onWait
    }

    /// - Throws: `LockError` where another run holds it all the time, or it may not be had; as `KubeClient` otherwise.
    mutating func run(waitingAtMost limit: Duration) async throws -> Taken {
        let end = time() + limit
        while true {
            try Task.checkCancellation()
            let pause: Duration
            do {
                let found = try await store.read()
                switch watch.judge(found, at: time(), for: claim) {
                case .free: return try await take(found ?? Lease(namespace: place.namespace, name: place.leaseName))
                case .held(let remaining):
                    mayHold = false
                    setbacks = 0
                    pause = try wait(for: found, remaining, isLast: time() >= end)
                }
            } catch {
                pause = try pauseAfter(error, isLast: time() >= end)
            }
            // The last look is at the very end.
            if pause > .zero { try await clock.sleep(for: min(pause, max(.zero, end - time()))) }
        }
    }

    private var place: LeasePlace { store.place }

    private mutating func take(_ lease: Lease) async throws -> Taken {
        let start = time()
        mayHold = true
        if lease.holder != claim.identity, lease.process != claim.mark { formerProcess = lease.process }
        return Taken(
            lease: try await store.write(lease.taken(by: claim, at: now())), since: start, formerProcess: formerProcess)
    }

    private mutating func wait(for lease: Lease?, _ remaining: Duration, isLast: Bool) throws -> Duration {
        guard let lease else { return .zero }
        if isLast { throw LockError.held(lease, place, claim.times) }
        if toldHolder != lease.holder {
            toldHolder = lease.holder
            onWait(LockWait(application: place.description, holder: lease.shownHolder, since: lease.shownSince))
        }
        return min(claim.times.retryPeriod, remaining)
    }

    /// How long to wait before the next look, which also tells whether a write was carried out after all.
    private mutating func pauseAfter(_ error: any Error, isLast: Bool) throws -> Duration {
        let failure = LeaseFailure(error)
        // What can't be reached at all is not waited for.
        guard failure != .final, watch.hasLooked else {
            if failure == .final, !(error is CancellationError) { mayHold = false }
            throw error
        }
        setbacks += 1
        if mayHold, setbacks <= 3 { return .zero }
        if isLast { throw error }
        return claim.times.retryPeriod
    }
}
