import Planning
import Reconciler
import Resources
import Testing

@testable import SyncService

/// What the audit log is told of deletions.
struct AccountTests: WorldTests {
    let world = SimulatedWorld()

    /// The events that have an entry.
    private var writes: [RunEvent] {
        world.news.value.compactMap { news in
            guard case .event(_, let event) = news, AuditEntry.Action(event) != nil else { return nil }
            return event
        }
    }

    @Test func `a deletion that is accepted and never done has an entry`() async throws {
        let held = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: held, finalizers: [example.com/hold]}
            """
        commit("shop", ["a.yaml": held, "b.yaml": settings("1"), "c.yaml": settings("1", name: "c")])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(60)
            commit("shop", ["b.yaml": settings("1"), "c.yaml": settings("1", name: "c")])
            try await world.sleep(90)
        }
        #expect(results == [.success, .interrupted])
        let events = writes.filter { $0.object?.name == "held" }
        #expect(events.map { AuditEntry.Action($0) } == [.create, .delete])
        #expect(events.last?.digests?.before != nil)
        #expect(events.last?.digests?.after == nil)
    }

    @Test func `an object that is replaced has an entry for each half`() async throws {
        @Sendable func job(_ image: String) -> String {
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: migrate, annotations: {endstate.dev/replace: "true"}}
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: main, image: "endstate.test/run:\(image)"}]
            """
        }
        commit("shop", ["job.yaml": job("1")])
        try await world.run([.test("shop")]) { _ in
            try await world.sleep(120)
            commit("shop", ["job.yaml": job("2")])
            try await world.sleep(300)
        }
        let writes = writes
        try #require(writes.map { AuditEntry.Action($0) } == [.create, .delete, .replace])
        #expect(writes.map { $0.digests?.before != nil } == [false, true, false])
        #expect(writes.map { $0.digests?.after != nil } == [true, false, true])
    }
}
