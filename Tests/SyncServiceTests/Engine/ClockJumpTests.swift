import Foundation
import Manifests
import Resources
import Testing

@testable import SyncService

/// A service on a machine whose clock is set.
struct ClockJumpTests: WorldTests {
    let world = SimulatedWorld()

    @Test func `a retry that is pending is not put off by a clock that is set back`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("shop")]) { service in
            try await world.sleep(60)
            world.responder.be(.down)
            commit("shop", ["a.yaml": settings("2")])
            try await world.sleep(1800)
            #expect(await service.application("shop")?[path: "hold", "reason"] == "backoff")
            world.offset.change { $0 -= 7200 }
            world.responder.be(.fine)
            try await world.sleep(120)
            #expect(try await value() == "2")
        }
    }

    @Test func `a window that a clock jumps into is made use of`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        let noon = ChangeWindow(cron: try CronExpression("0 12 * * *"), duration: .seconds(3600))
        try await world.run([.test("shop") { $0.windows = [noon] }]) { _ in
            try await world.sleep(300)
            #expect(try await value() == nil)
            // It begins at midnight.
            world.offset.change { $0 += 12 * 3600 }
            try await world.sleep(120)
            #expect(try await value() == "1")
        }
    }

    @Test func `drift is repaired at once after a clock was set back, too`() async throws {
        commit("shop", ["a.yaml": settings("1")])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(60)
            try await patch("settings", "9")
            try await world.sleep(30)
            world.offset.change { $0 -= 7200 }
            try await patch("settings", "9")
            try await world.sleep(10)
            #expect(try await value() == "1")
        }
    }
}
