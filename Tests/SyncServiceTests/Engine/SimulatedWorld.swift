import FoundationEssentials
import KubeClient
import Manifests
import Planning
import Reconciler
import Rehearsal
import Resources
import SandboxCluster
import Synchronization

@testable import SyncService

/// A git server whose repositories are what a test says.
final class FakeGit: Sendable {
    private struct State {
        var commits: [String: [(id: String, files: [ManifestFile])]] = [:]
        var isBroken = false
        var count = 0
    }

    private let state = Mutex(State())

    /// A new commit; the repository is named by its URL.
    func commit(_ repository: String, _ files: [String: String]) {
        state.withLock { state in
            state.count += 1
            let number = String(state.count)
            let id = String(repeating: "0", count: 40 - number.count) + number
            state.commits[repository, default: []].append(
                (id, files.map { ManifestFile(path: $0.key, bytes: Array($0.value.utf8)) }))
        }
    }

    func isBroken(_ isBroken: Bool) { state.withLock { $0.isBroken = isBroken } }

    private struct Down: Error {}

    var access: SourceAccess {
        SourceAccess(
            tip: { application in
                let repository = application.settings.source?.repository ?? ""
                let tip = self.state.withLock { $0.isBroken ? nil : $0.commits[repository]?.last }
                guard let tip else { throw Diagnostic(code: "git-network", "\(repository) can't be reached") }
                let path = application.settings.source?.path ?? ""
                return PlanSource(repository: repository, revision: "main", commit: tip.id, path: path)
            },
            read: { application, source in
                let commits = self.state.withLock { $0.commits[application.settings.source?.repository ?? ""] ?? [] }
                let path = source.path.isEmpty ? "" : source.path + "/"
                guard let commit = commits.first(where: { $0.id == source.commit }) else {
                    throw Diagnostic(code: "git-revision", "there is no commit \(source.commit ?? "")")
                }
                return commit.files.filter { $0.path.hasPrefix(path) }
            })
    }
}

/// The way to a cluster that goes wrong as a test says, and that counts what is written.
final class MoodyResponder: SandboxResponder {
    enum Mood: Sendable { case fine, down, unauthorized }

    private let base: any SandboxResponder
    private let state = Mutex<(mood: Mood, writes: [String], reads: Int)>((.fine, [], 0))

    init(_ base: any SandboxResponder) {
        self.base = base
    }

    func be(_ mood: Mood) { state.withLock { $0.mood = mood } }
    /// The requests that have changed something.
    var writes: [String] { state.withLock { $0.writes } }
    /// How many requests there were that read.
    var reads: Int { state.withLock { $0.reads } }

    func respond(to request: SandboxRequest) async -> SandboxResponse {
        let mood = state.withLock { $0.mood }
        switch mood {
        case .down: return SandboxResponse(status: 0, body: .reset)
        case .unauthorized:
            let status: Value = [
                "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Unauthorized", "code": 401,
            ]
            return SandboxResponse(
                status: 401, headers: [("Content-Type", "application/json")], body: .bytes(status.jsonBytes))
        case .fine: break
        }
        let isWrite = request.method != "GET" && !request.path.contains("dryRun")
        state.withLock { state in
            if isWrite { state.writes.append("\(request.method) \(request.path)") } else { state.reads += 1 }
        }
        return await base.respond(to: request)
    }
}

/// A service on an embedded cluster, both by one clock that jumps from event to event.
struct SimulatedWorld: Sendable {
    let time: SteppedSandboxClock
    let cluster: SandboxCluster
    let responder: MoodyResponder
    let git = FakeGit()
    let news = Mutexed<[SyncNews]>([])
    /// How far the wall's clock is off.
    let offset = Mutexed<TimeInterval>(0)

    init() {
        time = SteppedSandboxClock(Date(timeIntervalSince1970: 1_767_225_600))
        cluster = SandboxCluster(clock: time)
        responder = MoodyResponder(cluster)
    }

    var clock: AcceleratedClock { AcceleratedClock(time) }

    func client() -> KubeClient {
        KubeClient(transport: SandboxTransport(responder), clock: clock, random: { 0.5 })
    }

    /// Somebody else's way to the cluster, which always works.
    var person: KubeClient { KubeClient(transport: SandboxTransport(cluster), clock: clock, random: { 0.5 }) }

    /// - Parameter client: A client that asks for a permit before each write.
    func service(
        _ applications: [SyncApplication], election: SyncService.Election? = nil,
        holder: LockHolder = LockHolder(user: "sync", host: "test", pid: 1),
        client: (@Sendable (_ permit: (@Sendable () throws -> Void)?) -> KubeClient)? = nil,
        beforeConnecting: @escaping @Sendable () throws -> Void = {}
    ) -> SyncService {
        let world = SyncWorld(
            source: git.access, clock: clock, now: { time.now + offset.value }, random: { 0.5 }, holder: holder,
            version: "0.0.0", leaseTimes: LeaseTimes(retryPeriod: .seconds(5)), leaseClock: clock, concurrency: 4)
        return SyncService(
            world: world, election: election, applications: applications,
            connect: { _, permit in
                try beforeConnecting()
                var own = client?(permit) ?? self.client()
                own.writePermit = permit
                return SyncCluster(client: own, name: "test", namespace: "default")
            },
            tell: { [news] one in news.change { $0.append(one) } })
    }

    /// Runs the service while the body does.
    func run<Result: Sendable>(
        _ applications: [SyncApplication], beforeConnecting: @escaping @Sendable () throws -> Void = {},
        _ body: @escaping @Sendable (SyncService) async throws -> Result
    ) async throws -> Result {
        let service = service(applications, beforeConnecting: beforeConnecting)
        return try await AcceleratedRun.run(on: cluster, time: time) {
            try await withThrowingTaskGroup(of: Result?.self) { group in
                group.addTask {
                    await service.run()
                    return nil
                }
                group.addTask { try await body(service) }
                while let next = try await group.next() {
                    group.cancelAll()
                    if let next { return next }
                }
                throw CancellationError()
            }
        }
    }

    func sleep(_ seconds: Double) async throws { try await clock.sleep(for: .seconds(seconds)) }

    var ends: [(run: SyncRun, end: SyncEnd)] {
        news.value.compactMap { if case .ended(let run, let end) = $0 { (run, end) } else { nil } }
    }
}

/// A value that several tasks change.
final class Mutexed<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    var value: Value { mutex.withLock { $0 } }
    func change(_ body: (inout Value) -> Void) { mutex.withLock { body(&$0) } }
    func set(_ value: Value) { mutex.withLock { $0 = value } }
}

extension SyncApplication {
    static func test(
        _ name: String, dependsOn: [String] = [], _ change: (inout SyncSettings) -> Void = { _ in }
    ) -> SyncApplication {
        var settings = ApplicationSettings()
        settings.name = name
        settings.namespace = "default"
        settings.source = SourceSettings(repository: "https://git.example.com/\(name).git")
        settings.dependsOn = dependsOn
        change(&settings.sync)
        return SyncApplication(name: name, settings: settings)
    }
}
