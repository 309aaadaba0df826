import FoundationEssentials
import KubeClient
import Manifests
import Reconciler
import Rehearsal
import Resources
import SandboxCluster
import Testing

@testable import SyncService

/// Two servers on machines of their own, of which one leads.
struct LeaderTests {
    private let world = SimulatedWorld()

    /// - Parameter responder: The server's own way to the cluster.
    private func server(_ host: String, _ responder: MoodyResponder) -> SyncService {
        @Sendable func client() -> KubeClient {
            KubeClient(transport: SandboxTransport(responder), clock: world.clock, random: { 0.5 })
        }
        let holder = LockHolder(user: "sync", host: host, pid: 1, processes: .none)
        let election = SyncService.Election(
            client: client(), namespace: "default", name: "endstate-sync", holder: holder, clock: world.clock)
        return world.service([.test("shop") { $0.interval = .seconds(5) }], election: election, holder: holder) {
            permit in
            var client = client()
            client.writePermit = permit
            return client
        }
    }

    private func commit(_ value: Int) {
        let manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {value: \"\(value)\"}\n"
        world.git.commit("https://git.example.com/shop.git", ["a.yaml": manifest])
    }

    private func run(
        _ left: SyncService, _ right: SyncService, _ body: @escaping @Sendable (Task<Void, Never>) async throws -> Void
    ) async throws {
        try await AcceleratedRun.run(on: world.cluster, time: world.time) {
            let leader = Task(executorPreference: Shield.executor) { await left.run() }
            try await world.sleep(30)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await right.run() }
                group.addTask { try await body(leader) }
                try await group.next()
                group.cancelAll()
            }
            leader.cancel()
            await leader.value
        }
    }

    @Test func `a leader that is cut off stops writing, and another leads within 20 seconds`() async throws {
        let (left, right) = (MoodyResponder(world.cluster), MoodyResponder(world.cluster))
        let (first, second) = (server("left", left), server("right", right))
        commit(0)
        try await run(first, second) { _ in
            try await world.sleep(60)
            #expect(first.isLeading)
            #expect(!second.isLeading)
            #expect(right.writes.isEmpty)
            left.be(.down)
            try await world.sleep(20)
            #expect(second.isLeading)
            #expect(!first.isLeading)
            let writes = left.writes.count
            left.be(.fine)
            commit(1)
            try await world.sleep(60)
            #expect(left.writes.count == writes)
            #expect(right.writes.contains { $0.contains("configmaps") })
        }
    }

    @Test func `a leader that ends gives the lead away within 2 seconds`() async throws {
        let (left, right) = (MoodyResponder(world.cluster), MoodyResponder(world.cluster))
        let (first, second) = (server("left", left), server("right", right))
        commit(0)
        try await run(first, second) { leader in
            try await world.sleep(60)
            #expect(first.isLeading)
            leader.cancel()
            await leader.value
            try await world.sleep(2)
            #expect(second.isLeading)
        }
    }
}

extension ProcessTable {
    /// That of a machine which tells nothing.
    fileprivate static let none = ProcessTable(text: { _ in nil }, link: { _ in nil }, exists: { _ in true })
}
