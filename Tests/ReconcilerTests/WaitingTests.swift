import KubeClient
import Planning
import Reconciler
import Resources
import TestSupport
import Testing

@Suite struct WaitingTests {
    private static let claim = "/api/v1/namespaces/default/persistentvolumeclaims/data"
    private static let job = "/apis/batch/v1/namespaces/default/jobs/migrate"

    private static func bind(_ cluster: PlayedCluster) {
        cluster.change(claim) { $0["status"] = ["phase": "Bound"] }
    }

    /// A cluster that does something when the claims are first watched.
    private static func cluster(
        onWatch: @escaping @Sendable (PlayedCluster, Int) -> HTTPResponse?
    ) -> PlayedCluster {
        let cluster = PlayedCluster()
        let watches = Counter()
        cluster.intercept { [weak cluster] request in
            guard let cluster, request.path.contains("watch=") else { return nil }
            return onWatch(cluster, watches.next())
        }
        return cluster
    }

    private static func event(_ type: String, _ object: KubernetesObject?) -> HTTPResponse {
        let event: Value = ["type": .string(type), "object": object?.value ?? [:]]
        return HTTPResponse(status: 200, headers: [:], body: event.jsonBytes + [UInt8(ascii: "\n")])
    }

    @Test func `a watched change makes an object healthy, and its dependents start then`() async throws {
        let cluster = Self.cluster { cluster, number in
            if number == 1 { #expect(cluster.object(Application.path("after")) == nil) }
            Self.bind(cluster)
            return Self.event("MODIFIED", cluster.object(Self.claim))
        }
        let dependsOn = "/namespaces/default/PersistentVolumeClaim/data"
        let (result, events) = try await Application(cluster).apply(
            FailedRunTests.claim + "---\n" + Application.configMap("after", dependsOn: dependsOn))
        #expect(result.outcome == .succeeded)
        #expect(events.contains("healthy PersistentVolumeClaim default/data: "))
        #expect(result.written.map(\.name) == ["data", "after"])
    }

    @Test func `an expired watch lists anew, and goes on`() async throws {
        let cluster = Self.cluster { cluster, number in
            if number == 1 {
                Self.bind(cluster)
                return .status(410, "Expired", "too old resource version")
            }
            return nil
        }
        let (result, _) = try await Application(cluster).apply(FailedRunTests.claim)
        #expect(result.outcome == .succeeded)
    }

    @Test func `a kind that may not be watched fails the step, and says so`() async throws {
        let cluster = Self.cluster { _, _ in .status(403, "Forbidden", "no watch for you") }
        let (result, _) = try await Application(cluster).apply(FailedRunTests.claim)
        #expect(result.outcome == .failed)
        let message = try #require(result.failures.first?.failure.message)
        #expect(message.hasPrefix("its health can't be followed: "))
        #expect(message.contains("no watch for you"))
    }

    @Test func `a Job that its TTL removes has finished`() async throws {
        let cluster = Self.cluster { cluster, _ in
            let job = cluster.object(Self.job)
            cluster.remove(Self.job)
            return Self.event("DELETED", job)
        }
        let (result, _) = try await Application(cluster).apply(Self.running(ttl: true))
        #expect(result.outcome == .succeeded)
    }

    @Test func `an absence that is older than the object says nothing`() async throws {
        let cluster = Self.cluster { cluster, number in
            guard number == 1 else {
                cluster.change(Self.job) { $0["status"] = ["conditions": [["type": "Complete", "status": "True"]]] }
                return Self.event("MODIFIED", cluster.object(Self.job))
            }
            var former = cluster.object(Self.job)
            former?.value["metadata"]?["uid"] = "former"
            return Self.event("DELETED", former)
        }
        let (result, _) = try await Application(cluster).apply(Self.running(ttl: true))
        #expect(result.outcome == .succeeded)
        #expect(cluster.object(Self.job)?.value["status"] != nil)
    }

    @Test func `an object that somebody deletes meanwhile fails the step`() async throws {
        let cluster = Self.cluster { cluster, _ in
            let job = cluster.object(Self.job)
            cluster.remove(Self.job)
            return Self.event("DELETED", job)
        }
        let (result, _) = try await Application(cluster).apply(Self.running(ttl: false))
        #expect(
            result.failures.map(\.failure.message)
                == ["it was deleted by somebody else while its health was waited for"])
    }

    @Test func `without waiting nothing is watched, and dependents follow acceptance`() async throws {
        var application = Application()
        application.settings.waits = false
        let dependsOn = "/namespaces/default/PersistentVolumeClaim/data"
        let (result, events) = try await application.apply(
            FailedRunTests.claim + "---\n" + Application.configMap("after", dependsOn: dependsOn))
        #expect(result.outcome == .succeeded)
        #expect(!events.contains("healthy PersistentVolumeClaim default/data: "))
        #expect(result.written.map(\.name) == ["data", "after"])
    }

    @Test func `an interrupted run finishes what it writes and starts nothing new`() async throws {
        let reached = AsyncStream<Void>.makeStream()
        let cluster = Self.cluster { _, _ in
            reached.continuation.yield()
            return nil
        }
        var application = Application(cluster)
        application.clock = ContinuousClock()
        let plan = try await application.plan(
            FailedRunTests.claim + "---\n"
                + Application.configMap("after", dependsOn: "/namespaces/default/PersistentVolumeClaim/data"))
        let run = Task { [application] in try await application.execute(plan) }
        for await _ in reached.stream { break }
        run.cancel()
        let (result, _) = try await run.value
        #expect(result.outcome == .interrupted)
        #expect(result.written.map(\.name) == ["data"])
        #expect(Set(result.skipped.map(\.object.name)) == ["after", "data"])
        #expect(cluster.object(Application.path("after")) == nil)
    }

    @Test func `an unhealthy dependency outside of the set holds its dependents back`() async throws {
        var application = Application()
        application.settings.objectTimeout = .seconds(30)
        _ = try await application.plan(FailedRunTests.claim)
        application.cluster.put(
            ["apiVersion": "v1", "kind": "PersistentVolumeClaim", "spec": ["storageClassName": "fast"]],
            at: Self.claim, name: "data")
        let (result, _) = try await application.apply(
            Application.configMap("after", dependsOn: "/namespaces/default/PersistentVolumeClaim/data"))
        #expect(result.outcome == .failed)
        #expect(application.cluster.object(Application.path("after")) == nil)
        #expect(result.failures.map(\.object.name) == ["data"])
    }

    private static func running(ttl: Bool) -> String {
        let life = ttl ? "ttlSecondsAfterFinished: 0, " : ""
        return """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: migrate}
            spec: {\(life)template: {spec: {restartPolicy: Never, containers: [{name: main, image: x}]}}}

            """
    }
}
