package import FoundationEssentials
internal import Planning
internal import Resources

/// Why an application is reconciled.
package enum SyncReason: String, Hashable, Sendable, CaseIterable {
    /// The first time since this process leads.
    case start
    /// The source has another commit, or the application is configured differently.
    case commit
    /// Members are not as declared.
    case drift
    /// A person has asked for it.
    case person
    /// An earlier try could not be ended.
    case retry
}

/// Why something that is due is not done.
package enum SyncHold: Hashable, Sendable {
    case suspended
    /// No change window is open; nil where none ever opens again.
    case window(opens: Date?)
    /// Applications that it depends on are not healthy.
    case dependencies([String])
    /// It has stopped by itself, and waits for a person or another commit.
    case breaker(String)
    /// So much has been changed lately that the rest has to wait; nil where only a person can let it through.
    case limit(String, until: Date?)
    /// The last try was refused, or nothing could be asked, and the next one has its time.
    case backoff(until: Date)
    /// The commit has failed, and is not tried again before a person or another commit comes.
    case failed(String)
}

extension SyncHold {
    var isDependencies: Bool { if case .dependencies = self { true } else { false } }
}

/// One reconciliation to do.
struct SyncJob: Hashable, Sendable {
    let source: PlanSource
    let reason: SyncReason
    /// What was seen not to be as declared.
    let drifted: Set<ObjectIdentity>
    /// Why nothing may be written: then it is only looked how things are; nil where it may.
    var hold: SyncHold?
    /// Whether only what is in force is brought back, because what is new has failed or waits.
    var keepsFormer = false
    /// Whether it ends what was begun while it might, although no window is open any more.
    var endsOpenRun = false
    /// Whether a person wants it, also of what failed before.
    var isInsisting: Bool { reason == .person }
}

/// What came of a reconciliation.
enum SyncOutcome: Hashable, Sendable {
    /// All was as declared already.
    case unchanged
    case succeeded
    /// Members are not as declared, and are to be left so.
    case reported(Set<ObjectIdentity>)
    /// It failed, and is not back where it was.
    case failed(String)
    /// It failed, and is back where it was.
    case rolledBack(String)
    /// What somebody else has changed could not be brought back; what is declared has not failed by that.
    case unrepaired(String)
    /// A guardrail refused it: nothing was written.
    case refused(String)
    /// It may not be done now: nothing was written.
    case limited(SyncHold)
    /// The source or the cluster could not be asked.
    case error(String)
    /// It was stopped on the way, and is gone on with.
    case interrupted
    /// It stopped itself, because what was already there became unhealthy.
    case tripped(String)
}
