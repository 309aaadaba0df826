import KubeClient
import Resources
import Synchronization
import TestSupport
import Testing

@testable import SyncService

@Suite(.timeLimit(.minutes(15)))
struct NotificationQueueTests {
    /// What has been sent and said.
    private final class Record: Sendable {
        private let state = Mutex<(sent: [String], counted: [SyncMetrics.NotificationResult], reports: [Diagnostic])>(
            ([], [], []))

        var sent: [String] { state.withLock { $0.sent } }
        var reports: [Diagnostic] { state.withLock { $0.reports } }
        func add(sent text: String) { state.withLock { $0.sent.append(text) } }
        func add(_ result: SyncMetrics.NotificationResult) { state.withLock { $0.counted.append(result) } }
        func add(_ report: Diagnostic) { state.withLock { $0.reports.append(report) } }

        func count(_ result: SyncMetrics.NotificationResult) -> Int {
            state.withLock { $0.counted.count { $0 == result } }
        }
    }

    private let record = Record()
    private let clock = FakeClock()

    private func target(_ name: String, kinds: Set<SyncNotification.Kind> = [.failure, .drift]) -> NotificationTarget {
        NotificationTarget(name: name, url: Confidential("https://\(name)/hunter2"), format: .generic, kinds: kinds)
    }

    private func queue(
        _ targets: [NotificationTarget], clock: (any Clock<Duration>)? = nil, send: @escaping NotificationQueue.Sender
    ) -> NotificationQueue {
        NotificationQueue(
            targets: targets, clock: clock ?? self.clock, count: { record.add($0) }, report: { record.add($0) },
            send: send)
    }

    /// A sender that answers with one status after another, and remembers host and message.
    private func answering(_ answers: [NotificationAnswer]) -> NotificationQueue.Sender {
        let rest = Mutex(answers[...])
        return { [record] url, body in
            let message = try Value(json: body)["message"]?.string ?? ""
            record.add(sent: "\(url.revealed.split(separator: "/")[1]) \(message)")
            return rest.withLock { $0.popFirst() } ?? NotificationAnswer(status: 200)
        }
    }

    @Test func `each target gets the kinds that it wants, in order`() async {
        let queue = queue([target("a"), target("b", kinds: [.drift])], send: answering([]))
        queue.post(Fixture.notification(.failure, message: "1"))
        queue.post(Fixture.notification(.drift, message: "2"))
        queue.post(Fixture.notification(.success, message: "3"))
        queue.finish()
        await queue.run()
        #expect(record.sent.filter { $0.hasPrefix("a") } == ["a 1", "a 2"])
        #expect(record.sent.filter { $0.hasPrefix("b") } == ["b 2"])
        #expect(record.count(.delivered) == 3)
        #expect(record.reports.isEmpty)
    }

    @Test func `a target that is busy gets it again, after the time that it asks for`() async {
        let busy = [
            NotificationAnswer(status: 503), NotificationAnswer(status: 429, retryAfter: .seconds(30)),
            NotificationAnswer(status: 500),
        ]
        let queue = queue([target("a")], send: answering(busy))
        queue.post(Fixture.notification(message: "1"))
        queue.finish()
        await queue.run()
        #expect(record.sent == ["a 1", "a 1", "a 1", "a 1"])
        #expect(clock.sleeps == [.seconds(2), .seconds(30), .seconds(8)])
        #expect(record.count(.delivered) == 1)
        #expect(record.count(.failed) == 0)
    }

    @Test func `after five tries the target is given up on, and the next one has its turn`() async {
        let queue = queue(
            [target("a")], send: answering(Array(repeating: NotificationAnswer(status: 502), count: 5)))
        queue.post(Fixture.notification(message: "1"))
        queue.post(Fixture.notification(message: "2"))
        queue.finish()
        await queue.run()
        #expect(record.sent == Array(repeating: "a 1", count: 5) + ["a 2"])
        #expect(record.count(.failed) == 1)
        #expect(record.reports.map(\.causes) == [["the target answered with status 502, the last time of 5"]])
    }

    @Test func `a refusal is final`() async {
        let queue = queue([target("a")], send: answering([NotificationAnswer(status: 404)]))
        queue.post(Fixture.notification(message: "1"))
        queue.finish()
        await queue.run()
        #expect(record.sent == ["a 1"])
        #expect(
            record.reports == [
                Diagnostic(
                    .warning, code: "notification-failed",
                    "a notification of failure of the application shop did not reach the target a",
                    causes: ["the target answered with status 404"], hint: "see whether the target's URL is still valid"
                )
            ])
    }

    private struct Leak: Error {
        let description = "https://a/hunter2"
    }

    @Test func `no error shows the URL`() async {
        let queue = queue([target("a")]) { _, _ in throw Leak() }
        queue.post(Fixture.notification())
        queue.finish()
        await queue.run()
        #expect(record.reports.map(\.causes) == [["the request failed, the last time of 5"]])
        #expect(!"\(record.reports)".contains("hunter2"))
    }

    @Test func `a target that fails or hangs holds up no other`() async {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let queue = queue([target("failing"), target("hanging"), target("sound")], clock: StillClock()) { url, _ in
            switch url.revealed {
            case "https://failing/hunter2": return NotificationAnswer(status: 503)
            case "https://hanging/hunter2":
                for await _ in AsyncStream<Never>.makeStream().stream {}
                throw CancellationError()
            default:
                arrival.yield()
                return NotificationAnswer(status: 200)
            }
        }
        queue.post(Fixture.notification(message: "1"))
        queue.post(Fixture.notification(message: "2"))
        await withTaskGroup { group in
            group.addTask { await queue.run() }
            var arrived = 0
            for await _ in arrivals {
                arrived += 1
                if arrived == 2 { break }
            }
            group.cancelAll()
        }
        #expect(record.count(.failed) == 0)
        #expect(record.reports.isEmpty)
    }

    @Test func `the oldest make place for newer ones`() async {
        let queue = queue([target("a")], send: answering([]))
        for number in 1...300 { queue.post(Fixture.notification(message: "\(number)")) }
        #expect(record.count(.dropped) == 44)
        queue.finish()
        await queue.run()
        #expect(record.sent == (45...300).map { "a \($0)" })
    }

    @Test func `what comes too late is counted`() async {
        let queue = queue([target("a")], send: answering([]))
        queue.finish()
        queue.post(Fixture.notification())
        await queue.run()
        #expect(record.sent.isEmpty)
        #expect(record.count(.dropped) == 1)
    }

    @Test func `the same is sent once in ten minutes`() async {
        let queue = queue([target("a"), target("b")], send: answering([]))
        for _ in 1...3 { queue.post(Fixture.notification(message: "1")) }
        clock.advance(by: .seconds(600))
        queue.post(Fixture.notification(message: "1"))
        queue.finish()
        await queue.run()
        #expect(record.sent.sorted() == ["a 1", "a 1", "b 1", "b 1"])
        #expect(record.count(.repeated) == 2)
    }
}
