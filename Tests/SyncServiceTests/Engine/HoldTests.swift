import KubeClient
import Manifests
import Resources
import Testing

@testable import SyncService

/// What is told of an application that waits, and how often.
struct HoldTests: WorldTests {
    let world = SimulatedWorld()

    private var stoppages: [Stoppage] {
        world.news.value.compactMap { if case .stoppage(_, let stoppage) = $0 { stoppage } else { nil } }
    }

    /// An `endstate.yaml`.
    private func configuration(_ spec: String) -> String {
        "apiVersion: endstate.dev/v1\nkind: Application\nspec: {\(spec)}\n"
    }

    // MARK: Suspension

    @Test func `what is suspended while no process runs shows as suspended`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("shop")]) { _ in try await world.sleep(60) }
        try await world.run([.test("shop") { $0.suspend = true }]) { service in
            try await world.sleep(120)
            let shop = try #require(await service.application("shop"))
            #expect(shop["state"] == "suspended")
            #expect(shop[path: "hold", "reason"] == "suspended")
        }
        #expect(stoppages == [Stoppage(), Stoppage(isSuspended: true)])
    }

    @Test func `what its source suspends shows as suspended`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("shop")]) { service in
            try await world.sleep(60)
            commit("shop", ["a.yaml": settings("1"), "endstate.yaml": configuration("sync: {suspend: true}")])
            try await world.sleep(120)
            #expect(await service.application("shop")?["state"] == "suspended")
            commit("shop", ["a.yaml": settings("2")])
            try await world.sleep(120)
            #expect(await service.application("shop")?["state"] == "synced")
            #expect(try await value() == "2")
        }
        #expect(stoppages == [Stoppage(), Stoppage(isSuspended: true), Stoppage()])
    }

    // MARK: Dependencies that the source names

    @Test func `what its source depends on is waited for, and nothing is read meanwhile`() async throws {
        commit("base", ["web.yaml": web(behaviour: "slow=120s")])
        commit("shop", ["a.yaml": settings("1"), "endstate.yaml": configuration("dependsOn: [base]")])
        try await world.run([.test("base"), .test("shop")]) { service in
            try await world.sleep(100)
            #expect(await service.application("shop")?[path: "hold", "reason"] == "dependencies")
            #expect(try await value() == nil)
            try await world.sleep(160)
            #expect(try await value() == "1")
        }
        let results = world.ends.filter { $0.run.application == "shop" }.map(\.end.result)
        #expect(results == [.limited, .success])
    }

    @Test func `a commit that no longer depends on what is missing is applied`() async throws {
        commit("shop", ["a.yaml": settings("1"), "endstate.yaml": configuration("dependsOn: [nobody]")])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(300)
            #expect(try await value() == nil)
            commit("shop", ["a.yaml": settings("2")])
            try await world.sleep(90)
            #expect(try await value() == "2")
        }
        #expect(results == [.limited, .success])
    }

    @Test func `sources that wait for each other are told of once`() async throws {
        commit("base", ["b.yaml": settings("1", name: "b"), "endstate.yaml": configuration("dependsOn: [shop]")])
        commit("shop", ["a.yaml": settings("1"), "endstate.yaml": configuration("dependsOn: [base]")])
        try await world.run([.test("base"), .test("shop")]) { _ in try await world.sleep(600) }
        let told = world.news.value.compactMap { news -> String? in
            if case .trouble(let diagnostic) = news { diagnostic.code } else { nil }
        }
        #expect(told == ["application-cycle"])
    }

    // MARK: How often it is told

    @Test func `a commit that is refused again and again is told once`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(60)
            commit("shop", ["a.yaml": "kind: [\n"])
            try await world.sleep(3000)
            #expect(try await events("SyncRefused") == 1)
        }
        let refusals = world.ends.map(\.end).filter { $0.result == .refused }
        #expect(refusals.count > 3)
        #expect(refusals.map(\.isRepeated) == [false] + Array(repeating: true, count: refusals.count - 1))
    }

    @Test func `drift of one object after that of another is told`() async throws {
        commit("shop", ["a.yaml": settings("1"), "b.yaml": settings("1", name: "other")])
        try await world.run([.test("shop") { $0.drift = .report }]) { _ in
            try await world.sleep(60)
            for name in ["settings", "other"] {
                try await patch(name, "9")
                try await world.sleep(60)
            }
            #expect(try await events("Drifted") == 2)
        }
    }

    /// How many of our Events have a reason.
    private func events(_ reason: String) async throws -> Int {
        try await world.person.list(.events, namespace: "default").items
            .count { $0.value[path: "source", "component"] == "endstate" && $0.value["reason"]?.string == reason }
    }
}
