import FoundationEssentials
import Resources
import Testing

@testable import SyncService

struct DriftBackoffTests {
    private let start = Date(timeIntervalSince1970: 1_000_000)
    private let web = ObjectIdentity(group: "apps", kind: "Deployment", namespace: "shop", name: "web")

    /// How often, one second apart each, and then how much later it is due.
    @Test(arguments: [(0, 0.0), (1, 1), (2, 2), (3, 4), (9, 256), (10, 300), (20, 300)] as [(Int, Double)])
    func `what drifts again and again is due later and later`(rounds: Int, pause: Double) {
        var backoff = DriftBackoff()
        var now = start
        for round in 0..<rounds {
            now = start + Double(round)
            _ = backoff.repaired([web], at: now)
        }
        #expect(backoff.due(web, at: now).timeIntervalSince(now) == pause)
    }

    @Test func `an object that was left alone for ten minutes is due at once, and begins anew`() {
        var backoff = DriftBackoff()
        for second in 0..<10 { backoff.foundNothing([web], at: start + Double(second)) }
        let later = start + 9 + DriftBackoff.peace
        #expect(backoff.due(web, at: later) == later)
        backoff.foundNothing([web], at: later)
        #expect(backoff.due(web, at: later) == later + 1)
    }

    @Test func `after the clock was set back, nothing is put off until it comes there again`() {
        var backoff = DriftBackoff()
        for second in 0..<10 { _ = backoff.repaired([web], at: start + Double(second)) }
        let earlier = start - 7200
        #expect(backoff.due(web, at: earlier) == earlier)
        let fought = backoff.repaired([web], at: earlier)
        #expect(fought.isEmpty)
        #expect(backoff.due(web, at: earlier) == earlier + 1)
    }
}
