internal import FoundationEssentials
internal import KubeClient
internal import Resources

/// Renews a lease while it is held, and gives it back.
struct LeaseKeeper: Sendable {
    let store: LeaseStore
    let claim: LeaseClaim
    let clock: any Clock<Duration>
    let time: @Sendable () -> Duration
    let now: @Sendable () -> Date
    let onPoll: @Sendable (PollRequest) -> Void

    /// Renews the lease until it is lost or the task is cancelled.
    func keep(_ held: HeldLock) async {
        while held.loss == nil {
            do { try await clock.sleep(for: claim.times.retryPeriod) } catch { return }
            await renew(held)
        }
    }

    private func renew(_ held: HeldLock) async {
        do {
            try await renewOnce(held.lease, held)
        } catch {
            held.note(Self.causes(error))
        }
    }

    /// A lease that was changed meanwhile is renewed as it is now if it is still ours: somebody may have asked something, or
    /// an earlier renewal has succeeded without our knowing.
    private func renewOnce(_ lease: Lease, _ held: HeldLock) async throws {
        let start = time()
        guard held.loss == nil else { return }
        do {
            let renewed = try await store.write(lease.renewed(at: now()), within: held.remaining)
            held.renew(renewed, at: start)
        } catch let error as APIError where error.isNotFound {
            held.loseLease(at: start, .lost(store.place, "is gone: its Lease was deleted"))
        } catch let error as APIError where error.isConflict {
            guard let found = try await current(held, at: start) else { return }
            if found.object.resourceVersion == lease.object.resourceVersion { throw error }
            try await renewOnce(found, held)
        }
    }

    /// The lease as it is now, if it is ours; the lock is lost otherwise.
    private func current(_ held: HeldLock, at start: Duration) async throws -> Lease? {
        guard let found = try await store.read() else {
            held.loseLease(at: start, .lost(store.place, "is gone: its Lease was deleted"))
            return nil
        }
        if found.holder == claim.identity {
            // Before it is taken away, so that it is rather heard twice than never.
            if let request = found.pollRequest { onPoll(request) }
            return found
        }
        let other = found.holder.isEmpty ? "was taken away" : "was taken over by \(found.shownHolder)"
        held.lose(.lost(store.place, other))
        return nil
    }

    /// Gives the lease back, if it is still ours, so that others need not wait until it expires. Where that fails they have
    /// to, which is no reason for a run to fail.
    /// - Parameter lease: What is known of it.
    func release(_ lease: Lease?, removing: Bool = false) async {
        do {
            if let lease { return try await giveBack(lease, removing) }
        } catch {
            if LeaseFailure(error) == .final { return }
        }
        // It is looked at where it has changed meanwhile, such as by a renewal that was cut off.
        guard let found = try? await store.read(), found.holder == claim.identity else { return }
        try? await giveBack(found, removing)
    }

    private func giveBack(_ lease: Lease, _ removing: Bool) async throws {
        if removing { try await store.delete(lease) } else { _ = try await store.write(lease.released(at: now())) }
    }

    private static func causes(_ error: any Error) -> [String] {
        ((error as? any DiagnosticError)?.diagnostics.map(\.message) ?? []).map(Printable.escaped)
    }
}
