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

        @Test func `a leader that is killed in the middle of a run is followed by another, which loses no work`()
            async throws
        {
            try await Cluster.withNamespace { namespace, client in
                let pair = try SyncPair(namespace: namespace, members: Self.members)
                try pair.commit(0)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for slot in 0...1 { group.addTask { try await pair.keepRunning(slot) } }
                    try await pair.until(client, 0)
                    for round in 1...Self.rounds {
                        pair.killLeader(atWrite: 1 + round % Self.members, of: round)
                        try pair.commit(round)
                        await pair.triggerLeader()
                        try await pair.until(client, round)
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
        /// The process that leads.
        var leader: Int?
        var ports: [Int: Int] = [:]
        /// The value of which so many writes are left before the leader is killed; nil for never.
        var target: (value: Int, writesLeft: Int)?
        /// The newest value that the source was found to declare, by process.
        var observed: [Int: String] = [:]
        var killedAt: Date?
        var processes = 0

        /// Counts a write down; at the last one the leader is to be killed.
        mutating func isLastWrite(of process: Int) -> Bool {
            guard let target, leader == process,
                observed[process] == SyncPair.newCommit + SyncPair.subject(target.value)
            else {
                return false
            }
            guard target.writesLeft == 1 else {
                self.target?.writesLeft -= 1
                return false
            }
            self.target = nil
            log.kills += 1
            killedAt = Date()
            return true
        }
    }

    /// What a process says before the subject of a commit that it has not seen.
    private static let newCommit = "a new commit: "

    private static func subject(_ value: Int) -> String { "Value \(value)" }

    private let namespace: String
    private let members: Int
    private let workspace: Workspace
    private let state = Mutex(State())

    init(namespace: String, members: Int) throws {
        self.namespace = namespace
        self.members = members
        workspace = try Workspace()
        try workspace.git("init", "--quiet", "--initial-branch", "main")
    }

    var log: Log { state.withLock { $0.log } }

    /// Declares all members with another value.
    func commit(_ value: Int) throws {
        let objects = (0..<members).map { number in
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m\(number)}\ndata: {value: \"\(value)\"}\n"
        }
        try workspace.write(objects.joined(separator: "---\n"), to: "all.yaml")
        try workspace.git("add", "all.yaml")
        try workspace.git("commit", "--quiet", "--message", Self.subject(value))
    }

    /// Runs one of the two, again and again, until the task is cancelled.
    func keepRunning(_ slot: Int) async throws {
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
        return state.withLock { state in
            if let port = value["port"]?.integer { state.ports[process] = port }
            if value["message"] == "this server leads" {
                state.leader = process
                if let killedAt = state.killedAt { state.log.handovers.append(Date().timeIntervalSince(killedAt)) }
                state.killedAt = nil
            }
            if let message = value["message"]?.string, message.hasPrefix(Self.newCommit) {
                state.observed[process] = message
            }
            guard value["event"] == "applied" else { return nil }
            state.log.writes += 1
            if state.leader != process { state.log.strangers.append(line) }
            return state.isLastWrite(of: process) ? SIGKILL : nil
        }
    }

    /// Has the leader killed once it has told of so many writes of a value, which nobody has committed yet.
    func killLeader(atWrite number: Int, of value: Int) {
        state.withLock { $0.target = (value, number) }
    }

    /// Has the leader look at the repository at once.
    func triggerLeader() async {
        let port = state.withLock { state in state.leader.flatMap { state.ports[$0] } }
        guard let port else { return }
        // Where that fails, the next poll finds the commit.
        try? await SyncClient(address: "http://127.0.0.1:\(port)", token: nil).trigger("pair")
    }

    /// Waits until all members have the value.
    func until(_ client: KubeClient, _ value: Int) async throws {
        let expected = Set((0..<members).map { "m\($0)=\(value)" })
        var found: Set<String> = []
        for try await event in client.feed(.configMaps, namespace: namespace) {
            switch event {
            case .listed(let objects): found = Set(objects.map(Self.text))
            case .changed(let object):
                found = found.filter { !$0.hasPrefix(object.name + "=") }
                found.insert(Self.text(object))
            case .deleted(let object): found.remove(Self.text(object))
            }
            if found.isSuperset(of: expected) { return }
        }
    }

    private static func text(_ object: KubernetesObject) -> String {
        "\(object.name)=\(object.value[path: "data", "value"]?.string ?? "")"
    }
}
