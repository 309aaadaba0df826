import FoundationEssentials
import KubeClient
import Manifests
import Planning
import Reconciler
import Rehearsal
import Resources
import SandboxCluster
import Testing

@testable import SyncService

/// Two servers on machines of their own, of which one leads.
struct LeaderTests: WorldTests {
    let world = SimulatedWorld()

    /// - Parameters:
    ///   - responder: The server's own way to the cluster.
    ///   - interval: How often the source is asked, in seconds.
    private func server(_ host: String, _ responder: MoodyResponder, interval: Int = 5) -> SyncService {
        @Sendable func client() -> KubeClient {
            KubeClient(transport: SandboxTransport(responder), clock: world.clock, random: { 0.5 })
        }
        let holder = LockHolder(user: "sync", host: host, pid: 1, processes: .machine(host))
        let election = SyncService.Election(
            client: client(), namespace: "default", name: "endstate-sync", holder: holder, clock: world.clock)
        return world.service([.test("shop") { $0.interval = .seconds(interval) }], election: election, holder: holder) {
            permit in
            var client = client()
            client.writePermit = permit
            return client
        }
    }

    /// - Parameter behaviour: Of a workload beside; nil for none.
    private func commit(_ value: Int, waitingFor behaviour: String? = nil) {
        let settings = settings("\(value)", name: "a")
        commit("shop", ["a.yaml": settings].merging(behaviour.map { ["web.yaml": web(behaviour: $0)] } ?? [:]) { $1 })
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

    @Test func `what a leader was at when it was cut off is gone on with within 20 seconds`() async throws {
        let (left, right) = (MoodyResponder(world.cluster), MoodyResponder(world.cluster))
        let (first, second) = (server("left", left), server("right", right))
        commit(0)
        try await run(first, second) { _ in
            try await world.sleep(60)
            commit(1, waitingFor: "slow=120s")
            try await world.sleep(30)
            #expect(try await value() == "1")
            let lock = try #require(try await holder(of: "endstate.shop"))
            #expect(lock.hasPrefix("sync@left/1-"))
            left.be(.down)
            try await world.sleep(20)
            #expect(try await holder(of: "endstate.shop")?.hasPrefix("sync@right/1-") == true)
            left.be(.fine)
            try await world.sleep(1200)
            #expect(world.ends.last?.end.result == .success)
            #expect(
                world.ends.last?.run.source.commit == world.ends.first?.run.source.commit.map { $0.dropLast() + "2" })
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

    @Test func `a webhook that reaches another server has the leader ask the source`() async throws {
        let (left, right) = (MoodyResponder(world.cluster), MoodyResponder(world.cluster))
        let (first, second) = (server("left", left, interval: 3600), server("right", right))
        commit(0)
        try await run(first, second) { _ in
            try await world.sleep(60)
            #expect(second.standby?.hasPrefix("another server leads: sync@left/1-") == true)
            #expect(first.standby == nil)
            commit(1)
            try await world.sleep(60)
            #expect(try await value() == "0")
            #expect(await second.poll("shop"))
            try await world.sleep(3)
            #expect(try await value() == "1")
            commit(2)
            #expect(await second.poll(nil))
            try await world.sleep(3)
            #expect(try await value() == "2")
            #expect(right.writes.allSatisfy { $0.contains("/leases/endstate-sync") })
        }
    }

    @Test func `webhooks don't keep a dead leader's lease alive`() async throws {
        let (left, right) = (MoodyResponder(world.cluster), MoodyResponder(world.cluster))
        let (first, second) = (server("left", left), server("right", right))
        commit(0)
        try await run(first, second) { _ in
            try await world.sleep(60)
            left.be(.down)
            for _ in 1...20 {
                #expect(await second.poll("shop"))
                try await world.sleep(1)
            }
            #expect(second.isLeading)
        }
    }

    @Test func `a webhook that can't be passed on is told`() async throws {
        let (left, right) = (MoodyResponder(world.cluster), MoodyResponder(world.cluster))
        let (first, second) = (server("left", left), server("right", right))
        commit(0)
        try await run(first, second) { _ in
            try await world.sleep(60)
            right.be(.down)
            #expect(await !second.poll("shop"))
            #expect(await !second.poll("no name"))
            let told = world.news.value.compactMap { news -> String? in
                if case .trouble(let diagnostic) = news { diagnostic.code } else { nil }
            }
            #expect(told == ["leader-unasked"])
        }
    }

    private func value() async throws -> String? { try await value("a") }

    private func holder(of lease: String) async throws -> String? {
        try await world.person.get(.leases, namespace: "default", name: lease)?
            .value[path: "spec", "holderIdentity"]?.string
    }
}

extension ProcessTable {
    /// That of a machine of its own, on which all processes live.
    fileprivate static func machine(_ name: String) -> ProcessTable {
        let texts = [
            "/proc/sys/kernel/random/boot_id": "boot-\(name)\n", "/proc/self/status": "NSpid:\t1\n",
            "/proc/self/stat": "1 (endstate) S" + String(repeating: " 1", count: 40),
        ]
        return ProcessTable(text: { texts[$0] }, link: { "\($0)" }, exists: { _ in true })
    }
}

extension APIResource {
    fileprivate static let leases = APIResource(
        .init(apiVersion: "coordination.k8s.io/v1", kind: "Lease"), plural: "leases", isNamespaced: true)
}
