import Planning
import Resources
import Testing

@testable import SyncService

struct RunEventNoteTests {
    private static let other = ObjectIdentity(group: "", kind: "ConfigMap", namespace: "shop", name: "other")

    private static func end(
        _ result: SyncEnd.Result = .drift, _ message: String = "", drifted: [ObjectIdentity] = [Fixture.deployment],
        breaker: String? = nil
    ) -> SyncEnd {
        SyncEnd(
            result: result, message: message, seconds: 1, drifted: drifted, fights: [:], revision: nil, breaker: breaker
        )
    }

    private static let others = [
        end(.refused), end(.drift, "why"), end(drifted: [other]), end(drifted: [Fixture.deployment, other]),
        end(breaker: "3 runs in a row"),
    ]

    @Test func `an end says the same where result, message, objects and breaker are the same`() {
        #expect(Self.end().isSame(as: Self.end()))
        for other in Self.others { #expect(!other.isSame(as: Self.end()), "\(other)") }
    }

    @Test func `what was done is news each time`() {
        #expect(!Self.end(.success).isSame(as: Self.end(.success)))
    }

    @Test func `what is repeated is no Event`() {
        let run = SyncRun(
            id: Fixture.run, application: "shop", parent: Self.other, cluster: "production", reason: .drift,
            source: PlanSource(commit: "0123456789abcdef", path: ""), startedAt: Fixture.time)
        var end = Self.end()
        let note = RunEventNote(run, end)
        #expect(note?.reason == "Drifted")
        #expect(note?.message == "commit 0123456789ab not as declared, and left so: Deployment shop/web")
        end.isRepeated = true
        #expect(RunEventNote(run, end) == nil)
    }
}
