import Foundation
import KubeClient
import Resources
import Subprocess
import Testing

extension Acceptance {
    /// Two processes of the program want the same application at the same time.
    @Suite(.enabled(if: RaceLog.path != nil, "needs the API server's audit log: ENDSTATE_TEST_AUDIT_LOG"))
    struct RaceTests {
        private static let races = 50

        @Test func `two runs that race never interleave, and the one that waits goes on`() async throws {
            let runs = try await Self.race(Self.races, lockTimeout: "120s")
            let waited = runs.filter { run in run.endings.contains { $0.notes.contains("holds the lock") } }
            for run in runs {
                #expect(run.endings.map(\.status) == [0, 0], "\(run.endings.map(\.notes))")
            }
            let log = try await RaceLog.read()
            for run in runs {
                let spans = log.spans(in: run.namespace)
                #expect(spans.count == 2, "\(run.namespace): \(spans)")
                #expect(RaceSpan.problems(spans).isEmpty, "\(run.namespace): \(spans)")
            }
            let writes = runs.flatMap { log.spans(in: $0.namespace) }.reduce(0) { $0 + $1.writes.count }
            print("race: \(runs.count) races, \(waited.count) with one waiting, \(writes) writes, none interleaved")
        }

        @Test func `a run that may not wait is refused and names who holds the lock`() async throws {
            let runs = try await Self.race(10, lockTimeout: "0s")
            let log = try await RaceLog.read()
            for run in runs {
                #expect(run.endings.contains { $0.status == 0 })
                for ending in run.endings where ending.status != 0 {
                    #expect(ending.status == 5)
                    #expect(ending.notes.contains("@"), "\(ending.notes)")
                }
                #expect(RaceSpan.problems(log.spans(in: run.namespace)).isEmpty)
            }
            let refused = runs.count { run in run.endings.contains { $0.status == 5 } }
            #expect(refused > 0)
            print("race: \(runs.count) races without waiting, \(refused) with one refused")
        }

        private struct Race {
            let namespace: String
            let endings: [SweepProgram.Ending]
        }

        /// Five at once, each in a namespace of its own; the two runs want different sets.
        private static func race(_ count: Int, lockTimeout: String) async throws -> [Race] {
            try await withThrowingTaskGroup(of: Race.self) { group in
                var races: [Race] = []
                for number in 0..<count {
                    if number >= 5, let race = try await group.next() { races.append(race) }
                    group.addTask {
                        try await Cluster.withNamespace { namespace, _ in
                            async let left = run("left", in: namespace, lockTimeout)
                            async let right = run("right", in: namespace, lockTimeout)
                            return Race(namespace: namespace, endings: try await [left, right])
                        }
                    }
                }
                for try await race in group { races.append(race) }
                return races
            }
        }

        private static func run(
            _ side: String, in namespace: String, _ lockTimeout: String
        ) async throws -> SweepProgram.Ending {
            let names = ["shared", "\(side)-1", "\(side)-2", "\(side)-3"]
            let workspace = try Workspace([
                "all.yaml": names.map { SweepText.configMap($0, ["side": side]) }.joined(),
                "../\(namespace)-\(side).kubeconfig": try RaceLog.kubeconfig(for: side),
            ])
            let kubeconfig = workspace.path + "/../\(namespace)-\(side).kubeconfig"
            defer { try? FileManager.default.removeItem(atPath: kubeconfig) }
            return try await SweepProgram(name: "endstate", workspace: workspace, kubeconfig: kubeconfig).run([
                "apply", "--yes", "--name", "race", "-n", namespace, "--prune-max-percent", "100", "--lock-timeout",
                lockTimeout,
            ])
        }
    }
}

/// What one side did, as the API server saw it.
struct RaceSpan: CustomStringConvertible {
    struct Request {
        let text: String
        let start: Date
        let end: Date
    }

    let side: String
    /// The requests that have changed the Lease, in order.
    let lock: [Request]
    /// All other requests that changed anything, in order.
    let writes: [Request]

    var description: String {
        let times = (lock.prefix(1) + writes + lock.suffix(1)).map { "\($0.start.timeIntervalSince1970) \($0.text)" }
        return "\(side): \(times)"
    }

    /// What is not in order: each writes only from when it has taken the lock until it gives it back, and so no two at once.
    static func problems(_ spans: [RaceSpan]) -> [String] {
        var problems = spans.flatMap { span -> [String] in
            guard let taken = span.lock.first, let given = span.lock.last, span.lock.count > 1 else {
                return span.writes.isEmpty ? [] : ["\(span.side) writes without the lock"]
            }
            return span.writes.filter { $0.start < taken.end || $0.end > given.start }.map {
                "\(span.side): \($0.text)"
            }
        }
        for (earlier, later) in zip(spans, spans.dropFirst()) {
            guard let end = earlier.lock.last?.start, let start = later.lock.first?.end else { continue }
            if start < end { problems.append("\(later.side) takes the lock before \(earlier.side) gives it back") }
        }
        return problems
    }
}

/// The API server's audit log, in which the sides have different names.
struct RaceLog {
    static let path = Cluster.variables["ENDSTATE_TEST_AUDIT_LOG"]

    private struct Entry {
        let side: String
        let request: RaceSpan.Request
        let isLock: Bool
    }

    private let entries: [String: [Entry]]

    /// The cluster's administrator, acting as a user of the side's name with the same rights.
    static func kubeconfig(for side: String) throws -> String {
        let text = try String(contentsOfFile: Cluster.kubeconfig, encoding: .utf8)
        let user = "\n  user:\n"
        try #require(text.contains(user))
        return text.replacing(user, with: user + "    as: race-\(side)\n    as-groups: [\"system:masters\"]\n")
    }

    /// Reads what the sides have written; the log, of hundreds of megabytes, is searched by a faster program.
    static func read() async throws -> RaceLog {
        let directory = URL(filePath: try #require(path)).deletingLastPathComponent().path
        let pattern = #""verb":"(create|update|patch|delete)".*"username":"race-"#
        let found = try await Subprocess.run(
            .name("grep"),
            // A large log is cut in pieces: audit-TIME.log.
            arguments: ["-rhE", "--include=audit*.log", pattern, directory],
            output: .string(limit: 256 << 20), error: .discarded)
        var entries: [String: [Entry]] = [:]
        for line in found.standardOutput.split(separator: "\n") {
            guard let (namespace, entry) = try change(try Value(json: String(line))) else { continue }
            entries[namespace, default: []].append(entry)
        }
        return RaceLog(entries: entries)
    }

    /// Those who have written anything in the namespace, the first to take the lock first.
    func spans(in namespace: String) -> [RaceSpan] {
        let entries = (entries[namespace] ?? []).sorted { $0.request.start < $1.request.start }
        return Set(entries.map(\.side)).map { side in
            let own = entries.filter { $0.side == side }
            return RaceSpan(
                side: side, lock: own.filter(\.isLock).map(\.request), writes: own.filter { !$0.isLock }.map(\.request))
        }.sorted { ($0.lock.first?.start ?? .distantPast) < ($1.lock.first?.start ?? .distantPast) }
    }

    /// Nil for what has changed nothing.
    private static func change(_ event: Value) throws -> (namespace: String, Entry)? {
        let uri = event["requestURI"]?.string ?? ""
        guard let side = event[path: "impersonatedUser", "username"]?.string, !uri.contains("dryRun=All"),
            let code = event[path: "responseStatus", "code"]?.integer, code < 300,
            let namespace = event[path: "objectRef", "namespace"]?.string
        else { return nil }
        let request = RaceSpan.Request(
            text: "\(event["verb"]?.string ?? "") \(uri)", start: try date(event["requestReceivedTimestamp"]),
            end: try date(event["stageTimestamp"]))
        let isLock = event[path: "objectRef", "resource"] == "leases"
        return (namespace, Entry(side: side, request: request, isLock: isLock))
    }

    /// Times are in microseconds.
    private static func date(_ value: Value?) throws -> Date {
        let text = try #require(value?.string)
        return try Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
