package import FoundationEssentials
package import KubeClient

/// The lock of one application: a Lease `endstate.NAME` in the application's namespace, which one run at a time holds; or
/// the lead of a group of servers, a Lease of any name.
///
/// Lock and writes are two things, and the server does not connect them: a holder that is cut off stops writing
/// `leaseDuration - renewDeadline` before anyone else may begin, and that is the time which a write that is under way has
/// to arrive. A holder that is certainly dead, since its process on this very machine has ended, is not waited for.
package struct LeaseLock: Sendable {
    private let store: LeaseStore
    private let holder: LockHolder
    private let times: LeaseTimes
    private let clock: any Clock<Duration>
    private let time: @Sendable () -> Duration
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - client: Its `writePermit` does not count for the lock's own requests.
    ///   - namespace: The application's.
    ///   - name: The application's, or that of the Lease by which servers agree who leads.
    ///   - isOfLeader: Whether the lock is that of a group of servers, one of which leads.
    ///   - clock: Must go on while the machine sleeps; the client's where it is nil.
    ///   - now: Only for the timestamps in the Lease, which nothing is decided by.
    package init(
        client: KubeClient, namespace: String, name: String, isOfLeader: Bool = false, holder: LockHolder,
        times: LeaseTimes = LeaseTimes(),
        clock: (any Clock<Duration>)? = nil, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        store = LeaseStore(
            client: client, place: LeasePlace(namespace: namespace, name: name, isOfLeader: isOfLeader), times: times)
        self.holder = holder
        self.times = times
        self.clock = clock ?? client.clock
        time = Stopwatch(self.clock).elapsed
        self.now = now
    }

    /// Does something while holding the lock, and gives the lock back however that ends.
    ///
    /// The lock is renewed until the body has returned, also after the surrounding task was cancelled: what a run does to
    /// end cleanly needs the lock as well. Where the lock is lost, `HeldLock.check()` throws and the body is cancelled.
    /// - Parameters:
    ///   - limit: How long to wait for another run; zero takes only what is free at once.
    ///   - onWait: Told once of each holder that is waited for; must return at once.
    ///   - onPoll: Told what others ask of the holder by `ask(_:)`; must return at once.
    /// - Returns: What the body returns, even if the lock was lost.
    /// - Throws: `LockError` where the lock can't be had, or was lost and the body threw for whatever reason; what the body
    ///   throws; as `KubeClient` where the Lease can't be read or written, among it `APIError` for a missing namespace.
    package func hold<Output: Sendable>(
        waitingAtMost limit: Duration,
        onWait: @escaping @Sendable (LockWait) -> Void = { _ in },
        onPoll: @escaping @Sendable (PollRequest) -> Void = { _ in },
        _ body: @escaping @Sendable (HeldLock) async throws -> Output
    ) async throws -> Output {
        let claim = LeaseClaim(holder, times)
        let keeper = LeaseKeeper(store: store, claim: claim, clock: clock, time: time, now: now, onPoll: onPoll)
        let held = try await acquire(claim, keeper, limit, onWait)
        let outcome = await run(body, held, keeper)
        held.end()
        if held.loss == nil {
            let isRemoved = held.isRemovedAtEnd
            // Of a cancelled task no request would be sent.
            await Shield.task { await keeper.release(held.lease, removing: isRemoved) }.value
        }
        if case .failure = outcome, let loss = held.loss { throw loss }
        return try outcome.get()
    }

    /// Asks something of whoever holds the lock, who comes upon it within `LeaseTimes.retryPeriod`. Where nobody holds it
    /// nothing is asked: whoever takes it next looks at all sources anyway.
    /// - Throws: `LockError` where the rights are missing; as `KubeClient` where the Lease can't be read or written.
    package func ask(_ request: PollRequest) async throws {
        for attempt in 1... {
            guard let lease = try await store.read(), !lease.holder.isEmpty else { return }
            let asking = lease.asking(request)
            if asking == lease { return }
            do {
                _ = try await store.write(asking)
                return
            } catch let error as APIError where error.isConflict && attempt < Self.attempts {
                continue
            }
        }
    }

    /// How often a Lease is written that somebody else changes at the same time.
    private static let attempts = 5

    private func acquire(
        _ claim: LeaseClaim, _ keeper: LeaseKeeper, _ limit: Duration, _ onWait: @escaping @Sendable (LockWait) -> Void
    ) async throws -> HeldLock {
        var acquisition = LeaseAcquisition(
            store: store, claim: claim, clock: clock, time: time, now: now, onWait: onWait)
        do {
            let taken = try await acquisition.run(waitingAtMost: limit)
            return HeldLock(taken, time: time, place: store.place, times)
        } catch {
            if acquisition.mayHold { await Shield.task { await keeper.release(nil) }.value }
            throw error
        }
    }

    private enum Event<Output: Sendable>: Sendable {
        case ended(Result<Output, any Error>)
        case keptNoLonger
    }

    private func run<Output: Sendable>(
        _ body: @escaping @Sendable (HeldLock) async throws -> Output, _ held: HeldLock, _ keeper: LeaseKeeper
    ) async -> Result<Output, any Error> {
        // No child task, since it must not end when the surrounding task is cancelled; it is ended and awaited below.
        let keeping = Shield.task { await keeper.keep(held) }
        return await withTaskGroup(of: Event<Output>.self) { group in
            group.addTask {
                do { return .ended(.success(try await body(held))) } catch { return .ended(.failure(error)) }
            }
            group.addTask {
                await keeping.value
                return .keptNoLonger
            }
            var outcome: Result<Output, any Error> = .failure(CancellationError())
            for await event in group {
                switch event {
                case .ended(let result):
                    outcome = result
                    keeping.cancel()
                case .keptNoLonger: group.cancelAll()
                }
            }
            return outcome
        }
    }
}
