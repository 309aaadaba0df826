import Foundation
import Health
import Testing

@testable import SyncService

struct SyncMetricsTests {
    /// A page on which every metric has a value, for two applications.
    static let full: SyncMetrics = {
        let metrics = SyncMetrics(version: "1.2.3") { Date(timeIntervalSince1970: 1_800_000_000.25) }
        metrics.leads(true)
        metrics.queued(waiting: 2, running: 1)
        for verb in SyncMetrics.verbs {
            for code in SyncMetrics.codes { metrics.requested(verb: verb, status: code, seconds: 0.02) }
            metrics.requested(verb: verb, status: nil, seconds: 60)
        }
        for sender in WebhookSender.allCases.map(Optional.some) + [nil] {
            for result in SyncMetrics.WebhookResult.allCases { metrics.received(webhookFrom: sender, result: result) }
        }
        SyncMetrics.NotificationResult.allCases.forEach(metrics.notified)
        metrics.auditFailed()
        fill(metrics, application: "shop")
        fill(metrics, application: "a \"b\" \\ c\nd é")
        return metrics
    }()

    private static func fill(_ metrics: SyncMetrics, application: String) {
        metrics.track(application: application)
        for result in SyncEnd.Result.allCases {
            metrics.reconciled(application: application, result: result, seconds: 12.5)
        }
        for result in SyncMetrics.FetchResult.allCases {
            metrics.fetched(application: application, result: result, seconds: 0.3)
        }
        metrics.drift(application: application, found: 3, repaired: 2)
        metrics.members(application: application, health: [.current: 7, .inProgress: 1])
        metrics.suspended(application: application, true)
        metrics.breaker(application: application, isOpen: true)
    }

    @Test func `every metric is on a page that has everything`() {
        let page = Self.full.render()
        for family in MetricFamily.all {
            #expect(page.contains("# TYPE \(family.name) "))
        }
        #expect(Set(MetricFamily.all.map(\.name)).count == MetricFamily.all.count)
    }

    @Test func `every metric and every result is in docs/observability.md`() throws {
        let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
        let docs = try String(contentsOf: root.appending(path: "docs/observability.md"), encoding: .utf8)
        var results = SyncEnd.Result.allCases.map(\.rawValue)
        results += SyncMetrics.FetchResult.allCases.map(\.rawValue)
        results += SyncMetrics.WebhookResult.allCases.map(\.rawValue)
        results += SyncMetrics.NotificationResult.allCases.map(\.rawValue)
        results += HealthStatus.allCases.map(SyncMetrics.label)
        for name in MetricFamily.all.map(\.name) + results {
            #expect(docs.contains("`\(name)`"))
        }
    }

    @Test(.enabled(if: Promtool.path != nil, "needs promtool, of the Debian package prometheus"))
    func `promtool finds nothing to say about a page that has everything`() throws {
        let (status, said) = try Promtool.check(Self.full.render())
        #expect(said.isEmpty)
        #expect(status == 0)
    }

    @Test(.enabled(if: Promtool.path != nil, "needs promtool, of the Debian package prometheus"))
    func `promtool notices what is wrong with a page`() throws {
        let (status, said) = try Promtool.check("# TYPE endstate_runs counter\nendstate_runs 1\n")
        #expect(status != 0)
        #expect(said.contains("endstate_runs"))
    }

    @Test func `a page begins with what the process is, and counters with zero`() {
        let metrics = SyncMetrics(version: "1.2.3") { Date(timeIntervalSince1970: 1_800_000_000.25) }
        metrics.queued(waiting: 1, running: 0)
        metrics.requested(verb: "patch", status: 200, seconds: 0.005)
        metrics.requested(verb: "patch", status: 200, seconds: 0.75)
        metrics.requested(verb: "patch", status: nil, seconds: 100)
        #expect(metrics.render() == Self.smallPage)
    }

    private static let smallPage = """
        # HELP endstate_build_info The program's version; always 1.
        # TYPE endstate_build_info gauge
        endstate_build_info{version="1.2.3"} 1
        # HELP endstate_leader Whether this process is the one that reconciles (1) or waits (0).
        # TYPE endstate_leader gauge
        endstate_leader 0
        # HELP endstate_queue_runs Reading and planning that waits for its turn, and runs under way.
        # TYPE endstate_queue_runs gauge
        endstate_queue_runs{state="running"} 0
        endstate_queue_runs{state="waiting"} 1
        # HELP endstate_api_requests_total Requests to the API server, by verb and status code; the code is error where \
        no answer came.
        # TYPE endstate_api_requests_total counter
        endstate_api_requests_total{verb="patch",code="200"} 2
        endstate_api_requests_total{verb="patch",code="error"} 1
        # HELP endstate_api_request_duration_seconds How long requests to the API server took.
        # TYPE endstate_api_request_duration_seconds histogram
        endstate_api_request_duration_seconds_bucket{verb="patch",le="0.005"} 1
        endstate_api_request_duration_seconds_bucket{verb="patch",le="0.01"} 1
        endstate_api_request_duration_seconds_bucket{verb="patch",le="0.025"} 1
        endstate_api_request_duration_seconds_bucket{verb="patch",le="0.05"} 1
        endstate_api_request_duration_seconds_bucket{verb="patch",le="0.1"} 1
        endstate_api_request_duration_seconds_bucket{verb="patch",le="0.25"} 1
        endstate_api_request_duration_seconds_bucket{verb="patch",le="0.5"} 1
        endstate_api_request_duration_seconds_bucket{verb="patch",le="1"} 2
        endstate_api_request_duration_seconds_bucket{verb="patch",le="2.5"} 2
        endstate_api_request_duration_seconds_bucket{verb="patch",le="5"} 2
        endstate_api_request_duration_seconds_bucket{verb="patch",le="10"} 2
        endstate_api_request_duration_seconds_bucket{verb="patch",le="30"} 2
        endstate_api_request_duration_seconds_bucket{verb="patch",le="60"} 2
        endstate_api_request_duration_seconds_bucket{verb="patch",le="+Inf"} 3
        endstate_api_request_duration_seconds_sum{verb="patch"} 100.755
        endstate_api_request_duration_seconds_count{verb="patch"} 3
        # HELP endstate_notifications_total Notifications, by what became of them.
        # TYPE endstate_notifications_total counter
        endstate_notifications_total{result="delivered"} 0
        endstate_notifications_total{result="dropped"} 0
        endstate_notifications_total{result="failed"} 0
        endstate_notifications_total{result="repeated"} 0
        # HELP endstate_audit_write_failures_total Lines that could not be written to the audit file.
        # TYPE endstate_audit_write_failures_total counter
        endstate_audit_write_failures_total 0

        """

    @Test func `what is forgotten leaves nothing behind, and others stay`() {
        let metrics = SyncMetrics(version: "1") { Date(timeIntervalSince1970: 0) }
        Self.fill(metrics, application: "blog")
        let before = metrics.render()
        Self.fill(metrics, application: "shop")
        #expect(metrics.render().contains("application=\"shop\""))
        metrics.forget(application: "shop")
        #expect(metrics.render() == before)
    }

    @Test(arguments: [
        ("get", 200, "verb=\"get\",code=\"200\""), ("get", 299, "verb=\"get\",code=\"other\""),
        ("PROPFIND", 404, "verb=\"other\",code=\"404\""), ("patch", nil, "verb=\"patch\",code=\"error\""),
    ])
    func `unknown verbs and codes are one`(verb: String, status: Int?, labels: String) {
        let metrics = SyncMetrics(version: "1")
        metrics.requested(verb: verb, status: status, seconds: 1)
        #expect(metrics.render().contains("endstate_api_requests_total{\(labels)} 1\n"))
    }

    @Test(arguments: SyncEnd.Result.allCases)
    func `only a run that ends well moves the time of the last success`(result: SyncEnd.Result) {
        let metrics = SyncMetrics(version: "1") { Date(timeIntervalSince1970: 1_800_000_000.25) }
        metrics.reconciled(application: "shop", result: result, seconds: 1)
        let line = "endstate_reconcile_last_success_timestamp_seconds{application=\"shop\"} 1800000000.25\n"
        #expect(metrics.render().contains(line) == [.success, .unchanged].contains(result))
    }
}

struct MetricTextTests {
    @Test(arguments: [
        (0, "0"), (-3, "-3"), (1.5, "1.5"), (1e-7, "1e-07"), (1e300, "1e+300"), (.infinity, "+Inf"),
        (-.infinity, "-Inf"),
        (.nan, "NaN"), (1_800_000_000, "1800000000"),
    ])
    func `numbers are as Go reads them`(value: Double, text: String) {
        #expect(MetricText.number(value) == text)
    }

    @Test(arguments: [
        ("plain", "plain", "plain"), ("a\\b", "a\\\\b", "a\\\\b"), ("a\nb\r\nc", "a\\nb\r\\nc", "a\\nb\r\\nc"),
        ("say \"hi\"", "say \"hi\"", "say \\\"hi\\\""),
    ])
    func `line feeds and backslashes are escaped, in values quotes too`(text: String, help: String, value: String) {
        #expect(MetricText.escapedHelp(text) == help)
        #expect(MetricText.escapedValue(text) == value)
    }
}

/// Prometheus' own check of a page.
enum Promtool {
    static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/promtool" }.first(where: FileManager.default.isExecutableFile)

    static func check(_ page: String) throws -> (status: Int32, output: String) {
        let scratch = try Scratch()
        try page.write(toFile: scratch.path("page"), atomically: false, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "cd \"$0\" && \"$1\" check metrics < page > said 2>&1", scratch.directory, path ?? "",
        ]
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOfFile: scratch.path("said"), encoding: .utf8))
    }
}
