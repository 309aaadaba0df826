import Foundation
import KubeClient
import Resources
import SyncService
import Synchronization
import Testing

extension Acceptance {
    /// Two processes of `endstate sync`, of which one leads.
    struct SyncLeaderTests {
        private static let rounds = 20
        private static let members = 10

        @Test(.timeLimit(.minutes(15)))
        func `a leader that is killed in the middle of a run is followed by another, which loses no work`()
            async throws
        {
            try await Cluster.withNamespace { namespace, client in
                let pair = try SyncPair(namespace: namespace, members: Self.members)
                try pair.commit(0)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0...1 { group.addTask { try await pair.keepRunning() } }
                    try await pair.untilDone()
                    for round in 1...Self.rounds {
                        pair.killLeader(atWrite: 1 + round % Self.members)
                        try pair.commit(round)
                        await pair.triggerLeader()
                        try await pair.untilDone()
                        #expect(try await pair.values(client) == pair.declared(round))
                    }
                    group.cancelAll()
                }
                let log = pair.log
                #expect(log.kills == Self.rounds)
                #expect(log.strangers == [], "who does not lead writes")
                #expect(log.handovers.allSatisfy { $0 < 20 })
                let text = log.handovers.map { String(format: "%.1f", $0) }.joined(separator: ", ")
                print(
                    "sync: leader killed \(log.kills) times, \(log.writes) writes; seconds until another led: \(text)")
            }
        }
    }
}

/// Two processes that keep one application, started again whenever they end.
final class SyncPair: Sendable {
    /// What the processes have told, in the order of coming.
    struct Log: Sendable {
        var kills = 0
        var writes = 0
        /// From a kill until another process said that it leads.
        var handovers: [Double] = []
        /// Writes of processes that did not lead.
        var strangers: [String] = []
    }

    private struct State {
        var log = Log()
        /// What they told before may come later.
        var killed: Set<Int> = []
        /// The process that leads.
        var leader: Int?
        var ports: [Int: Int] = [:]
        /// So many writes are left before the leader is killed; nil for never.
        var writesLeft: Int?
        /// The commit with which a process's last run has ended.
        var ended: [Int: String] = [:]
        var killedAt: Date?
        var processes = 0

        /// Counts a write down; at the last one the leader is to be killed.
        mutating func isLastWrite(of process: Int) -> Bool {
            guard leader == process, let writesLeft else { return false }
            self.writesLeft = writesLeft == 1 ? nil : writesLeft - 1
            guard self.writesLeft == nil else { return false }
            log.kills += 1
            killed.insert(process)
            killedAt = Date()
            return true
        }

        /// Whether the process that leads has ended its run of a commit.
        func isDone(_ commit: String) -> Bool {
            guard killedAt == nil, let leader else { return false }
            return ended[leader] == commit
        }
    }

    private let namespace: String
    private let members: Int
    private let workspace: Workspace
    private let state = Mutex(State())
    /// A value for each line that a process has told.
    private let lines: AsyncStream<Void>
    private let told: AsyncStream<Void>.Continuation

    init(namespace: String, members: Int) throws {
        self.namespace = namespace
        self.members = members
        workspace = try Workspace()
        (lines, told) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        try workspace.git("init", "--quiet", "--initial-branch", "main")
    }

    var log: Log { state.withLock { $0.log } }

    /// Declares all members with another value.
    func commit(_ value: Int) throws {
        let objects = declared(value).map { name, value in
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\ndata: {value: \"\(value)\"}\n"
        }
        try workspace.write(objects.joined(separator: "---\n"), to: "all.yaml")
        try workspace.git("add", "all.yaml")
        try workspace.git("commit", "--quiet", "--message", "Value \(value)")
    }

    /// The members' values by name, after a commit.
    func declared(_ value: Int) -> [String: String] {
        Dictionary(uniqueKeysWithValues: (0..<members).map { ("m\($0)", "\(value)") })
    }

    /// Runs one of the two, again and again, until the task is cancelled.
    func keepRunning() async throws {
        while !Task.isCancelled {
            let process = state.withLock { state in
                state.processes += 1
                return state.processes
            }
            let program = try Program(
                [
                    "sync", "--repo", workspace.path, "--revision", "main", "--name", "pair", "--namespace", namespace,
                    "--lease-namespace", namespace, "--listen", "127.0.0.1:0", "--log-format", "json",
                ], in: workspace)
            _ = try? await program.run { line in self.hear(line, process) }
        }
    }

    /// - Returns: The signal that the process gets.
    private func hear(_ line: String, _ process: Int) -> Int32? {
        guard let value = try? Value(json: Array(line.utf8)) else { return nil }
        defer { told.yield() }
        return state.withLock { state in
            if state.killed.contains(process) { return nil }
            if let port = value["port"]?.integer { state.ports[process] = port }
            if value["message"] == "this server leads" {
                state.leader = process
                if let killedAt = state.killedAt { state.log.handovers.append(Date().timeIntervalSince(killedAt)) }
                state.killedAt = nil
            }
            if value["result"] != nil { state.ended[process] = value["commit"]?.string }
            guard value["event"] == "applied" else { return nil }
            state.log.writes += 1
            if state.leader != process { state.log.strangers.append(line) }
            return state.isLastWrite(of: process) ? SIGKILL : nil
        }
    }

    /// Has the leader, which has nothing to do, killed once it has told of so many writes.
    func killLeader(atWrite number: Int) {
        state.withLock { $0.writesLeft = number }
    }

    /// Has the leader look at the repository at once.
    func triggerLeader() async {
        let port = state.withLock { state in state.leader.flatMap { state.ports[$0] } }
        guard let port else { return }
        // Where that fails, the next poll finds the commit.
        try? await SyncClient(address: "http://127.0.0.1:\(port)", token: nil).trigger("pair")
    }

    /// Waits until the process that leads has ended its run of the newest commit.
    func untilDone() async throws {
        let commit = try String(contentsOfFile: workspace.path + "/.git/refs/heads/main", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        for await _ in lines where state.withLock({ $0.isDone(commit) }) { return }
    }

    /// The members' values by name, as the cluster has them.
    func values(_ client: KubeClient) async throws -> [String: String] {
        let found = try await client.list(.configMaps, namespace: namespace).items
            .filter { declared(0).keys.contains($0.name) }
        return Dictionary(
            uniqueKeysWithValues: found.map { ($0.name, $0.value[path: "data", "value"]?.string ?? "") })
    }
}
