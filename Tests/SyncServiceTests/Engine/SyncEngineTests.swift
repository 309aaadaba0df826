import Foundation
import KubeClient
import Manifests
import Reconciler
import Resources
import SandboxCluster
import Testing

@testable import SyncService

struct SyncEngineTests: WorldTests {
    let world = SimulatedWorld()

    @Test func `a commit is applied, and the next one at the next poll`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web()])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(60)
            #expect(try await value() == "1")
            commit("shop", ["a.yaml": settings("2"), "web.yaml": web()])
            try await world.sleep(80)
            #expect(try await value() == "2")
        }
        #expect(results == [.success, .success])
    }

    @Test func `a webhook needs no poll's time`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("shop") { $0.interval = .seconds(3600) }]) { service in
            try await world.sleep(10)
            commit("shop", ["a.yaml": settings("2")])
            #expect(await service.poll(nil))
            try await world.sleep(2)
            #expect(try await value() == "2")
            #expect(await service.poll("nobody") == false)
        }
    }

    @Test func `drift is repaired at once, and told with who did it`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(30)
            let writes = world.responder.writes.count
            for _ in 0..<3 {
                try await patch("settings", "9")
                try await world.sleep(100)
                #expect(try await value() == "1")
            }
            #expect(world.responder.writes.count > writes)
        }
        #expect(results == [.success, .success, .success, .success])
        #expect(world.ends.last?.end.fights.values.first == ["somebody"])
        #expect(world.ends.last?.run.reason == .drift)
    }

    @Test func `what is deleted comes back`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web()])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(30)
            _ = try await world.person.delete(.configMaps, namespace: "default", name: "settings")
            _ = try await world.person.delete(.deployments, namespace: "default", name: "web")
            try await world.sleep(30)
            #expect(try await value() == "1")
            #expect(try await world.person.get(.deployments, namespace: "default", name: "web") != nil)
        }
    }

    @Test func `drift that is to be reported is told once and left alone`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("shop") { $0.drift = .report }]) { service in
            try await world.sleep(30)
            try await patch("settings", "9")
            try await world.sleep(600)
            #expect(try await value() == "9")
            let report = await service.application("shop")
            #expect(report?["state"] == "drifted")
            #expect(report?["drifted"] == ["ConfigMap default/settings"])
        }
        #expect(results == [.success, .drift])
    }

    @Test func `when nothing changes nothing is asked for but watches`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web()])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(300)
            let (writes, reads) = (world.responder.writes, world.responder.reads)
            try await world.sleep(3600)
            #expect(world.responder.writes == writes)
            // The server ends each of the two watches after some minutes.
            #expect(world.responder.reads - reads < 2 * 15)
        }
        #expect(results == [.success])
    }

    @Test func `a bad release goes back, is not tried again, and the next commit is`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web()])
        try await world.run([.test("shop")]) { service in
            try await world.sleep(60)
            commit("shop", ["a.yaml": settings("2"), "web.yaml": web(image: "b", behaviour: "image-missing")])
            try await world.sleep(1800)
            #expect(try await value() == "1")
            #expect(await service.application("shop")?["state"] == "failed")
            #expect(results == [.success, .rolledBack])
            commit("shop", ["a.yaml": settings("3"), "web.yaml": web(image: "c")])
            try await world.sleep(120)
            #expect(try await value() == "3")
            let events = try await world.person.list(.events, namespace: "default").items
                .filter { $0.value[path: "source", "component"] == "endstate" }
                .sorted { $0.name < $1.name }
            #expect(events.compactMap { $0.value["reason"]?.string } == ["Synced", "RolledBack", "Synced"])
            #expect(events.last?.value[path: "involvedObject", "name"] == "endstate.shop")
        }
        #expect(results == [.success, .rolledBack, .success])
    }

    @Test func `what is undone is told with what it was before and is after`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web()])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(60)
            commit("shop", ["a.yaml": settings("2"), "web.yaml": web(image: "b", behaviour: "image-missing")])
            try await world.sleep(1800)
        }
        let writes = world.news.value.compactMap { news -> RunEvent? in
            guard case .event(_, let event) = news, event.object?.name == "settings" else { return nil }
            return [.applied, .restored].contains(event.kind) ? event : nil
        }
        try #require(writes.map(\.kind) == [.applied, .applied, .restored])
        #expect(writes[0].digests?.before == nil)
        #expect(writes[1].digests?.before == writes[0].digests?.after)
        #expect(writes[2].digests?.before == writes[1].digests?.after)
        #expect(writes[2].digests?.after == writes[0].digests?.after)
        #expect(writes[1].digests?.after != writes[0].digests?.after)
    }

    @Test func `a pod that is deleted because it is in the way is accounted for`() async throws {
        @Sendable func database(image: String, behaviour: String = "slow=1s") -> String {
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db}
            spec:
              serviceName: db
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}, annotations: {endstate.dev/sandbox: \(behaviour)}}
                spec: {containers: [{name: db, image: \(image)}]}
            """
        }
        commit("shop", ["db.yaml": database(image: "a")])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(60)
            commit("shop", ["db.yaml": database(image: "b", behaviour: "image-missing")])
            try await world.sleep(1800)
        }
        #expect(results == [.success, .rolledBack])
        let actions = world.news.value.compactMap { news -> AuditEntry.Action? in
            guard case .event(_, let event) = news, event.object?.groupKind.kind == "Pod" else { return nil }
            return AuditEntry.Action(event)
        }
        #expect(actions == [.delete])
    }

    @Test func `a newer commit ends a run that only waits`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web(behaviour: "never-ready")])
        try await world.run([.test("shop") { $0.interval = .seconds(10) }]) { _ in
            try await world.sleep(30)
            #expect(results == [])
            commit("shop", ["a.yaml": settings("2"), "web.yaml": web()])
            try await world.sleep(60)
            #expect(try await value() == "2")
        }
        #expect(results == [.interrupted, .success])
    }

    @Test func `an application waits until what it depends on is healthy, and one that hangs delays no other`()
        async throws
    {
        commit("base", ["web.yaml": web(behaviour: "slow=120s")])
        commit("shop", ["a.yaml": settings("1")])
        commit("tools", ["b.yaml": settings("1", name: "tools")])
        try await world.run([.test("base"), .test("shop", dependsOn: ["base"]), .test("tools")]) { service in
            try await world.sleep(60)
            #expect(try await value("tools") == "1")
            #expect(try await value() == nil)
            #expect(await service.application("shop")?[path: "hold", "reason"] == "dependencies")
            try await world.sleep(200)
            #expect(try await value() == "1")
        }
    }

    @Test func `what is suspended is left alone, and gone on with when the configuration says so`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("shop") { $0.suspend = true }]) { service in
            try await world.sleep(300)
            #expect(try await value() == nil)
            await service.configure([.test("shop")])
            try await world.sleep(30)
            #expect(try await value() == "1")
            await service.configure([])
            try await world.sleep(30)
            #expect(try await value() == "1")
            #expect(await service.application("shop") == nil)
        }
    }

    @Test func `with another source nothing is done before that has been asked`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        var moved = SyncApplication.test("shop")
        moved.settings.source = SyncApplication.test("moved").settings.source
        try await world.run([.test("shop")]) { [moved] service in
            try await world.sleep(60)
            await service.configure([moved])
            try await world.sleep(120)
            #expect(results == [.success])
            #expect(await service.application("shop")?["state"] == "starting")
            #expect(await service.application("shop")?["fetchError"] != nil)
            commit("moved", ["a.yaml": settings("2")])
            try await world.sleep(120)
            #expect(try await value() == "2")
        }
        #expect(results == [.success, .success])
    }

    @Test func `a run that began under another configuration leaves the new one in force`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web(behaviour: "slow=120s")])
        var moved = SyncApplication.test("shop") { $0.interval = .seconds(5) }
        moved.settings.source = SyncApplication.test("moved").settings.source
        try await world.run([.test("shop") { $0.interval = .seconds(3600) }]) { [moved] service in
            try await world.sleep(60)
            await service.configure([moved])
            try await world.sleep(240)
            #expect(results == [.success])
            commit("moved", ["a.yaml": settings("2"), "web.yaml": web(behaviour: "slow=120s")])
            try await world.sleep(30)
            #expect(try await value() == "2")
        }
    }

    @Test func `who has taken a field is told, also where what was before is in another repository`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        commit("moved", ["a.yaml": settings("2")])
        commit("moved", ["a.yaml": settings("2")])
        var moved = SyncApplication.test("shop")
        moved.settings.source = SyncApplication.test("moved").settings.source
        try await world.run([.test("shop") { $0.drift = .off }]) { [moved] service in
            try await world.sleep(60)
            try await patch("settings", "edited")
            await service.configure([moved])
            try await world.sleep(30)
            #expect(results.prefix(2) == [.success, .refused])
            #expect(world.ends[1].end.message.contains("fields that others manage: data.value (somebody)"))
            #expect(!world.ends.contains { $0.end.message.contains("there is no commit") })
            #expect(try await value() == "edited")
        }
    }

    @Test func `an application that waits is not healthy by the same commit at another path`() async throws {
        commit("base", ["one/a.yaml": settings("1"), "two/a.yaml": settings("2")])
        commit("shop", ["b.yaml": settings("1", name: "b")])
        let shop = SyncApplication.test("shop", dependsOn: ["base"])
        var base = SyncApplication.test("base")
        base.settings.source?.path = "one"
        var elsewhere = SyncApplication.test("base", try inJune())
        elsewhere.settings.source?.path = "two"
        try await world.run([base, shop]) { [elsewhere] service in
            try await world.sleep(60)
            await service.configure([elsewhere, shop])
            commit("shop", ["b.yaml": settings("2", name: "b")])
            try await world.sleep(120)
            #expect(try await value("b") == "1")
            #expect(await service.application("shop")?[path: "hold", "reason"] == "dependencies")
        }
    }

    @Test func `a limit holds back what goes beyond it`() async throws {
        commit(
            "shop",
            ["a.yaml": settings("1") + "\n---\n" + settings("1", name: "b") + "\n---\n" + settings("1", name: "c")])
        let application = SyncApplication.test("shop") {
            $0.limits.deletions = .init(count: 1, per: .seconds(3600))
        }
        try await world.run([application]) { service in
            try await world.sleep(60)
            commit("shop", ["a.yaml": settings("1") + "\n---\n" + settings("1", name: "b")])
            try await world.sleep(120)
            #expect(try await value("c") == nil)
            commit("shop", ["a.yaml": settings("1")])
            try await world.sleep(120)
            #expect(try await value("b") == "1")
            #expect(await service.application("shop")?[path: "hold", "reason"] == "limit")
            try await world.sleep(3600)
            #expect(try await value("b") == nil)
        }
    }

    @Test func `applications that a source declares are kept, until it does no more`() async throws {
        let child = """
            apiVersion: endstate.dev/v1
            kind: Application
            metadata: {name: shop}
            spec: {namespace: default, source: {repository: "https://git.example.com/shop.git"}}
            """
        commit("all", ["shop.yaml": child, "a.yaml": settings("1", name: "all")])
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("all")]) { service in
            try await world.sleep(60)
            #expect(try await value() == "1")
            #expect(await service.application("shop")?["parent"] == "all")
            commit("all", ["a.yaml": settings("1", name: "all")])
            try await world.sleep(120)
            #expect(await service.application("shop") == nil)
            #expect(try await value() == "1")
        }
    }

    @Test func `applications of a source that wait for each other are told of once`() async throws {
        func child(_ name: String, dependsOn other: String) -> String {
            """
            apiVersion: endstate.dev/v1
            kind: Application
            metadata: {name: \(name)}
            spec: {namespace: default, dependsOn: [\(other)], source: {repository: "https://git.example.com/\(name).git"}}
            """
        }
        let files = ["shop.yaml": child("shop", dependsOn: "base"), "base.yaml": child("base", dependsOn: "shop")]
        commit("all", files)
        commit("shop", ["a.yaml": settings("1")])
        commit("base", ["b.yaml": settings("1", name: "base")])
        try await world.run([.test("all")]) { _ in
            try await world.sleep(60)
            commit("all", files.merging(["a.yaml": settings("1", name: "all")]) { $1 })
            try await world.sleep(120)
            #expect(try await value() == nil)
            #expect(try await value("all") == "1")
        }
        let told = world.news.value.compactMap { news in
            if case .trouble(let diagnostic) = news { diagnostic.code } else { nil }
        }
        #expect(told == ["application-cycle"])
    }

    @Test func `applications that are declared while nothing may be written are kept once it may`() async throws {
        @Sendable func child(_ name: String) -> String {
            """
            apiVersion: endstate.dev/v1
            kind: Application
            metadata: {name: \(name)}
            spec: {namespace: default, source: {repository: "https://git.example.com/\(name).git"}}
            """
        }
        commit("all", ["a.yaml": settings("1", name: "all"), "shop.yaml": child("shop")])
        commit("shop", ["a.yaml": settings("1")])
        commit("tools", ["b.yaml": settings("1", name: "tools")])
        try await world.run([.test("all")]) { service in
            try await world.sleep(60)
            await service.configure([.test("all") { $0.suspend = true }])
            commit("all", ["a.yaml": settings("1", name: "all"), "tools.yaml": child("tools")])
            try await world.sleep(300)
            #expect(await service.application("tools") == nil)
            #expect(await service.application("shop") != nil)
            await service.configure([.test("all")])
            try await world.sleep(60)
            #expect(try await value("tools") == "1")
            #expect(await service.application("shop") == nil)
        }
    }

    @Test func `a cluster that there is no way to is told of once, and tried again`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        let isMissing = Mutexed(true)
        let connecting: @Sendable () throws -> Void = {
            if isMissing.value { throw Diagnostic(code: "kubeconfig-missing", "there is no kubeconfig") }
        }
        try await world.run([.test("shop")], beforeConnecting: connecting) { service in
            try await world.sleep(300)
            #expect(await service.applications()[path: "refused", "shop"]?.string == "there is no kubeconfig")
            isMissing.set(false)
            try await world.sleep(120)
            #expect(try await value() == "1")
            #expect(await service.applications()["refused"] == nil)
        }
        #expect(world.news.value.count { if case .trouble = $0 { true } else { false } } == 1)
    }

    @Test func `a person who has just pushed a fix gets the fix, not the commit that failed`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web()])
        let rules: @Sendable (inout SyncSettings) -> Void = {
            $0.breaker.failures = 1
            // No poll comes in between.
            $0.interval = .seconds(1000)
        }
        try await world.run([.test("shop", rules)]) { service in
            try await world.sleep(60)
            let good = await service.application("shop")?[path: "applied", "commit"]
            commit("shop", ["a.yaml": settings("2"), "web.yaml": web(image: "b", behaviour: "image-missing")])
            try await world.sleep(1800)
            let stopped = try #require(await service.application("shop"))
            #expect(stopped[path: "hold", "reason"] == "breaker")
            #expect(stopped[path: "applied", "commit"] == good)
            #expect(stopped[path: "observed", "commit"] != good)
            #expect(stopped["drifted"] == nil)
            commit("shop", ["a.yaml": settings("3"), "web.yaml": web(image: "c")])
            #expect(await service.request("shop"))
            try await world.sleep(30)
            #expect(try await value() == "3")
        }
        #expect(results == [.success, .rolledBack, .success])
        #expect(world.ends.map(\.run.reason) == [.start, .commit, .person])
        let reasons = try await world.person.list(.events, namespace: "default").items
            .filter { $0.value[path: "source", "component"] == "endstate" }.compactMap { $0.value["reason"]?.string }
        #expect(Set(reasons) == ["Synced", "SyncStopped"])
    }

    @Test(arguments: [SyncSettings.Drift.repair, .report])
    func `a commit that meets drift finds it repaired, or is refused`(mode: SyncSettings.Drift) async throws {
        commit("shop", ["a.yaml": settings("1"), "b.yaml": settings("1", name: "other")])
        try await world.run([.test("shop")]) { _ in try await world.sleep(60) }
        try await patch("settings", "edited")
        commit("shop", ["a.yaml": settings("1"), "b.yaml": settings("2", name: "other")])
        try await world.run([.test("shop") { $0.drift = mode }]) { _ in
            try await world.sleep(60)
            #expect(try await value() == (mode == .repair ? "1" : "edited"))
            #expect(try await value("other") == (mode == .repair ? "2" : "1"))
        }
        #expect(results == (mode == .repair ? [.success, .success] : [.success, .refused]))
    }

    @Test func `who takes a field back at once again is met by a refusal, not by repair after repair`() async throws {
        commit("shop", ["a.yaml": settings("1"), "b.yaml": settings("1", name: "other")])
        try await world.run([.test("shop")]) { _ in try await world.sleep(60) }
        try await patch("settings", "edited")
        commit("shop", ["a.yaml": settings("1"), "b.yaml": settings("2", name: "other")])
        let writes = world.responder.writes.count
        try await world.run([.test("shop")]) { _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    while true {
                        try await world.sleep(0.5)
                        if try await value() == "1" { try await patch("settings", "edited") }
                    }
                }
                try await world.sleep(600)
                group.cancelAll()
            }
        }
        #expect(results.contains(.success))
        // A repair is a few writes: its record, the object, the lock.
        #expect(world.responder.writes.count - writes < 120)
    }

    // MARK: After another process

    @Test func `outside of windows a new process still tells of health, and of what would change`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web()])
        commit("tools", ["b.yaml": settings("1", name: "tools")])
        try await world.run([.test("shop")]) { _ in try await world.sleep(60) }
        let writes = world.responder.writes.count
        commit("shop", ["a.yaml": settings("2"), "web.yaml": web()])
        try await world.run([.test("shop", try inJune()), .test("tools")]) { service in
            try await world.sleep(60)
            let shop = try #require(await service.application("shop"))
            #expect(shop[path: "hold", "reason"] == "window")
            #expect(shop[path: "health", "current"] == 2)
            #expect(shop[path: "pendingPlan", "changes"]?.array?.count == 1)
            _ = try await world.person.delete(.deployments, namespace: "default", name: "web")
            try await world.sleep(60)
            #expect(await service.application("shop")?[path: "health", "current"] == 1)
        }
        let ours = ["/configmaps/settings", "/deployments", "endstate.shop"]
        #expect(!world.responder.writes.dropFirst(writes).contains { write in ours.contains { write.contains($0) } })
        #expect(try await value() == "1")
    }

    @Test func `outside of windows what is as declared holds up nobody who depends on it`() async throws {
        commit("base", ["a.yaml": settings("1", name: "base")])
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("base")]) { _ in try await world.sleep(60) }
        try await world.run([.test("base", try inJune()), .test("shop", dependsOn: ["base"])]) { _ in
            try await world.sleep(60)
            #expect(try await value() == "1")
        }
    }

    @Test func `what a failing source has declared is kept by a new process, too`() async throws {
        let child = """
            apiVersion: endstate.dev/v1
            kind: Application
            metadata: {name: shop}
            spec: {namespace: default, source: {repository: "https://git.example.com/shop.git"}}
            """
        commit("all", ["shop.yaml": child, "web.yaml": web()])
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("all")]) { _ in try await world.sleep(60) }
        commit("all", ["shop.yaml": child, "web.yaml": web(image: "b", behaviour: "image-missing")])
        commit("shop", ["a.yaml": settings("2")])
        try await world.run([.test("all")]) { service in
            try await world.sleep(60)
            #expect(try await value() == "2")
            #expect(await service.application("shop")?["parent"] == "all")
        }
    }

    @Test func `a run that stopped itself is not gone on with by a new process`() async throws {
        commit("shop", ["a.yaml": settings("1"), "web.yaml": web(), "other.yaml": other(image: "a")])
        let rules: @Sendable (inout SyncSettings) -> Void = { $0.breaker.unhealthyPercent = 50 }
        try await world.run([.test("shop", rules)]) { _ in
            try await world.sleep(60)
            let slow = other(image: "b", behaviour: "slow=600s")
            commit("shop", ["a.yaml": settings("2"), "web.yaml": web(), "other.yaml": slow])
            try await world.sleep(90)
            try await breakWeb()
            try await world.sleep(60)
            #expect(results == [.success, .tripped])
        }
        try await world.run([.test("shop", rules)]) { service in
            try await world.sleep(1800)
            #expect(await service.application("shop")?[path: "hold", "reason"] == "breaker")
            #expect(results == [.success, .tripped, .tripped])
            #expect(await service.request("shop"))
            try await world.sleep(1800)
            #expect(await service.application("shop")?[path: "hold", "reason"] != "breaker")
        }
        #expect(results.dropFirst(3).first != .tripped)
    }

    @Test func `a commit that declares the same as the run that waits does not end it`() async throws {
        commit("shop", ["web.yaml": web(behaviour: "never-ready")])
        try await world.run([.test("shop") { $0.interval = .seconds(10) }]) { _ in
            for _ in 0..<40 {
                commit("shop", ["web.yaml": web(behaviour: "never-ready")])
                try await world.sleep(10)
            }
        }
        #expect(results.first == .rolledBack)
    }
}
