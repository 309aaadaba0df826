import FoundationEssentials
import KubeClient
import Planning
import Reconciler
import Resources
import TestSupport
import Testing

@testable import SyncService

struct SyncJournalTests {
    private let metrics = SyncMetrics(version: "1") { Fixture.time }
    private let run = SyncRun(
        id: Fixture.run, application: "shop", parent: Fixture.deployment, cluster: "production", reason: .retry,
        source: PlanSource(commit: "c", path: ""), startedAt: Fixture.time)

    private func journal(_ notifications: NotificationQueue? = nil, isAudited: Bool = false) -> SyncJournal {
        SyncJournal(
            metrics: metrics, notifications: notifications, isAudited: isAudited, who: "robot@host", pid: 42,
            now: { Fixture.time }, log: { _ in })
    }

    private func end(_ message: String = "", isRepeated: Bool = false) -> SyncEnd {
        SyncEnd(
            result: .refused, message: message, seconds: 1, drifted: [], fights: [:], revision: nil, breaker: nil,
            isRepeated: isRepeated)
    }

    @Test func `what is repeated is sent once, however long it is tried`() async {
        let sent = Mutexed<[String]>([])
        let clock = FakeClock()
        let target = NotificationTarget(name: "a", url: Confidential("https://a"), format: .generic)
        let queue = NotificationQueue(
            targets: [target], clock: clock, count: { _ in }, report: { _ in },
            send: { _, body in
                let message = try Value(json: body)["message"]?.string ?? ""
                sent.change { $0.append(message) }
                return NotificationAnswer(status: 200)
            })
        let journal = journal(queue)
        for (message, isRepeated) in [("no room", false), ("no room", true), ("no quota", false)] {
            journal.take(.ended(run, end(message, isRepeated: isRepeated)))
            clock.advance(by: .seconds(1800))
        }
        queue.finish()
        await queue.run()
        #expect(sent.value == ["no room", "no quota"])
    }

    @Test func `suspension and an open breaker are told whatever else is waited for`() {
        let journal = journal()
        journal.take(.stoppage("shop", Stoppage(isSuspended: true, breaker: "3 runs in a row have failed")))
        journal.take(.held("shop", .dependencies(["base"])))
        journal.take(.began(run))
        #expect(metrics.render().contains("endstate_application_suspended{application=\"shop\"} 1\n"))
        #expect(metrics.render().contains("endstate_application_breaker_open{application=\"shop\"} 1\n"))
        journal.take(.stoppage("shop", Stoppage()))
        #expect(metrics.render().contains("endstate_application_suspended{application=\"shop\"} 0\n"))
        #expect(metrics.render().contains("endstate_application_breaker_open{application=\"shop\"} 0\n"))
    }

    @Test func `what is open is told until it is ended and written`() async throws {
        let scratch = try Scratch()
        let journal = journal(isAudited: true)
        journal.take(.began(run))
        journal.take(.event(run, RunEvent(.deletionAccepted, Fixture.deployment, elapsed: .zero)))
        #expect(journal.openWork == ["run \(run.id) of application shop", "lines that the audit log lacks: 1"])
        journal.take(.ended(run, end()))
        journal.finish()
        await journal.keep(in: try AuditFile(path: scratch.path("audit"), report: { _ in }))
        #expect(journal.openWork.isEmpty)
        #expect(try scratch.text("audit").contains("\"action\":\"delete\""))
    }

    @Test(
        arguments: [
            (.applying, nil), (.applied, .update), (.deleting, nil), (.deletionAccepted, .delete), (.deleted, nil),
            (.restored, .restore), (.warning, nil),
        ] as [(RunEvent.Kind, AuditEntry.Action?)])
    func `a deletion has its entry when the server accepts it`(kind: RunEvent.Kind, action: AuditEntry.Action?) {
        #expect(AuditEntry.Action(RunEvent(kind, Fixture.deployment, elapsed: .zero)) == action)
    }
}
