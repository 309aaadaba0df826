package import FoundationEssentials
package import Health
internal import Synchronization

/// What the service counts and measures, as a page for Prometheus.
///
/// Memory is bounded by the number of applications: all other labels have a fixed set of values.
package final class SyncMetrics: Sendable {
    private let page = Mutex(MetricPage())
    private let now: @Sendable () -> Date

    package init(version: String, now: @escaping @Sendable () -> Date = { .now }) {
        self.now = now
        page.withLock { page in
            page.set(.buildInfo, version, to: 1)
            page.set(.leader, to: 0)
            page.set(.queue, "waiting", to: 0)
            page.set(.queue, "running", to: 0)
            page.add(0, to: .auditFailures)
            for result in NotificationResult.allCases { page.add(0, to: .notifications, result.rawValue) }
        }
    }

    /// The page in Prometheus' text format 0.0.4.
    package func render() -> String {
        page.withLock { $0 }.text
    }

    // MARK: - The process

    package func leads(_ isLeader: Bool) {
        page.withLock { $0.set(.leader, to: isLeader ? 1 : 0) }
    }

    package func queued(waiting: Int, running: Int) {
        page.withLock { page in
            page.set(.queue, "waiting", to: Double(waiting))
            page.set(.queue, "running", to: Double(running))
        }
    }

    /// - Parameters:
    ///   - verb: as Kubernetes' audit events name it, in lower case; one that is none of these is counted as `other`.
    ///   - status: of HTTP; nil where no answer came.
    package func requested(verb: String, status: Int?, seconds: Double) {
        let verb = Self.verbs.contains(verb) ? verb : Self.other
        let code = status.map { Self.codes.contains($0) ? String($0) : Self.other } ?? "error"
        page.withLock { page in
            page.add(1, to: .requests, verb, code)
            page.observe(seconds, in: .requestDuration, verb)
        }
    }

    /// - Parameter sender: nil where that was not found out.
    package func received(webhookFrom sender: WebhookSender?, result: WebhookResult) {
        page.withLock { $0.add(1, to: .webhooks, sender?.rawValue ?? Self.other, result.rawValue) }
    }

    package func notified(_ result: NotificationResult) {
        page.withLock { $0.add(1, to: .notifications, result.rawValue) }
    }

    package func auditFailed() {
        page.withLock { $0.add(1, to: .auditFailures) }
    }

    // MARK: - Applications

    /// Shows the application's counters from zero on, so that Prometheus sees the first increase of each.
    package func track(application: String) {
        page.withLock { page in
            for result in SyncEnd.Result.allCases { page.add(0, to: .runs, application, result.rawValue) }
            for result in FetchResult.allCases { page.add(0, to: .fetches, application, result.rawValue) }
            page.add(0, to: .driftFound, application)
            page.add(0, to: .driftRepaired, application)
            page.add(0, to: .suspended, application)
            page.add(0, to: .breaker, application)
        }
    }

    /// Drops all series of all applications.
    package func forgetApplications() {
        page.withLock { $0.forget("application") }
    }

    /// Drops all series of the application; to be called once its last run and fetch have ended, whose results would
    /// make them anew.
    package func forget(application: String) {
        page.withLock { $0.forget("application", application) }
    }

    package func reconciled(application: String, result: SyncEnd.Result, seconds: Double) {
        let time = now().timeIntervalSince1970
        page.withLock { page in
            page.add(1, to: .runs, application, result.rawValue)
            page.observe(seconds, in: .runDuration, application, result.rawValue)
            if result == .success || result == .unchanged { page.set(.lastSuccess, application, to: time) }
        }
    }

    package func drift(application: String, found: Int = 0, repaired: Int = 0) {
        page.withLock { page in
            page.add(found, to: .driftFound, application)
            page.add(repaired, to: .driftRepaired, application)
        }
    }

    package func fetched(application: String, result: FetchResult, seconds: Double) {
        page.withLock { page in
            page.add(1, to: .fetches, application, result.rawValue)
            page.observe(seconds, in: .fetchDuration, application)
        }
    }

    /// - Parameter health: how many objects have which health; what is not named has none.
    package func members(application: String, health: [HealthStatus: Int]) {
        page.withLock { page in
            for status in HealthStatus.allCases {
                page.set(.members, application, Self.label(status), to: Double(health[status] ?? 0))
            }
        }
    }

    package func suspended(application: String, _ isSuspended: Bool) {
        page.withLock { $0.set(.suspended, application, to: isSuspended ? 1 : 0) }
    }

    package func breaker(application: String, isOpen: Bool) {
        page.withLock { $0.set(.breaker, application, to: isOpen ? 1 : 0) }
    }
}
