import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

/// A cluster whose clock jumps at requests, by rule.
@Suite struct `Clock jump` {
    private static let start = Date(timeIntervalSince1970: 1_700_000_000)
    private let clock = SteppedSandboxClock(Date(timeIntervalSince1970: 1_700_000_000))
    private let cluster: SandboxCluster

    init() { cluster = SandboxCluster(clock: clock) }

    private func wait(_ seconds: TimeInterval) {
        cluster.settle(clock, until: clock.now.addingTimeInterval(seconds))
    }

    private func responder(_ rules: FaultRule...) -> FaultyResponder { FaultyResponder(cluster, rules: rules) }

    private static func post(
        _ object: Value, to plural: String, of responder: FaultyResponder
    ) async throws -> KubernetesObject {
        let request = SandboxRequest(
            method: "POST", path: "/api/v1/namespaces/default/\(plural)",
            headers: [("Content-Type", "application/json"), ("User-Agent", "test")], body: object.jsonBytes)
        let response = await responder.respond(to: request)
        #expect(response.status == 201)
        guard case .bytes(let bytes) = response.body else { return KubernetesObject(.null) }
        return KubernetesObject(try Value(json: bytes))
    }

    private func object(_ kind: GroupKind, _ name: String) throws -> KubernetesObject {
        let identity = ObjectIdentity(groupKind: kind, namespace: "default", name: name)
        return try #require(cluster.contents.objects.first { $0.identity == identity })
    }

    /// When objects are created, in seconds from the beginning.
    private static func ages(_ names: [String], by responder: FaultyResponder) async throws -> [TimeInterval] {
        var ages: [TimeInterval] = []
        for name in names {
            var config = Samples.config("ConfigMap", name)
            config["data"] = ["a": "b"]
            let made = try await post(config, to: "configmaps", of: responder)
            #expect(made.metadata["managedFields"]?.array?.first?["time"] == made.metadata["creationTimestamp"])
            ages.append(made.created.timeIntervalSince(start))
        }
        return ages
    }

    @Test func `it begins with the request of a number, and jumps add up`() async throws {
        let path = PathPattern("/api/v1/namespaces/*/configmaps")
        let responder = responder(
            FaultRule(path: path, requests: RequestNumbers(2...2), fault: .clockJump(by: .seconds(90))),
            FaultRule(path: path, requests: RequestNumbers(4...4), fault: .clockJump(by: .seconds(-3600))))
        #expect(try await Self.ages(["a", "b", "c", "d", "e"], by: responder) == [0, 90, 90, -3510, -3510])
        #expect(responder.injections == [1, 1])
    }

    @Test func `it is for the requests that a rule matches`() async throws {
        let responder = responder(
            FaultRule(method: "POST", path: PathPattern("/**/secrets"), fault: .clockJump(by: .seconds(-90))))
        #expect(try await Self.ages(["a"], by: responder) == [0])
        _ = try await Self.post(Samples.config("Secret", "a"), to: "secrets", of: responder)
        #expect(try await Self.ages(["b"], by: responder) == [-90])
    }

    @Test(arguments: [-90, 90, -86_400.5, 1_000_000_000] as [TimeInterval])
    func `what is under way takes as long as without it, and tells the other time`(seconds: TimeInterval) async throws {
        let annotations: [String: Value] = ["endstate.dev/sandbox": "slow=30s"]
        let responder = responder(
            FaultRule(path: PathPattern("/**/configmaps"), fault: .clockJump(by: .seconds(seconds))))
        _ = try await Self.post(Samples.pod("web", annotations: annotations), to: "pods", of: responder)
        wait(10)
        _ = try await Self.ages(["a"], by: responder)
        wait(19)
        #expect(try !object(Kinds.pod, "web").isReadyPod)
        wait(2)
        let ready = try #require(try object(Kinds.pod, "web").condition("Ready"))
        #expect(ready["status"] == "True")
        let time = try #require(ready["lastTransitionTime"]?.instant)
        #expect(abs(time.timeIntervalSince(Self.start) - seconds - 30) <= 1)
        #expect(clock.now == Self.start.addingTimeInterval(31))
        wait(3600)
        #expect(cluster.nextDeadline == nil)
    }

    @Test func `a back-off goes on by elapsed time`() async throws {
        let responder = responder(
            FaultRule(path: PathPattern("/**/configmaps"), fault: .clockJump(by: .seconds(-3600))))
        _ = try await Self.post(Samples.pod("web", image: "endstate.test/crash:1"), to: "pods", of: responder)
        wait(12)
        let restarts = try object(Kinds.pod, "web").restarts
        _ = try await Self.ages(["a"], by: responder)
        wait(60)
        #expect(try object(Kinds.pod, "web").restarts > restarts)
    }

    @Test func `years keep four digits`() async throws {
        let century: TimeInterval = 100 * 366 * 86_400
        let responder = responder(FaultRule(fault: .clockJump(by: .seconds(2 * century))))
        #expect(try await Self.ages(["a", "b"], by: responder) == [century, century])
    }

    @Test(.timeLimit(.minutes(15)))
    func `a watch lasts as long as without it`() async throws {
        let responder = responder(FaultRule(method: "POST", fault: .clockJump(by: .seconds(-3600))))
        let watch = await responder.respond(
            to: SandboxRequest(method: "GET", path: "/api/v1/secrets?watch=true&timeoutSeconds=60"))
        _ = try await Self.ages(["a"], by: responder)
        wait(61)
        guard case .chunks(let chunks) = watch.body else {
            Issue.record("it is no watch")
            return
        }
        var lines = 0
        for await _ in chunks { lines += 1 }
        #expect(lines == 0)
    }
}
