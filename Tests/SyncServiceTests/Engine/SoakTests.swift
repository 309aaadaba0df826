import FoundationEssentials
import KubeClient
import Manifests
import Resources
import SandboxCluster
import TestSupport
import Testing

@testable import SyncService

/// A week of a service's life in simulated time: commits, drift, outages of every kind, and nothing in between.
struct SoakTests {
    private let world = SimulatedWorld()
    private static let names = ["base", "shop", "tools"]

    /// What happens in an hour.
    private enum Incident: CaseIterable {
        case nothing, commit, edit, deletion, restart, expiredWatches, brokenGit, expiredCredentials, jump
    }

    private static func manifests(_ name: String, _ value: Int) -> [String: String] {
        [
            "all.yaml": """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: \(name)}
            data: {value: "\(value)"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: \(name)}
            spec:
              replicas: 1
              selector: {matchLabels: {app: \(name)}}
              template:
                metadata: {labels: {app: \(name)}}
                spec: {containers: [{name: a, image: nginx, env: [{name: V, value: "\(value)"}]}]}
            """
        ]
    }

    private func commit(_ name: String, _ value: Int) {
        world.git.commit("https://git.example.com/\(name).git", Self.manifests(name, value))
    }

    /// - Returns: Whether the incident is one that has to be answered by writing.
    private func happen(_ incident: Incident, to name: String, hour: Int) async throws -> Bool {
        switch incident {
        case .nothing: return false
        case .commit:
            commit(name, hour)
            return true
        case .edit:
            _ = try await world.person.patch(
                .configMaps, namespace: "default", name: name, .merge(["data": ["value": "edited"]]),
                fieldManager: "somebody")
            return true
        case .deletion:
            _ = try await world.person.delete(.deployments, namespace: "default", name: name)
            return true
        case .restart: try await during(.down, seconds: 600)
        case .expiredCredentials: try await during(.unauthorized, seconds: 900)
        case .expiredWatches: world.cluster.forgetChanges()
        case .brokenGit:
            world.git.isBroken(true)
            try await world.sleep(1200)
            world.git.isBroken(false)
        case .jump: world.offset.change { $0 = $0 == 0 ? 5400 : 0 }
        }
        return false
    }

    private func during(_ mood: MoodyResponder.Mood, seconds: Double) async throws {
        world.responder.be(mood)
        try await world.sleep(seconds)
        world.responder.be(.fine)
    }

    private func value(of name: String) async throws -> String? {
        try await world.person.get(.configMaps, namespace: "default", name: name)?.value[path: "data", "value"]?
            .string
    }

    private static var residentMegabytes: Int {
        let status =
            (try? Data(contentsOf: URL(filePath: "/proc/self/statm"))).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let pages = status.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return (pages * 4096) >> 20
    }

    @Test func `in a week no change is missed, and nothing is written that need not be`() async throws {
        var settings: (inout SyncSettings) -> Void { { $0.interval = .seconds(120) } }
        for name in Self.names { commit(name, 0) }
        let applications: [SyncApplication] = [
            .test("base", settings), .test("shop", dependsOn: ["base"], settings), .test("tools", settings),
        ]
        let figures = try await world.run(applications) { _ in
            try await world.sleep(600)
            var random = SplitMix64(seed: 6)
            var expected = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, 0) })
            var figures = Figures()
            for hour in 1...168 {
                let incident = Incident.allCases.randomElement(using: &random) ?? .nothing
                let name = Self.names.randomElement(using: &random) ?? "shop"
                let before = world.responder.writes.count
                let isAnswered = try await happen(incident, to: name, hour: hour)
                if case .commit = incident { expected[name] = hour }
                try await world.sleep(1200)
                for (name, hour) in expected {
                    #expect(try await value(of: name) == String(hour), "\(incident) in hour \(hour)")
                    let workload = try await world.person.get(.deployments, namespace: "default", name: name)
                    #expect(workload != nil, "\(incident) in hour \(hour)")
                }
                let written = world.responder.writes.count - before
                #expect(
                    (written > 0) == isAnswered,
                    "\(incident) in hour \(hour): \(world.responder.writes.suffix(written))")
                let quiet = world.responder.writes.count
                try await world.sleep(1200)
                #expect(world.responder.writes.count == quiet, "\(incident) in hour \(hour)")
                figures.note(incident: "\(incident)", written: written)
                if hour == 24 { figures.firstDay = Self.residentMegabytes }
            }
            figures.lastDay = Self.residentMegabytes
            return figures
        }
        print(figures.text(reads: world.responder.reads, runs: world.ends.count))
        // The cluster is in this process, too, and the test remembers all requests.
        #expect(figures.lastDay - figures.firstDay < 32)
    }

    private struct Figures: Sendable {
        var incidents: [String: Int] = [:]
        var writes = 0
        var firstDay = 0
        var lastDay = 0

        mutating func note(incident: String, written: Int) {
            incidents[incident, default: 0] += 1
            writes += written
        }

        func text(reads: Int, runs: Int) -> String {
            let told = incidents.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
            return "soak: 168 h with \(told); \(runs) runs, \(writes) writes, \(reads) reads and watches; "
                + "resident \(firstDay) MB after a day, \(lastDay) MB after a week"
        }
    }
}
