import KubeClient
import Manifests
import Planning
import Reconciler
import Resources
import Testing

@testable import SyncService

/// What is in force while something new may not be applied.
struct FormerTests: WorldTests {
    let world = SimulatedWorld()

    private static let broken = "kind: [\n"

    @Test func `drift is repaired after a rollback, too, and the commit stays the one that failed`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web()])
        try await world.run([.test("shop")]) { service in
            try await world.sleep(60)
            let good = await service.application("shop")?[path: "applied", "commit"]
            commit("shop", ["a.yaml": settings("2"), "web.yaml": web(image: "b", behaviour: "image-missing")])
            try await world.sleep(1800)
            #expect(results == [.success, .rolledBack])
            try await patch("settings", "edited")
            try await world.sleep(10)
            #expect(try await value() == "1")
            let shop = try #require(await service.application("shop"))
            #expect(shop[path: "hold", "reason"] == "failed")
            #expect(shop[path: "applied", "commit"] == good)
            #expect(shop[path: "observed", "commit"] != good)
        }
        #expect(results == [.success, .rolledBack, .success])
        let repair = try #require(world.ends.last)
        #expect(repair.run.reason == .drift)
        #expect(repair.run.source.commit == world.ends.first?.run.source.commit)
        #expect(repair.end.drifted.map(\.name) == ["settings"])
    }

    @Test(arguments: [SyncSettings.Drift.report, .off])
    func `after a rollback drift is left alone where it is not to be repaired`(mode: SyncSettings.Drift) async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web()])
        try await world.run([.test("shop") { $0.drift = mode }]) { _ in
            try await world.sleep(60)
            commit("shop", ["a.yaml": settings("1"), "web.yaml": web(image: "b", behaviour: "image-missing")])
            try await world.sleep(1800)
            let reads = world.responder.reads
            try await patch("settings", "edited")
            try await world.sleep(600)
            #expect(try await value() == "edited")
            #expect(world.responder.reads - reads < 60)
        }
        #expect(results == [.success, .rolledBack])
    }

    @Test func `drift is repaired while a commit waits for a person`() async throws {
        let objects = ["a.yaml": settings("1"), "b.yaml": settings("1", name: "b"), "c.yaml": settings("1", name: "c")]
        commit("shop", objects)
        let rules: @Sendable (inout SyncSettings) -> Void = {
            $0.limits.deletions = SyncSettings.Limit(count: 1, per: .seconds(3600))
        }
        try await world.run([.test("shop", rules)]) { service in
            try await world.sleep(60)
            commit("shop", ["a.yaml": settings("1")])
            try await world.sleep(120)
            #expect(await service.application("shop")?[path: "hold", "reason"] == "limit")
            _ = try await world.person.delete(.configMaps, namespace: "default", name: "b")
            try await world.sleep(30)
            #expect(try await value("b") == "1")
            #expect(await service.application("shop")?[path: "hold", "reason"] == "limit")
            #expect(await service.request("shop"))
            try await world.sleep(30)
            #expect(try await value("b") == nil)
        }
    }

    @Test func `a new process keeps what is in force while the newest commit can't be read`() async throws {
        let child = """
            apiVersion: endstate.dev/v1
            kind: Application
            metadata: {name: shop}
            spec: {namespace: default, source: {repository: "https://git.example.com/shop.git"}}
            """
        commit("all", ["shop.yaml": child, "web.yaml": web(), "b.yaml": settings("1", name: "b")])
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("all")]) { _ in try await world.sleep(60) }
        try await patch("b", "edited")
        commit("all", ["shop.yaml": child, "web.yaml": Self.broken])
        commit("shop", ["a.yaml": settings("2")])
        try await world.run([.test("all")]) { service in
            try await world.sleep(60)
            #expect(try await value() == "2")
            #expect(try await value("b") == "1")
            let all = try #require(await service.application("all"))
            #expect(all[path: "health", "current"] == 2)
            #expect(await service.application("shop")?["parent"] == "all")
            _ = try await world.person.delete(.deployments, namespace: "default", name: "web")
            try await world.sleep(60)
            #expect(try await world.person.get(.deployments, namespace: "default", name: "web") != nil)
        }
    }

    @Test func `a new process tells how an application is that waits for another one`() async throws {
        commit("base", ["web.yaml": web()])
        commit("shop", ["a.yaml": settings("1")])
        let both = [SyncApplication.test("base"), .test("shop", dependsOn: ["base"])]
        try await world.run(both) { _ in try await world.sleep(60) }
        #expect(try await value() == "1")
        try await breakWeb()
        try await world.run([.test("base") { $0.drift = .off }, .test("shop", dependsOn: ["base"])]) { service in
            try await world.sleep(60)
            #expect(await service.application("base")?[path: "health", "current"] != 1)
            let shop = try #require(await service.application("shop"))
            #expect(shop[path: "health", "current"] == 1)
        }
    }

    @Test func `a run that has begun in a window is ended after it, by a new process, too`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web()])
        try await world.run([.test("shop")]) { _ in try await world.sleep(60) }
        commit("shop", ["a.yaml": settings("2"), "web.yaml": web(image: "b", behaviour: "slow=120s")])
        try await world.run([.test("shop")]) { _ in try await world.sleep(60) }
        #expect(results == [.success, .interrupted])
        try await world.run([.test("shop", try inJune())]) { service in
            try await world.sleep(600)
            #expect(results == [.success, .interrupted, .success])
            commit("shop", ["a.yaml": settings("3"), "web.yaml": web(image: "b", behaviour: "slow=120s")])
            try await world.sleep(600)
            #expect(await service.application("shop")?[path: "hold", "reason"] == "window")
            #expect(try await value() == "2")
        }
    }

    // MARK: The breaker

    /// The health of `web` is no matter of the runs here.
    private let brake: @Sendable (inout SyncSettings) -> Void = { $0.breaker.unhealthyPercent = 50 }

    @Test func `a run that stopped itself while it deleted is not gone on with by a new process`() async throws {
        let held = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: held, finalizers: [example.com/hold]}
            """
        commit("shop", ["a.yaml": held, "b.yaml": settings("1", name: "b"), "web.yaml": web()])
        try await world.run([.test("shop", brake)]) { _ in
            try await world.sleep(60)
            commit("shop", ["web.yaml": web()])
            try await world.sleep(60)
            try await breakWeb()
            try await world.sleep(60)
        }
        #expect(results == [.success, .tripped])
        try await world.run([.test("shop", brake)]) { service in
            try await world.sleep(1800)
            #expect(await service.application("shop")?[path: "hold", "reason"] == "breaker")
        }
        #expect(results == [.success, .tripped, .tripped])
    }

    @Test func `what undoes the damage is not stopped because of the damage`() async throws {
        // Without pods of before, the way back takes its time, too.
        let good = other(image: "a", behaviour: "slow=60s", isRecreated: true)
        let bad = other(image: "b", behaviour: "crash", isRecreated: true)
        commit("shop", ["web.yaml": web(), "other.yaml": good])
        try await world.run([.test("shop", brake)]) { _ in
            try await world.sleep(180)
            commit("shop", ["web.yaml": web(), "other.yaml": bad])
            while world.news.value.allSatisfy({
                if case .event(_, let event) = $0 { event.kind != .rollingBack } else { true }
            }) {
                try await world.sleep(1)
            }
            try await breakWeb()
            try await world.sleep(1800)
        }
        #expect(results.prefix(2) == [.success, .rolledBack])
    }
}
