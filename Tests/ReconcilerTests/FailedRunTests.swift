import KubeClient
import Planning
import Reconciler
import Resources
import TestSupport
import Testing

@Suite struct FailedRunTests {
    /// A cluster that answers to the writes of one object, dry runs aside.
    private static func refusing(_ name: String, _ answer: HTTPResponse) -> PlayedCluster {
        PlayedCluster { request in
            let isIt = request.method == .patch && request.path.hasPrefix(Application.path(name) + "?")
            return isIt && !request.path.contains("dryRun=All") ? answer : nil
        }
    }

    @Test func `a server error on the third write stops the run, and all that was written is told`() async throws {
        let application = Application(Self.refusing("c", .status(500, "InternalError", "etcd has no leader")))
        let (result, _) = try await application.apply(Application.chain("a", "b", "c", "d"))
        #expect(result.outcome == .failed)
        #expect(result.written.map(\.name) == ["a", "b"])
        #expect(result.changedCluster)
        #expect(result.failures.map(\.object.name) == ["c"])
        #expect(result.skipped.map(\.object.name) == ["c", "d"])
        #expect(application.cluster.object(Application.path("d")) == nil)
    }

    @Test func `a write of which nobody knows the outcome counts as a change`() async throws {
        let known = Application()
        _ = try await known.apply(Application.configMap("a"))
        let plan = try await known.plan(Application.configMap("a", colour: "red"))
        let application = Application(
            PlayedCluster { request in
                if request.method == .patch { throw KubeClientError(.timedOut, "no answer") }
                return nil
            })
        let (result, _) = try await application.execute(plan)
        #expect(result.outcome == .failed)
        #expect(result.written.isEmpty)
        #expect(result.changedCluster)
    }

    @Test func `a server that is overloaded without end fails the run`() async throws {
        let application = Application(Self.refusing("a", .status(429, "TooManyRequests", "slow down")))
        let (result, _) = try await application.apply(Application.configMap("a"))
        #expect(result.outcome == .failed)
        #expect(result.failures.map(\.object.name) == ["a"])
        #expect(result.failures[0].failure.message.contains("slow down"), "\(result.failures)")
    }

    @Test func `nothing is deleted where a step has failed`() async throws {
        var application = Application()
        application.guardrails.maximumPercent = 100
        _ = try await application.apply(Application.chain("a", "b"))
        let plan = try await application.plan(Application.configMap("c"))
        #expect(plan.plan.deletions.count == 2)
        let failing = Application(
            PlayedCluster { request in
                request.method == .patch && request.path.hasPrefix(Application.path("c"))
                    ? .status(422, "Invalid", "no") : nil
            })
        let (result, _) = try await failing.execute(plan)
        #expect(result.outcome == .failed)
        #expect(Set(result.skipped.map(\.object.name)) == ["a", "b", "c"])
        #expect(failing.cluster.writes.allSatisfy { !$0.hasPrefix("DELETE") })
    }

    @Test func `a record that can't be closed fails a run that did everything`() async throws {
        let parentWrites = Counter()
        let application = Application(
            PlayedCluster { request in
                guard request.method == .patch, request.path.hasPrefix(Application.parent) else { return nil }
                return parentWrites.next() == 2 ? .status(403, "Forbidden", "no more") : nil
            })
        _ = try await application.apply(
            Application.configMap("a") + "---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n")
        let (result, _) = try await application.apply(Application.configMap("a"))
        #expect(result.deleted.map(\.name) == ["s"])
        #expect(result.outcome == .failed)
        #expect(result.failures.map(\.object.name) == ["endstate.shop"])
        #expect(result.changedCluster)
    }

    @Test func `a parent that can't be written fails the run, and no member is written`() async throws {
        let application = Application(
            PlayedCluster { request in
                request.method == .patch && request.path.hasPrefix(Application.parent)
                    ? .status(403, "Forbidden", "no") : nil
            })
        let plan = try await application.plan(Application.configMap("a"))
        let (result, _) = try await application.execute(plan)
        #expect(result.failures.map(\.object.name) == ["endstate.shop"])
        #expect(application.cluster.memberWrites.isEmpty)
    }

    @Test func `a list that fails while planning is an error, never absence`() async throws {
        let application = Application()
        _ = try await application.apply(Application.chain("a", "b"))
        let broken = Application(
            PlayedCluster { request in
                request.path.contains("/configmaps?") ? .status(500, "InternalError", "etcd is slow") : nil
            })
        await #expect(throws: APIError.self) { try await broken.plan(Application.configMap("a")) }
        #expect(broken.cluster.writes.isEmpty)
    }

    @Test func `a run whose time is over tells what it waited for`() async throws {
        var application = Application()
        application.settings.runTimeout = .seconds(50)
        application.clock = ShortClock(limit: .seconds(60))
        let (result, _) = try await application.apply(Self.claim)
        #expect(result.outcome == .failed)
        #expect(result.failures.map(\.object.name) == ["data"])
        #expect(result.failures[0].failure.message.hasPrefix("the run was not finished after 50s"))
    }

    @Test func `an object that is not healthy in time fails, with what it waits for`() async throws {
        var application = Application()
        application.settings.objectTimeout = .seconds(50)
        let (result, _) = try await application.apply(Self.claim)
        #expect(result.outcome == .failed)
        #expect(result.failures.map(\.failure.phase) == [.timeout])
        #expect(result.skipped.map(\.object.name) == ["data"])
    }

    static let claim = """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}

        """
}
