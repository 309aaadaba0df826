import Resources
import Testing

@testable import SyncService

struct NotificationRetryTests {
    private typealias Decision = NotificationRetry.Decision

    @Test(
        arguments: [
            // Status, Retry-After in seconds, tries so far; what follows.
            (200, nil, 1, .delivered), (204, nil, 5, .delivered),
            (429, nil, 1, .retry(after: .seconds(2))), (429, nil, 4, .retry(after: .seconds(16))),
            (429, nil, 5, .giveUp),
            (429, 30, 1, .retry(after: .seconds(30))), (429, 0, 2, .retry(after: .seconds(4))),
            (429, 600, 1, .retry(after: .seconds(600))), (429, 601, 1, .giveUp),
            (500, nil, 1, .retry(after: .seconds(2))), (503, 7, 2, .retry(after: .seconds(7))),
            (599, nil, 3, .retry(after: .seconds(8))), (503, 1, 5, .giveUp),
            (nil, nil, 1, .retry(after: .seconds(2))), (nil, nil, 4, .retry(after: .seconds(16))),
            (nil, nil, 5, .giveUp),
            (400, nil, 1, .giveUp), (401, nil, 1, .giveUp), (404, 5, 1, .giveUp), (410, nil, 1, .giveUp),
            (302, nil, 1, .giveUp), (101, nil, 1, .giveUp), (600, nil, 1, .giveUp),
        ] as [(Int?, Int?, Int, NotificationRetry.Decision)])
    func `an answer decides whether it is sent again`(
        status: Int?, retryAfter: Int?, tries: Int, decision: NotificationRetry.Decision
    ) {
        let answer = status.map { NotificationAnswer(status: $0, retryAfter: retryAfter.map { .seconds($0) }) }
        #expect(NotificationRetry().decision(answer, tries: tries) == decision)
    }
}

struct RecentNotificationsTests {
    @Test func `the same is told again after ten minutes`() {
        var recent = RecentNotifications()
        let told = [0, 1, 599, 600, 601].map { seconds in
            !recent.isRepeated(Fixture.notification(), now: .seconds(seconds))
        }
        #expect(told == [true, false, false, true, false])
    }

    @Test func `another kind, application, revision, message or object is not the same`() {
        var recent = RecentNotifications()
        let one = Fixture.notification()
        var (application, revision, sameOtherwise) = (one, one, one)
        application.application = "blog"
        revision.revision = "f"
        sameOtherwise.run = RunID(now: Fixture.time, random: 9)
        var objects = one
        objects.objects = [ObjectIdentity(group: "", kind: "ConfigMap", namespace: "shop", name: "other")]
        let all = [
            one, Fixture.notification(.drift), application, revision, objects, Fixture.notification(message: "x"),
            sameOtherwise,
        ]
        let repeated = all.map { recent.isRepeated($0, now: .zero) }
        #expect(repeated == [false, false, false, false, false, false, true])
    }

    @Test func `only so many are remembered, the latest of them`() {
        var recent = RecentNotifications()
        let many = (0...RecentNotifications.most).map { Fixture.notification(message: "\($0)") }
        let repeated = (many + [many[RecentNotifications.most], many[0]]).map { recent.isRepeated($0, now: .zero) }
        #expect(repeated.firstIndex(of: true) == many.count)
        #expect(repeated.last == false)
    }
}
