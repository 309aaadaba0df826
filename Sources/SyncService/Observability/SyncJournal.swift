package import FoundationEssentials
internal import Health
internal import Planning
internal import Reconciler
internal import Resources

/// Tells what happens in the loop to those who keep count: log, metrics, audit log and notifications.
package struct SyncJournal: Sendable {
    private let metrics: SyncMetrics
    private let notifications: NotificationQueue?
    private let log: @Sendable (LogLine) -> Void
    private let now: @Sendable () -> Date
    private let who: String
    private let pid: Int32
    private let entries: AsyncStream<AuditEntry>
    private let audit: AsyncStream<AuditEntry>.Continuation
    private let isAudited: Bool
    private let work = OpenWork()

    /// - Parameters:
    ///   - log: Must return soon.
    ///   - isAudited: Whether `keep(in:)` writes entries somewhere.
    package init(
        metrics: SyncMetrics, notifications: NotificationQueue?, isAudited: Bool, who: String, pid: Int32,
        now: @escaping @Sendable () -> Date, log: @escaping @Sendable (LogLine) -> Void
    ) {
        self.metrics = metrics
        self.notifications = notifications
        self.log = log
        self.now = now
        self.who = who
        self.pid = pid
        self.isAudited = isAudited
        (entries, audit) = AsyncStream.makeStream()
    }

    /// Writes the audit log until `finish()` has been called and all is written.
    package func keep(in file: AuditFile) async {
        for await entry in entries {
            await file.append(entry)
            work.keptEntry()
        }
    }

    /// What has begun and is not ended yet, a phrase each: runs, and lines for the audit log.
    package var openWork: [String] { work.phrases }

    /// Ends the audit log: nothing more is taken for it.
    package func finish() {
        audit.finish()
    }

    /// Returns at once.
    package func take(_ news: SyncNews) {
        switch news {
        case .polled(let name, let result, let seconds, let failure): polled(name, result, seconds, failure)
        case .observed(let name, let source):
            var line = line(.info, "a new commit: \(source.subject ?? "")", name)
            line.details["commit"] = .string(source.commit ?? "")
            log(line)
        case .began(let run):
            work.began(run)
            metrics.track(application: run.application)
            log(line(.debug, "reconciling", run))
        case .planned(let run, let plan): log(line(.info, plan.summary.description, run))
        case .event(let run, let event): tell(run, event)
        case .stopped(let run, let why): log(line(.warning, "the run is stopped: \(why)", run))
        case .ended(let run, let end): tell(run, end)
        case .held(let name, let hold?): log(line(.info, "waiting: \(hold.message)", name))
        case .held(_, .none): break
        case .stoppage(let name, let stoppage): tell(name, stoppage)
        case .health(let name, let health): metrics.members(application: name, health: health)
        case .drifted(let name, let objects):
            metrics.drift(application: name, found: objects.count)
            log(line(.warning, "no longer as declared: \(objects.sorted().told)", name))
        case .removed(let name):
            metrics.forget(application: name)
            log(line(.info, "no longer kept; its objects stay", name))
        case .leading(let isLeading):
            metrics.leads(isLeading)
            // Another server tells of them from here on.
            if !isLeading { metrics.forgetApplications() }
            log(LogLine(.info, isLeading ? "this server leads" : "this server does not lead any more", at: now()))
        case .trouble(let diagnostic): log(LogLine(diagnostic, at: now()))
        }
    }

    private func polled(
        _ name: String, _ result: SyncMetrics.FetchResult, _ seconds: Double, _ failure: String?
    ) {
        metrics.fetched(application: name, result: result, seconds: seconds)
        guard let failure else { return }
        log(line(.error, "the source can't be asked: \(failure)", name))
    }

    private func tell(_ name: String, _ stoppage: Stoppage) {
        metrics.suspended(application: name, stoppage.isSuspended)
        metrics.breaker(application: name, isOpen: stoppage.breaker != nil)
    }

    // MARK: Runs

    private func tell(_ run: SyncRun, _ event: RunEvent) {
        if isAudited, let entry = entry(run, event) {
            work.tookEntry()
            audit.yield(entry)
        }
        let level: LogLine.Level? =
            switch event.kind {
            case .applied, .deleted, .restored, .rollingBack, .recorded, .locked: .info
            case .failed, .warning: .warning
            case .started, .applying, .waiting, .healthy, .deleting, .deletionAccepted, .paused, .finished: nil
            }
        guard let level else { return }
        var line = line(level, event.message.isEmpty ? event.kind.rawValue : event.message, run)
        line.object = event.object
        line.details["event"] = .string(event.kind.rawValue)
        log(line)
    }

    private func entry(_ run: SyncRun, _ event: RunEvent) -> AuditEntry? {
        guard let object = event.object, let action = AuditEntry.Action(event) else { return nil }
        return AuditEntry(
            time: now(), run: run.id, who: who, pid: pid, application: run.application, cluster: run.cluster,
            action: action, object: object, why: run.reason, revision: run.source.commit,
            before: event.digests?.before, after: event.digests?.after)
    }

    private func tell(_ run: SyncRun, _ end: SyncEnd) {
        work.ended(run)
        metrics.reconciled(application: run.application, result: end.result, seconds: end.seconds)
        if end.result == .success, !end.drifted.isEmpty {
            metrics.drift(application: run.application, repaired: end.drifted.count)
        }
        var line = line(end.result.level, end.message.isEmpty ? end.result.told : end.message, run)
        line.details = [
            "result": .string(end.result.rawValue), "reason": .string(run.reason.rawValue),
            "seconds": Value((end.seconds * 1000).rounded() / 1000), "commit": .string(run.source.commit ?? ""),
        ]
        log(line)
        for (object, managers) in end.fights.sorted(by: { $0.key < $1.key }) {
            var line = self.line(.warning, Self.fight(managers), run)
            line.object = object
            log(line)
        }
        if end.isRepeated { return }
        for (kind, message) in end.notifications {
            notifications?.post(
                SyncNotification(
                    kind, application: run.application, cluster: run.cluster, revision: run.source.commit ?? "",
                    subject: run.source.subject ?? "", message: message, objects: end.drifted, run: run.id,
                    time: now()))
        }
    }

    static func fight(_ managers: [String]) -> String {
        let who = managers.isEmpty ? "somebody" : managers.joined(separator: ", ")
        return "\(who) changes it again and again: it is repaired less and less often"
    }

    // MARK: Lines

    private func line(_ level: LogLine.Level, _ message: String, _ application: String) -> LogLine {
        LogLine(level, message, at: now(), application: application)
    }

    private func line(_ level: LogLine.Level, _ message: String, _ run: SyncRun) -> LogLine {
        LogLine(level, message, at: now(), run: run.id, application: run.application)
    }
}

extension SyncEnd {
    /// Who is to be told what.
    fileprivate var notifications: [(SyncNotification.Kind, String)] {
        var kinds: [(SyncNotification.Kind, String)] = []
        switch result {
        case .success where drifted.isEmpty: kinds.append((.success, result.told))
        case .success, .drift: kinds.append((.drift, result == .drift ? "it is left so" : "it was repaired"))
        case .failed, .refused: kinds.append((.failure, message))
        case .rolledBack: kinds.append((.rollback, message))
        case .unchanged, .limited, .error, .interrupted, .tripped: break
        }
        for (object, managers) in fights.sorted(by: { $0.key < $1.key }) {
            kinds.append((.drift, "\(object): \(SyncJournal.fight(managers))"))
        }
        if let breaker { kinds.append((.breaker, breaker)) }
        return kinds
    }
}

extension SyncEnd.Result {
    /// In one word or two, for people.
    var told: String {
        switch self {
        case .unchanged: "all is as declared"
        case .success: "applied"
        case .drift: "not as declared, and left so"
        case .failed: "failed"
        case .rolledBack: "failed, and was rolled back"
        case .refused: "refused"
        case .limited: "held back by a limit"
        case .error: "could not be done"
        case .interrupted: "interrupted"
        case .tripped: "stopped"
        }
    }

    fileprivate var level: LogLine.Level {
        switch self {
        case .unchanged: .debug
        case .success, .interrupted: .info
        case .drift, .limited: .warning
        case .failed, .rolledBack, .refused, .error, .tripped: .error
        }
    }
}

extension AuditEntry.Action {
    /// What a run's event says was done to an object; nil where nothing was.
    init?(_ event: RunEvent) {
        switch event.kind {
        case .applied:
            self =
                switch event.message {
                case "created": .create
                case "replaced": .replace
                case "adopted": .adopt
                default: .update
                }
        case .deletionAccepted: self = .delete
        case .restored: self = .restore
        default: return nil
        }
    }
}
