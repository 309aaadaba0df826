import Commands
import Foundation
import Resources
import Synchronization
import TestSupport
import Testing

/// What `status` tells beyond health: the revision, drift, what is gone; and how it is watched.
@Suite struct StatusTests {
    @Test func `it names the revision in force`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        #expect(
            await scene.endstate("status").output == """
                revision 3, 0s ago, by ann@desk

                OBJECT                      HEALTH   DRIFT  AGE  REASON
                ConfigMap default/settings  healthy         60s

                1 of 1 healthy

                """)
    }

    @Test func `fields that others have changed are drift`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        scene.cluster.change(Scene.path) { object in
            object?["data"] = ["colour": "pink", "size": "2"]
            let foreign: Value = [
                "manager": "kubectl-edit", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1",
                "fieldsV1": ["f:data": ["f:colour": [:], "f:size": [:]]],
            ]
            let own = object?[path: "metadata", "managedFields"]?.array ?? []
            object?["metadata"]?["managedFields"] = .array(own + [foreign])
        }
        #expect(
            await scene.endstate("status").output == """
                revision 3, 0s ago, by ann@desk

                OBJECT                      HEALTH   DRIFT    AGE  REASON
                ConfigMap default/settings  healthy  1 field  60s  data.colour: blue → pink (kubectl-edit)

                1 of 1 healthy, 1 drifted

                """)
        let json = try Value(json: await scene.endstate("status", "-o", "json").output)
        #expect(
            json["members"]?[0]?["drift"] == [
                ["path": "data.colour", "declared": "blue", "live": "pink", "managers": ["kubectl-edit"]]
            ])
        #expect(json[path: "revision", "number"] == 3)
        #expect(json["newest"] == nil)
    }

    @Test func `a Secret's drift shows no value`() async throws {
        let scene = try Scene()
        let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {password: hunter2}\n"
        try scene.bench.write(Array(secret.utf8), to: "key.yaml")
        #expect(await scene.endstate("apply", "--yes").status == .success)
        scene.cluster.change("/api/v1/namespaces/default/secrets/key") { $0?["data"]?["password"] = "aHVudGVyMw==" }
        let text = await scene.endstate("status")
        #expect(text.output.contains("1 field"))
        #expect(text.output.contains("data.password: changed"))
        let json = await scene.endstate("status", "-o", "json")
        #expect(json.output.contains(#""secret": true"#))
        #expect(!(text.output + json.output).contains("aHVudGVy"))
    }

    @Test func `what is declared and gone is told`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        scene.cluster.change(Scene.path) { $0 = nil }
        let ending = await scene.endstate("status")
        #expect(
            ending.output.contains("ConfigMap default/settings  not found              the object does not exist\n"))
        #expect(ending.output.hasSuffix("\n0 of 1 healthy\n"))
        let json = try Value(json: await scene.endstate("status", "-o", "json").output)
        #expect(json["healthy"] == false)
        #expect(json["members"]?[0]?["health"] == "notFound")
    }

    @Test func `a later revision that failed is told beside the one in force`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        try scene.declare("purple")
        #expect(await scene.apply(refused: true).status == .rolledBack)
        let ending = await scene.endstate("status")
        #expect(
            ending.output.hasPrefix(
                """
                revision 3, 0s ago, by ann@desk
                revision 4 was rolled back 0s ago: ConfigMap default/settings: \
                cannot apply ConfigMap default/settings: the quota is used up

                """))
        let json = try Value(json: await scene.endstate("status", "-o", "json").output)
        #expect(json[path: "newest", "number"] == 4)
    }

    @Test func `damaged records hide no health`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        scene.cluster.change("/api/v1/namespaces/default/secrets/endstate-revision.app.3") { $0?["data"] = nil }
        let ending = await scene.endstate("status")
        #expect(ending.status == .success)
        #expect(ending.output.contains("no drift is known: revision 3 of application default/app is damaged"))
        #expect(ending.output.hasSuffix("1 of 1 healthy\n"))
    }

    // MARK: watching

    @Test func `watched, it is shown again when it changes, and only then`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let clock = TickingClock { tick in
            if tick == 3 { scene.cluster.change(Scene.path) { $0?["data"]?["colour"] = "pink" } }
            return tick < 6
        }
        let ending = await scene.bench.run(
            ["status", "--watch"], transport: scene.cluster.transport, clock: clock)
        #expect(ending.status == .interrupted)
        let blocks = ending.output.components(separatedBy: "— 2027-01-15T08:00:00Z\n").dropFirst()
        #expect(blocks.count == 2)
        #expect(blocks.first?.hasSuffix("\n1 of 1 healthy\n\n") == true)
        #expect(blocks.last?.hasSuffix("\n1 of 1 healthy, 1 drifted\n\n") == true)
    }

    @Test func `on a terminal it is drawn in place`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let ending = await scene.bench.run(
            ["status", "--watch"], transport: scene.cluster.transport, clock: TickingClock { $0 < 2 },
            redrawsOutput: true)
        #expect(ending.output.hasPrefix("\u{1B}[2J\u{1B}[Hrevision 3, 0s ago, by ann@desk\u{1B}[K\n"))
        #expect(ending.output.hasSuffix("1 of 1 healthy\u{1B}[K\n\u{1B}[J"))
    }

    @Test func `for machines each change is a line`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let clock = TickingClock { tick in
            if tick == 1 { scene.cluster.change(Scene.path) { $0 = nil } }
            return tick < 3
        }
        let ending = await scene.bench.run(
            ["status", "--watch", "-o", "json"], transport: scene.cluster.transport, clock: clock)
        let lines = try ending.output.split(separator: "\n").map { try Value(json: String($0)) }
        #expect(lines.map { $0["healthy"] } == [true, false])
    }

    @Test func `a server that can't be read for a while is told once`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let isAway = Mutex(false)
        let clock = TickingClock { tick in
            isAway.withLock { $0 = (2..<5).contains(tick) }
            return tick < 7
        }
        let cluster = scene.cluster.transport
        let transport = FakeTransport { request, _ in
            if isAway.withLock(\.self) { return .status(403, "Forbidden", "not now") }
            return try await cluster.send(request)
        }
        let ending = await scene.bench.run(["status", "--watch"], transport: transport, clock: clock)
        #expect(ending.status == .interrupted)
        #expect(ending.notes.components(separatedBy: "error[").count == 2, "\(ending.notes)")
    }

    @Test func `an application that goes ends it`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let clock = TickingClock { tick in
            let secrets = "/api/v1/namespaces/default/secrets"
            for name in scene.cluster.names(in: secrets) { scene.cluster.change("\(secrets)/\(name)") { $0 = nil } }
            return tick < 3
        }
        let ending = await scene.bench.run(
            ["status", "--watch"], transport: scene.cluster.transport, clock: clock)
        #expect(ending.status == .success)
        #expect(ending.notes == "the application is gone\n")
    }
}

/// A clock on which a wait is over at once, after something has been done; and which ends the waiting.
private final class TickingClock: Clock, Sendable {
    typealias Duration = Swift.Duration
    typealias Instant = ContinuousClock.Instant

    private let ticks = Mutex(0)
    private let tick: @Sendable (Int) -> Bool

    /// - Parameter tick: Gets the wait's number, from 1; the wait throws where it returns false.
    init(_ tick: @escaping @Sendable (Int) -> Bool) {
        self.tick = tick
    }

    var now: Instant { ContinuousClock.now }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        // Deadlines of requests are not what the test is about.
        if deadline - now > .seconds(5) {
            return try await ContinuousClock().sleep(until: deadline, tolerance: tolerance)
        }
        let number = ticks.withLock { ticks in
            ticks += 1
            return ticks
        }
        if !tick(number) { throw CancellationError() }
    }
}
