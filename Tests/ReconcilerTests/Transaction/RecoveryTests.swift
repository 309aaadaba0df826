import KubeClient
import Planning
import Reconciler
import Resources
import Synchronization
import TestSupport
import Testing

@Suite struct RecoveryTests {
    private static let first = Application.configMap("a") + "---\n" + Application.configMap("gone")
    private static let second = Application.configMap("a", colour: "red") + "---\n" + Application.configMap("b")
    private static let third = Application.configMap("a", colour: "blue") + "---\n" + Application.configMap("gone")
    private static let lease = "/apis/coordination.k8s.io/v1/namespaces/default/leases/endstate.shop"

    /// The process's end: nothing arrives any more.
    private struct Killed: Error {}

    private static func application() async throws -> Application {
        var application = Application(rollsBack: true)
        application.guardrails.maximumPercent = 100
        _ = try await application.apply(first)
        return application
    }

    /// Runs, and has the process killed before the given write of members or records, counted from 1.
    /// - Returns: whether it came to that.
    private static func kill(_ application: Application, at number: Int, applying set: String) async -> Bool {
        let writes = Counter()
        let isDead = Mutex(false)
        application.cluster.intercept { request in
            let isWrite =
                request.method != .get && !request.path.contains("dryRun=All") && !request.path.contains("/leases")
            if isWrite, writes.next() == number { isDead.withLock { $0 = true } }
            if isDead.withLock(\.self) { throw Killed() }
            return nil
        }
        _ = try? await application.apply(set)
        application.cluster.intercept { _ in nil }
        // The lease of a process that is gone expires.
        application.cluster.remove(lease)
        return isDead.withLock(\.self)
    }

    private static func contents(_ application: Application) -> [String: String] {
        var found: [String: String] = [:]
        for name in ["a", "b", "gone"] {
            let object = application.cluster.object(Application.path(name))
            found[name] = object?.value[path: "data", "colour"]?.string
        }
        return found
    }

    private static func states(_ application: Application) async throws -> [String] {
        try await application.context().store.list().map { "\($0.number) \($0.revision.state.rawValue)" }
    }

    @Test func `a run killed at any write is resumed by the next run of the same set`() async throws {
        var points = 0
        while true {
            let application = try await Self.application()
            guard await Self.kill(application, at: points + 1, applying: Self.second) else { break }
            points += 1
            let (result, _) = try await application.apply(Self.second)
            #expect(result.outcome == .succeeded, "killed at write \(points)")
            #expect(Self.contents(application) == ["a": "red", "b": "green"], "killed at write \(points)")
            let states = try await Self.states(application)
            #expect(
                states.filter { $0.hasSuffix("deployed") }.count == 1 && !states.contains { $0.hasSuffix("pending") })
            #expect(try await application.context().store.orphans().isEmpty)
        }
        #expect(points >= 6)
    }

    @Test func `a run killed at any write is undone or ended before another set is applied`() async throws {
        var points = 0
        while true {
            let application = try await Self.application()
            guard await Self.kill(application, at: points + 1, applying: Self.second) else { break }
            points += 1
            let (result, _) = try await application.apply(Self.third)
            #expect(result.outcome == .succeeded, "killed at write \(points)")
            #expect(Self.contents(application) == ["a": "blue", "gone": "green"], "killed at write \(points)")
            #expect(try await Self.states(application).first?.hasSuffix("deployed") == true)
        }
        #expect(points >= 6)
    }

    @Test func `a resumed run keeps its number, and what objects were before the first try`() async throws {
        var application = try await Self.application()
        // The record, the change of `a`, then `b`: one after the other, so that it is `b` that is left.
        application.settings.concurrency = 1
        #expect(await Self.kill(application, at: 3, applying: Self.second))
        #expect(try await Self.states(application) == ["2 pending", "1 deployed"])
        application.cluster.intercept { request in
            let isIt = request.method == .patch && request.path.hasPrefix(Application.path("b"))
            return isIt && !request.path.contains("dryRun=All") ? .status(422, "Invalid", "no") : nil
        }
        let (result, _) = try await application.apply(Self.second)
        #expect(result.outcome == .rolledBack, "\(String(describing: result.rollback)) \(result.failures)")
        #expect(result.revision == 2)
        #expect(Self.contents(application) == ["a": "green", "gone": "green"])
    }

    @Test(arguments: [false, true])
    func `a rollback that was killed is ended, and its set is only tried again where a person insists`(
        insists: Bool
    ) async throws {
        var application = try await Self.application()
        // One after the other, so that a is written before b is refused.
        application.settings.concurrency = 1
        let refused = Mutex(false)
        let isDead = Mutex(false)
        application.cluster.intercept { request in
            if isDead.withLock(\.self) { throw Killed() }
            let isWrite = request.method != .get && !request.path.contains("dryRun=All")
            if isWrite, request.path.hasPrefix(Application.path("a")), refused.withLock(\.self) {
                isDead.withLock { $0 = true }
                throw Killed()
            }
            guard isWrite, request.path.hasPrefix(Application.path("b")) else { return nil }
            refused.withLock { $0 = true }
            return .status(422, "Invalid", "no")
        }
        _ = try? await application.apply(Self.second)
        #expect(isDead.withLock { $0 })
        application.cluster.intercept { _ in nil }
        application.cluster.remove(Self.lease)
        if insists {
            var insisting = application
            insisting.settings.retriesFailed = true
            insisting.guardrails.retriesFailed = true
            let (result, _) = try await insisting.apply(Self.second)
            #expect(result.outcome == .succeeded)
            #expect(Self.contents(application) == ["a": "red", "b": "green"])
            return
        }
        let (result, events) = try await application.apply(Self.second)
        #expect(result.outcome == .rolledBack)
        #expect(Self.contents(application) == ["a": "green", "gone": "green"])
        #expect(events.contains { $0.hasPrefix("rollingBack: revision 2: ConfigMap default/b") })
        #expect(try await Self.states(application) == ["2 rolled-back", "1 deployed"])
        await #expect(throws: GuardrailError.self) { try await application.apply(Self.second) }
    }

    @Test func `a record of another cluster is never acted upon`() async throws {
        let application = try await Self.application()
        #expect(await Self.kill(application, at: 3, applying: Self.second))
        application.cluster.change("/api/v1/namespaces/kube-system") { $0["metadata"]?["uid"] = "another-cluster" }
        let before = application.cluster.memberWrites.count
        let error = await #expect(throws: Diagnostic.self) { try await application.apply(Self.third) }
        #expect(error?.code == "foreign-revision")
        #expect(application.cluster.memberWrites.count == before)
    }

    @Test func `an interrupted run is left for the next one to resume`() async throws {
        let application = try await Self.application()
        let (reached, gate) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
        application.cluster.intercept { request in
            guard request.path.hasPrefix(Application.path("b")), !request.path.contains("dryRun"),
                request.method == .patch
            else { return nil }
            reached.continuation.yield()
            for await _ in gate.stream { break }
            return nil
        }
        let run = Task { try await application.apply(Self.second) }
        for await _ in reached.stream { break }
        run.cancel()
        gate.continuation.yield()
        let (result, _) = try await run.value
        #expect(result.outcome == .interrupted)
        #expect(try await application.context().store.list().first?.revision.isInterrupted == true)
        application.cluster.intercept { _ in nil }
        #expect(try await application.apply(Self.second).result.outcome == .succeeded)
        let states = try await Self.states(application)
        #expect(states == ["2 deployed", "1 superseded"])
    }

    @Test func `deleting the application takes a record that was left open along`() async throws {
        let application = try await Self.application()
        #expect(await Self.kill(application, at: 4, applying: Self.second))
        let (result, _) = try await application.transact { try await application.deletionPlan() }
        #expect(result.outcome == .succeeded)
        #expect(Self.contents(application).isEmpty)
        #expect(try await application.context().store.list().isEmpty)
        #expect(application.cluster.object(Application.parent) == nil)
        #expect(application.cluster.object(Self.lease) == nil)
    }

    @Test func `a person can have a run undone that was left open`() async throws {
        let application = try await Self.application()
        #expect(await Self.kill(application, at: 4, applying: Self.second))
        let result = try await RevisionUndo(try application.context(), number: 2) { _ in }.run()
        #expect(result?.outcome == .succeeded)
        #expect(Self.contents(application) == ["a": "green", "gone": "green"])
        #expect(try await RevisionUndo(try application.context(), number: 2) { _ in }.run() == nil)
    }
}
