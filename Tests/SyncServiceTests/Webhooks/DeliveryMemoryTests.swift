import FoundationEssentials
import SyncService
import Testing

/// Can be asked within an expectation.
private final class Memory {
    private var memory: DeliveryMemory

    init(maximumCount: Int = 100, maximumAge: Duration = .seconds(3600)) {
        memory = DeliveryMemory(maximumCount: maximumCount, maximumAge: maximumAge)
    }

    var count: Int { memory.count }

    func insert(_ delivery: WebhookDelivery, for target: String?, now: Date) -> Bool {
        memory.insert(delivery, for: target, now: now)
    }

    func remove(_ delivery: WebhookDelivery, for target: String?) { memory.remove(delivery, for: target) }
}

struct DeliveryMemoryTests {
    private static let start = Date(timeIntervalSince1970: 1_700_000_000)

    private func delivery(_ id: String?, _ digest: UInt8, _ sender: WebhookSender = .gitHub) -> WebhookDelivery {
        WebhookDelivery(sender: sender, id: id, digest: [digest])
    }

    @Test(arguments: [
        ("the same again", "a" as String?, UInt8(1), WebhookSender.gitHub, "shop" as String?, false),
        ("under another id", "b", 1, .gitHub, "shop", false),
        ("without an id", nil, 1, .gitHub, "shop", false),
        ("as another sender's", "b", 1, .gitea, "shop", false),
        ("signed anew, under its id", "a", 2, .gitHub, "shop", false),
        ("another one", "b", 2, .gitHub, "shop", true),
        ("of another sender, under its id", "a", 2, .gitea, "shop", true),
        ("for another application", "a", 1, .gitHub, "mail", true),
        ("for all of them", "a", 1, .gitHub, nil, true),
    ])
    func `a replay is dropped`(
        what: String, id: String?, digest: UInt8, sender: WebhookSender, target: String?, isNew: Bool
    ) {
        let memory = Memory()
        #expect(memory.insert(delivery("a", 1), for: "shop", now: Self.start))
        #expect(memory.insert(delivery(id, digest, sender), for: target, now: Self.start) == isNew, "\(what)")
    }

    @Test func `no more is remembered than is allowed, and the oldest gives way`() {
        let memory = Memory(maximumCount: 3)
        for digest in UInt8(0)..<100 {
            #expect(memory.insert(delivery("\(digest)", digest), for: nil, now: Self.start))
            #expect(memory.count <= 3)
        }
        for digest in UInt8(97)..<100 {
            #expect(!memory.insert(delivery("\(digest)", digest), for: nil, now: Self.start))
        }
        #expect(memory.insert(delivery("96", 96), for: nil, now: Self.start))
        #expect(memory.insert(delivery("97", 97), for: nil, now: Self.start))
    }

    @Test func `after its time a delivery is forgotten, and a replay doesn't prolong it`() {
        let memory = Memory(maximumAge: .seconds(60))
        #expect(memory.insert(delivery("a", 1), for: nil, now: Self.start))
        #expect(!memory.insert(delivery("a", 1), for: nil, now: Self.start.addingTimeInterval(59)))
        #expect(!memory.insert(delivery("a", 1), for: nil, now: Self.start.addingTimeInterval(60)))
        #expect(memory.insert(delivery("b", 2), for: nil, now: Self.start.addingTimeInterval(61)))
        #expect(memory.count == 1)
        #expect(memory.insert(delivery("a", 1), for: nil, now: Self.start.addingTimeInterval(61)))
    }

    @Test func `a clock that is set back forgets nothing`() {
        let memory = Memory(maximumAge: .seconds(60))
        #expect(memory.insert(delivery("a", 1), for: nil, now: Self.start))
        #expect(!memory.insert(delivery("a", 1), for: nil, now: Self.start.addingTimeInterval(-3600)))
    }

    @Test func `what had no effect can be taken back`() {
        let memory = Memory()
        #expect(memory.insert(delivery("a", 1), for: "shop", now: Self.start))
        memory.remove(delivery("a", 1), for: "shop")
        #expect(memory.count == 0)
        #expect(memory.insert(delivery("a", 1), for: "shop", now: Self.start))
    }
}
