internal import FoundationEssentials
internal import Manifests
internal import Planning
internal import Resources

/// Decides when an application is reconciled, and why not: a value that is told what happens.
struct ApplicationMachine: Sendable {
    enum Next: Hashable, Sendable {
        case run(SyncJob)
        /// Nothing to do before this time, unless something happens; nil for no time.
        case wait(until: Date?, SyncHold?)
    }

    private(set) var rules: SyncRules
    /// What the operator says, which holds before the source is read; the source's own word is asked once it is.
    private var own: SyncRules
    /// The newest commit that the source is known to have.
    private(set) var observed: PlanSource?
    /// The commit that was last dealt with, whatever came of it.
    private(set) var settled: PlanSource?
    private(set) var drifted: Set<ObjectIdentity> = []
    /// The commit at which it stopped by itself, and why.
    private(set) var breaker: (source: PlanSource, reason: String)?
    /// How many runs in a row have failed.
    private(set) var failuresInRow = 0
    /// Why the last run failed; nil where it didn't.
    private(set) var failure: String?
    /// How often in a row nothing came of a try.
    private var attempts = 0
    private(set) var isRequested = false
    /// The commit that a person wants, where nothing came of the try.
    private var owed: PlanSource?
    /// The commit that was last tried, whatever came of it.
    private var tried: PlanSource?
    /// The commit that it was only looked at, because nothing may be written.
    private var looked: PlanSource?
    /// When that is tried again, where nothing came of it.
    private var lookAt: Date?
    /// The commit whose run is open in the cluster's records, which is ended whatever the windows say.
    private var openRun: PlanSource?
    /// Whether what was in force before still is, and is to be kept so, because what is new has failed, was refused or waits
    /// for a limit.
    private var isFormerInForce = false
    /// Whether no run has gone by the configuration yet.
    private(set) var isReconfigured = false
    private var retryAt: Date?
    private var limit: SyncHold?
    private var backoff = DriftBackoff()

    init(rules: SyncRules) {
        (self.rules, own) = (rules, rules)
    }

    /// Whether the operator or the source has suspended it.
    private var isSuspended: Bool { own.isSuspended || rules.isSuspended }
    var stoppage: Stoppage { Stoppage(isSuspended: isSuspended, breaker: breaker?.reason) }

    // MARK: What happens

    /// It is configured differently from here on.
    /// - Parameter isElsewhere: Whether it has another source, of which nothing is known yet.
    mutating func configure(_ rules: SyncRules, isElsewhere: Bool = false) {
        (self.rules, own) = (rules, rules)
        isReconfigured = true
        if isElsewhere { (observed, isRequested) = (nil, false) }
    }

    /// Goes by these rules from here on, which what was just done has gone by.
    mutating func adopt(_ rules: SyncRules) {
        self.rules = rules
    }

    /// - Returns: Whether the commit is another one than before.
    mutating func observe(_ source: PlanSource) -> Bool {
        let isNew = !source.isSameCommit(as: observed)
        // What a person has asked for is not another commit, which comes by itself.
        if isNew, observed != nil { isRequested = false }
        observed = source
        return isNew
    }

    /// A person wants it to be reconciled now.
    mutating func request() {
        isRequested = true
    }

    mutating func drift(_ identities: Set<ObjectIdentity>) {
        if rules.drift != .off { drifted.formUnion(identities) }
    }

    mutating func forgetDrift() {
        drifted = []
    }

    /// A run of the commit has begun, and nobody is at it.
    mutating func noteOpenRun(of source: PlanSource) {
        openRun = source
    }

    // MARK: What to do

    /// - Parameter unhealthy: The applications that it depends on and that are not healthy.
    func next(at now: Date, unhealthy: [String]) -> Next {
        guard let observed else { return .wait(until: nil, standing(at: now)) }
        guard let reason = reason(at: now) else {
            let former = formerTime(after: now)
            if let former, former <= now {
                return .run(SyncJob(source: observed, reason: .drift, drifted: drifted, keepsFormer: true))
            }
            return .wait(until: [nextTime(after: now), former].compactMap { $0 }.min(), standing(at: now))
        }
        if let hold = hold(reason, at: now, unhealthy: unhealthy) {
            if isWorthALook(hold) {
                if Self.isOver(lookAt, at: now) {
                    return .run(SyncJob(source: observed, reason: reason, drifted: [], hold: hold))
                }
                return .wait(until: [hold.until, lookAt].compactMap { $0 }.min(), hold)
            }
            if case .window(let opens) = hold { return .wait(until: opens, hold) }
            // That the others are healthy again may be told by nothing that happens to them.
            if case .dependencies = hold { return .wait(until: now + 30, hold) }
            return .wait(until: nil, hold)
        }
        return .run(SyncJob(source: observed, reason: reason, drifted: drifted, endsOpenRun: isOpenRun))
    }

    private var isOpenRun: Bool { openRun?.isSameCommit(as: observed) ?? false }

    /// When what is in force is to be brought back while something new may not be applied; nil for no time.
    private func formerTime(after now: Date) -> Date? {
        guard isFormerInForce, breaker == nil, rules.drift == .repair, !isSuspended,
            let due = drifted.map({ backoff.due($0, at: now) }).min()
        else { return nil }
        for windows in [own.windows, rules.windows] where !windows.isOpen(at: max(now, due)) {
            return windows.nextOpening(after: now)
        }
        return due
    }

    /// How a commit would change an application that waits is told before it may, and so is how the application is.
    private func isWorthALook(_ hold: SyncHold) -> Bool {
        guard let observed, !observed.isSameCommit(as: settled), !observed.isSameCommit(as: looked) else {
            return false
        }
        return switch hold {
        case .suspended, .window, .dependencies: true
        default: false
        }
    }

    private func reason(at now: Date) -> SyncReason? {
        if isRequested { return .person }
        if let owed, owed.isSameCommit(as: observed) { return isDue(at: now) || isReconfigured ? .person : nil }
        if settled == nil { return isDue(at: now) ? .start : nil }
        if isReconfigured || observed?.isSameCommit(as: settled) == false {
            // What is new is tried without delay; a try that came to nothing has its time.
            let isNews = isReconfigured || observed?.isSameCommit(as: tried) == false
            return isNews || isDue(at: now) ? .commit : nil
        }
        guard isDue(at: now), failure == nil, breaker == nil else { return nil }
        if retryAt != nil { return .retry }
        let isDrift = drifted.contains { backoff.due($0, at: now) <= now }
        return isDrift ? .drift : nil
    }

    /// The times of windows and limits are the wall's own, however far away they are.
    private func isDue(at now: Date) -> Bool {
        if limit?.until != nil { return retryAt.map { $0 <= now } ?? true }
        return Self.isOver(retryAt, at: now)
    }

    /// Whether the end of a pause has come. One that is further away than any pause lasts was set before the clock was set
    /// back, and has; one in the distant future only a person ends.
    private static func isOver(_ time: Date?, at now: Date) -> Bool {
        guard let time, time != .distantFuture else { return time == nil }
        return time <= now || time > now + longestPause * 1.25
    }

    private func nextTime(after now: Date) -> Date? {
        if let retryAt, !isDue(at: now) { return retryAt == .distantFuture ? nil : retryAt }
        if failure != nil || breaker != nil { return nil }
        return drifted.map { backoff.due($0, at: now) }.min()
    }

    /// Why nothing is due although not all is well.
    private func standing(at now: Date) -> SyncHold? {
        if isSuspended { return .suspended }
        if let breaker { return .breaker(breaker.reason) }
        if let failure { return .failed(failure) }
        if let limit { return limit }
        if let retryAt, !isDue(at: now) { return .backoff(until: retryAt) }
        return nil
    }

    private func hold(_ reason: SyncReason, at now: Date, unhealthy: [String]) -> SyncHold? {
        if own.isSuspended { return .suspended }
        if let breaker, reason != .person, breaker.source.isSameCommit(as: observed) { return .breaker(breaker.reason) }
        if !unhealthy.isEmpty { return .dependencies(unhealthy) }
        if !isOpenRun, !own.windows.isOpen(at: now) { return .window(opens: own.windows.nextOpening(after: now)) }
        return nil
    }

    // MARK: What came of it

    /// Notes that a job begins, so that what happens from here on is dealt with after it.
    mutating func begin(_ job: SyncJob) {
        if job.hold != nil {
            lookAt = nil
            return
        }
        if job.keepsFormer {
            drifted = []
            return
        }
        if tried?.commit != job.source.commit { attempts = 0 }
        isRequested = false
        isReconfigured = false
        tried = job.source
        owed = nil
        openRun = nil
        retryAt = nil
        limit = nil
        failure = nil
        drifted = []
        if breaker != nil {
            breaker = nil
            failuresInRow = 0
        }
    }

    /// - Parameters:
    ///   - repaired: The members that it brought back to what is declared.
    ///   - random: From 0 up to 1.
    /// - Returns: The objects that somebody else fights over.
    mutating func finish(
        _ job: SyncJob, _ outcome: SyncOutcome, repaired: Set<ObjectIdentity> = [], at now: Date, random: Double
    ) -> Set<ObjectIdentity> {
        if job.hold != nil {
            look(job, outcome, at: now, random)
            return []
        }
        if job.keepsFormer { return kept(job, outcome, repaired, at: now) }
        isFormerInForce = outcome.leavesFormer
        switch outcome {
        case .unchanged, .succeeded, .reported:
            settled = job.source
            (failuresInRow, attempts) = (0, 0)
            if outcome == .unchanged { backoff.foundNothing(job.drifted, at: now) }
            if case .reported(let left) = outcome { backoff.foundNothing(job.drifted.union(left), at: now) }
            return backoff.repaired(repaired, at: now)
        case .failed(let why), .rolledBack(let why):
            settled = job.source
            fail(job, why)
        case .refused, .unrepaired:
            settled = job.source
            again(job, at: later(now, base: 60, random))
        case .limited(let hold):
            settled = job.source
            limit = hold
            if job.isInsisting { owed = job.source }
            again(job, at: hold.nextTry(after: now) ?? .distantFuture)
        // The record of an interrupted run may be open, and somebody has to go on from there; another commit need not wait.
        case .error, .interrupted:
            if job.isInsisting { owed = job.source }
            // Its record may be open.
            looked = nil
            again(job, at: later(now, base: 1, random))
        case .tripped(let why):
            settled = job.source
            breaker = (job.source, why)
        }
        return []
    }

    /// What came of bringing back what is in force says nothing of what is new.
    private mutating func kept(
        _ job: SyncJob, _ outcome: SyncOutcome, _ repaired: Set<ObjectIdentity>, at now: Date
    ) -> Set<ObjectIdentity> {
        switch outcome {
        case .unchanged: backoff.foundNothing(job.drifted, at: now)
        case .succeeded: return backoff.repaired(repaired, at: now)
        case .tripped(let why): breaker = (job.source, why)
        default:
            // It is tried again as late as what somebody changes back.
            drifted.formUnion(job.drifted)
            _ = backoff.repaired(job.drifted, at: now)
        }
        return []
    }

    private mutating func look(_ job: SyncJob, _ outcome: SyncOutcome, at now: Date, _ random: Double) {
        switch outcome {
        case .error, .interrupted: lookAt = later(now, base: 1, random)
        case .unchanged:
            settled = job.source
            failure = nil
            (looked, attempts) = (job.source, 0)
        default: (looked, attempts) = (job.source, 0)
        }
    }

    private mutating func fail(_ job: SyncJob, _ why: String) {
        failure = why
        failuresInRow += 1
        guard failuresInRow >= rules.breakerFailures else { return }
        breaker = (job.source, "\(failuresInRow) runs in a row have failed; the last one: \(why)")
    }

    private mutating func again(_ job: SyncJob, at time: Date) {
        drifted.formUnion(job.drifted)
        retryAt = time
    }

    /// Half an hour, in seconds; chance makes it a quarter longer or shorter.
    private static let longestPause = 1800.0

    /// Twice as late each time, until the longest pause is reached.
    private mutating func later(_ now: Date, base: Double, _ random: Double) -> Date {
        let pause = min(Self.longestPause, base * Double(1 << min(attempts, 11)))
        attempts += 1
        return now.addingTimeInterval(pause * (0.75 + random / 2))
    }
}

extension SyncHold {
    /// When what it holds up is tried again; nil where a person or a commit has to come.
    fileprivate func nextTry(after now: Date) -> Date? {
        // That the others are healthy again may be told by nothing that happens to them.
        if case .dependencies = self { return now + 10 }
        return until
    }
}

extension SyncOutcome {
    /// Whether what was in force before still is, and is to be kept so.
    fileprivate var leavesFormer: Bool {
        switch self {
        case .rolledBack, .refused, .limited(.limit): true
        default: false
        }
    }
}

extension PlanSource {
    /// Whether both name the same files: those of one commit below one path.
    func isSameCommit(as other: PlanSource?) -> Bool { commit == other?.commit && path == other?.path }
}
