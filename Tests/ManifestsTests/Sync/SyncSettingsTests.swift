import FoundationEssentials
import Manifests
import Resources
import Testing

@Suite struct SyncSettingsTests {
    private static let header = "apiVersion: endstate.dev/v1\nkind: Application\nmetadata: {name: shop}\nspec:\n"

    private func settings(_ spec: String, file: String = "shop.yaml") throws(ManifestErrors) -> ApplicationSettings {
        try ApplicationSettings(configuration: ManifestFile(path: file, bytes: Array((Self.header + spec).utf8)))
    }

    @Test func `every field is read`() throws {
        let settings = try settings(
            """
              source: {repository: https://git.example.com/team/shop, revision: main, path: deploy}
              dependsOn: [database, queue]
              sync:
                interval: 5s
                drift: report
                suspend: true
                supersede: false
                windows:
                  - {cron: 0 9 * * mon-fri, duration: 168h, timeZone: Europe/Berlin}
                  - {cron: "@daily", duration: 30m}
                limits:
                  deletions: {count: 0, per: 1h}
                  replacements: {count: 1, per: 2h}
                  restarts: {count: 2, per: 3h}
                breaker: {failures: 100, unhealthyPercent: 1, window: 1s}
            """)
        #expect(
            settings.source
                == SourceSettings(
                    repository: "https://git.example.com/team/shop", revision: "main", path: "deploy"))
        #expect(settings.dependsOn == ["database", "queue"])
        var expected = SyncSettings()
        expected.interval = .seconds(5)
        expected.drift = .report
        expected.suspend = true
        expected.supersede = false
        expected.windows = [
            ChangeWindow(
                cron: try CronExpression("0 9 * * mon-fri"), duration: .seconds(168 * 3600),
                timeZone: try zone("Europe/Berlin")),
            ChangeWindow(cron: try CronExpression("@daily"), duration: .seconds(1800)),
        ]
        expected.limits.deletions = SyncSettings.Limit(count: 0, per: .seconds(3600))
        expected.limits.replacements = SyncSettings.Limit(count: 1, per: .seconds(7200))
        expected.limits.restarts = SyncSettings.Limit(count: 2, per: .seconds(10_800))
        expected.breaker.failures = 100
        expected.breaker.unhealthyPercent = 1
        expected.breaker.window = .seconds(1)
        #expect(settings.sync == expected)
        let rules = SyncRules(settings.sync)
        #expect(rules.interval == .seconds(5) && rules.drift == .report && rules.isSuspended && !rules.supersedes)
        #expect(rules.windows == expected.windows && rules.limits == expected.limits)
        #expect(rules.breakerFailures == 100 && rules.breakerUnhealthyPercent == 1)
        #expect(rules.breakerWindow == .seconds(1))
    }

    @Test func `what is not said has a default`() throws {
        let rules = SyncRules(try settings("  sync: {limits: null}").sync)
        #expect(rules == SyncRules())
        #expect(rules.interval == .seconds(60) && rules.drift == .repair && !rules.isSuspended && rules.supersedes)
        #expect(rules.windows.isEmpty && rules.limits == SyncSettings.Limits())
        #expect(rules.breakerFailures == 3 && rules.breakerUnhealthyPercent == nil)
        #expect(rules.breakerWindow == .seconds(300))
    }

    @Test func `the first word counts, and what it lacks comes from another`() throws {
        let first = try settings("  sync: {interval: 10s, limits: {deletions: {count: 1, per: 1h}}}").sync
        let second = try settings(
            """
              sync:
                interval: 20s
                drift: off
                suspend: true
                supersede: false
                windows: [{cron: "@daily", duration: 1h}]
                limits: {deletions: {count: 9, per: 1h}, replacements: {count: 2, per: 1h}, restarts: {count: 3, per: 1h}}
                breaker: {failures: 7, unhealthyPercent: 8, window: 9s}
            """
        ).sync
        var expected = second
        expected.interval = .seconds(10)
        expected.limits.deletions = SyncSettings.Limit(count: 1, per: .seconds(3600))
        #expect(first.completed(by: second) == expected)
        #expect(second.completed(by: first) == second)
        #expect(SyncSettings().completed(by: second) == second)
    }

    @Test(arguments: [
        ("source: {}", "spec.source.repository is missing", 5, 11),
        ("source: shop", "spec.source must be an object, not a string", 5, 11),
        ("source: {repository: ''}", "spec.source.repository is empty", 5, 24),
        ("source: {repository: a, branch: b}", "unknown field spec.source.branch of the Application", 5, 27),
        ("dependsOn: shop", "spec.dependsOn must be a list, not a string", 5, 14),
        ("dependsOn: [a, shop]", "spec.dependsOn[1] is the application itself", 5, 18),
        ("dependsOn: [a, b, a]", "spec.dependsOn[2] names a a second time", 5, 21),
        ("dependsOn: [null]", "spec.dependsOn[0] is missing", 5, 15),
        ("dependsOn: [3]", "spec.dependsOn[0] must be a string, not the integer 3", 5, 15),
        ("sync: {intervall: 1m}", "unknown field spec.sync.intervall of the Application", 5, 10),
        ("sync: {interval: 4s}", "spec.sync.interval must be 5s or longer", 5, 20),
        ("sync: {interval: 0s}", "spec.sync.interval must be longer than 0", 5, 20),
        ("sync: {interval: 1d}", "spec.sync.interval must be a duration, such as 1m30s", 5, 20),
        ("sync: {drift: ignore}", "spec.sync.drift must be repair or report or off", 5, 17),
        ("sync: {suspend: 'no'}", "spec.sync.suspend must be true or false, not a string", 5, 19),
        ("sync: {supersede: 1}", "spec.sync.supersede must be true or false, not the integer 1", 5, 21),
        ("sync: {windows: {}}", "spec.sync.windows must be a list, not an object", 5, 19),
        ("sync: {windows: [always]}", "spec.sync.windows[0] must be an object, not a string", 5, 20),
        ("sync: {windows: [{duration: 1h}]}", "spec.sync.windows[0].cron is missing", 5, 20),
        ("sync: {windows: [{cron: '@daily'}]}", "spec.sync.windows[0].duration is missing", 5, 20),
        (
            "sync: {windows: [{cron: '@daily', duration: 169h}]}",
            "spec.sync.windows[0].duration must be 168h or shorter", 5, 47
        ),
        (
            "sync: {windows: [{cron: '0 25 * * *', duration: 1h}]}",
            "spec.sync.windows[0].cron is no cron expression: hour: \"25\" is not a number from 0 to 23", 5, 27
        ),
        (
            "sync: {windows: [{cron: '0 0 31 2 *', duration: 1h}]}",
            "spec.sync.windows[0].cron names a time that never comes", 5, 27
        ),
        (
            "sync: {windows: [{cron: '@daily', duration: 1h, timeZone: Mars/Olympus}]}",
            "spec.sync.windows[0].timeZone must be UTC or a time zone's name, such as Europe/Berlin, not \"Mars/Olympus\"",
            5, 61
        ),
        (
            "sync: {windows: [{cron: '@daily', duration: 1h, timeZone: GMT+2}]}",
            "spec.sync.windows[0].timeZone must be UTC or a time zone's name, such as Europe/Berlin, not \"GMT+2\"", 5,
            61
        ),
        ("sync: {limits: {deletions: 3}}", "spec.sync.limits.deletions must be an object, not the integer 3", 5, 30),
        ("sync: {limits: {deletions: {count: 3}}}", "spec.sync.limits.deletions.per is missing", 5, 30),
        ("sync: {limits: {restarts: {per: 1h}}}", "spec.sync.limits.restarts.count is missing", 5, 29),
        (
            "sync: {limits: {restarts: {per: 1h, count: -1}}}",
            "spec.sync.limits.restarts.count must be from 0 to 2147483647, not -1", 5, 46
        ),
        ("sync: {limits: {writes: {}}}", "unknown field spec.sync.limits.writes of the Application", 5, 19),
        ("sync: {breaker: {failures: 0}}", "spec.sync.breaker.failures must be from 1 to 100, not 0", 5, 30),
        (
            "sync: {breaker: {unhealthyPercent: 101}}",
            "spec.sync.breaker.unhealthyPercent must be from 1 to 100, not 101", 5, 38
        ),
        ("sync: {breaker: {window: 0s}}", "spec.sync.breaker.window must be longer than 0", 5, 28),
    ])
    func `a wrong value is told with its place`(field: String, message: String, line: Int, column: Int) throws {
        let error = try #require(throws: ManifestErrors.self) { try settings("  \(field)\n") }
        #expect(error.diagnostics.map(\.message) == [message])
        #expect(error.diagnostics.first?.location == SourceLocation(file: "shop.yaml", line: line, column: column))
    }

    @Test func `an application can't say itself where it is read from`() throws {
        let spec = "  dependsOn: [database]\n  sync: {drift: off}\n"
        let set = try read([("endstate.yaml", Self.header + spec)]).set
        #expect(set.application?.dependsOn == ["database"])
        #expect(set.application?.sync.drift == .off)
        let source = Self.header + "  source: {repository: https://git.example.com/shop}\n"
        let expected = """
            error[invalid-setting]: spec.source is refused: an application can't say itself where it is read from
             --> endstate.yaml:5:11
              |
            5 |   source: {repository: https://git.example.com/shop}
              |           ^
            """
        #expect(report(source, file: "endstate.yaml") == expected)
        #expect(throws: ManifestErrors.self) {
            try settings("  source: {repository: https://git.example.com/shop}\n", file: "deploy/endstate.yaml")
        }
    }

    @Test(arguments: [
        "https://me:hunter2@git.example.com/shop", "https://hunter2@git.example.com/shop",
        "ssh://git:hunter2@git.example.com/shop",
    ])
    func `an address with a secret is refused, and no excerpt shows it`(address: String) throws {
        let error = try #require(throws: ManifestErrors.self) {
            try settings("  source: {repository: '\(address)', path: 3}\n")
        }
        #expect(error.diagnostics.map(\.message).first?.hasPrefix("spec.source.repository must have no user") == true)
        #expect(error.diagnostics.count == 2)
        #expect(!error.rendered().contains("hunter2"))
    }
}
