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

    private struct Server {
        let service: SyncService
        let network: MoodyResponder
        let life: Task<Void, Never>

        func stop() async {
            life.cancel()
            await life.value
        }
    }

    /// - Parameters:
    ///   - responder: The server's own way to the cluster.
    ///   - interval: How often the source is asked, in seconds.
    private func server(_ host: String, _ responder: MoodyResponder, interval: Int) -> SyncService {
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

    /// Runs two servers, the first of which leads and has applied commit 0 when the body begins.
    private func run(
        interval: Int = 5, _ body: @escaping @Sendable (_ leader: Server, _ other: Server) async throws -> Void
    ) async throws {
        commit(0)
        try await AcceleratedRun.run(on: world.cluster, time: world.time) {
            let leader = start("left", interval: interval)
            try await world.sleep(30)
            let other = start("right", interval: interval)
            try await world.sleep(60)
            #expect(leader.service.isLeading && !other.service.isLeading)
            do { try await body(leader, other) } catch { Issue.record(error) }
            await other.stop()
            await leader.stop()
        }
    }

    private func start(_ host: String, interval: Int) -> Server {
        let network = MoodyResponder(world.cluster)
        let service = server(host, network, interval: interval)
        let life = Task(executorPreference: Shield.executor) { await service.run() }
        return Server(service: service, network: network, life: life)
    }

    @Test func `a leader that is cut off stops writing, and another leads within 20 seconds`() async throws {
        try await run { leader, other in
            #expect(other.network.writes.isEmpty)
            leader.network.be(.down)
            try await world.sleep(20)
            #expect(other.service.isLeading)
            #expect(!leader.service.isLeading)
            let writes = leader.network.writes.count
            leader.network.be(.fine)
            commit(1)
            try await world.sleep(60)
            #expect(leader.network.writes.count == writes)
            #expect(other.network.writes.contains { $0.contains("configmaps") })
        }
    }

    @Test func `what a leader was at when it was cut off is gone on with within 20 seconds`() async throws {
        try await run { leader, other in
            commit(1, waitingFor: "slow=120s")
            try await world.sleep(30)
            #expect(try await value() == "1")
            let lock = try #require(try await holder(of: "endstate.shop"))
            #expect(lock.hasPrefix("sync@left/1-"))
            leader.network.be(.down)
            try await world.sleep(20)
            #expect(try await holder(of: "endstate.shop")?.hasPrefix("sync@right/1-") == true)
            leader.network.be(.fine)
            try await world.sleep(1200)
            #expect(world.ends.last?.end.result == .success)
            #expect(
                world.ends.last?.run.source.commit == world.ends.first?.run.source.commit.map { $0.dropLast() + "2" })
        }
    }

    @Test func `a leader that ends gives the lead away within 2 seconds`() async throws {
        try await run { leader, other in
            await leader.stop()
            try await world.sleep(2)
            #expect(other.service.isLeading)
        }
    }

    @Test func `a webhook that reaches another server has the leader ask the source`() async throws {
        try await run(interval: 3600) { leader, other in
            #expect(other.service.standby?.hasPrefix("another server leads: sync@left/1-") == true)
            #expect(leader.service.standby == nil)
            commit(1)
            try await world.sleep(60)
            #expect(try await value() == "0")
            #expect(await other.service.poll("shop"))
            try await world.sleep(3)
            #expect(try await value() == "1")
            commit(2)
            #expect(await other.service.poll(nil))
            try await world.sleep(3)
            #expect(try await value() == "2")
            #expect(other.network.writes.allSatisfy { $0.contains("/leases/endstate-sync") })
        }
    }

    @Test func `webhooks don't keep a dead leader's lease alive`() async throws {
        try await run { leader, other in
            leader.network.be(.down)
            for _ in 1...20 {
                #expect(await other.service.poll("shop"))
                try await world.sleep(1)
            }
            #expect(other.service.isLeading)
        }
    }

    @Test func `a webhook that can't be passed on is told`() async throws {
        try await run { leader, other in
            other.network.be(.down)
            #expect(await !other.service.poll("shop"))
            #expect(await !other.service.poll("no name"))
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
