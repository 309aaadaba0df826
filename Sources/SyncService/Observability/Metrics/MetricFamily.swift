/// A metric of the service by its name, with the labels that tell its series apart.
struct MetricFamily: Sendable {
    enum Kind: Hashable, Sendable {
        case counter
        case gauge
        /// The upper bounds of its buckets, in ascending order and without infinity.
        case histogram(bounds: [Double])
    }

    let name: String
    let kind: Kind
    let labels: [String]
    let help: String

    private init(_ kind: Kind, _ name: String, _ labels: [String], _ help: String) {
        self.name = "endstate_" + name
        self.kind = kind
        self.labels = labels
        self.help = help
    }
}

extension MetricFamily {
    /// In the order of the page.
    static let all = [
        buildInfo, leader, suspended, breaker, runs, runDuration, lastSuccess, driftFound, driftRepaired, queue,
        fetches, fetchDuration, requests, requestDuration, members, webhooks, notifications, auditFailures,
    ]

    static let buildInfo = MetricFamily(.gauge, "build_info", ["version"], "The program's version; always 1.")
    static let leader = MetricFamily(
        .gauge, "leader", "Whether this process is the one that reconciles (1) or waits (0).")
    static let suspended = MetricFamily(
        .gauge, "application_suspended", ["application"], "Whether the application is suspended (1) or not (0).")
    static let breaker = MetricFamily(
        .gauge, "application_breaker_open", ["application"],
        "Whether the application's circuit breaker holds back further runs (1) or not (0).")

    static let runs = MetricFamily(
        .counter, "reconcile_runs_total", ["application", "result"], "Runs that have ended, by result.")
    static let runDuration = MetricFamily(
        .histogram(bounds: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800]),
        "reconcile_run_duration_seconds", ["application", "result"], "How long runs took, by result.")
    static let lastSuccess = MetricFamily(
        .gauge, "reconcile_last_success_timestamp_seconds", ["application"],
        "When the last run ended that succeeded or found nothing to do, in seconds since 1970.")
    static let driftFound = MetricFamily(
        .counter, "drift_objects_found_total", ["application"],
        "Objects that were found to differ from their manifests.")
    static let driftRepaired = MetricFamily(
        .counter, "drift_objects_repaired_total", ["application"], "Objects with drift that were brought back.")

    static let queue = MetricFamily(
        .gauge, "queue_runs", ["state"], "Reading and planning that waits for its turn, and runs under way.")

    static let fetches = MetricFamily(
        .counter, "git_fetches_total", ["application", "result"], "Fetches from git repositories, by result.")
    static let fetchDuration = MetricFamily(
        .histogram(bounds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]),
        "git_fetch_duration_seconds", ["application"], "How long fetches from git repositories took.")
    static let requests = MetricFamily(
        .counter, "api_requests_total", ["verb", "code"],
        "Requests to the API server, by verb and status code; the code is error where no answer came.")
    static let requestDuration = MetricFamily(
        .histogram(bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]),
        "api_request_duration_seconds", ["verb"], "How long requests to the API server took.")

    static let members = MetricFamily(
        .gauge, "application_members", ["application", "health"], "The application's objects, by health.")
    static let webhooks = MetricFamily(
        .counter, "webhook_deliveries_total", ["sender", "result"],
        "Webhook deliveries that came in, by sender and result.")
    static let notifications = MetricFamily(
        .counter, "notifications_total", ["result"], "Notifications, by what became of them.")
    static let auditFailures = MetricFamily(
        .counter, "audit_write_failures_total", "Lines that could not be written to the audit file.")

    private init(_ kind: Kind, _ name: String, _ help: String) {
        self.init(kind, name, [], help)
    }
}
