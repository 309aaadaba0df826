internal import FoundationEssentials
internal import Resources

/// Something for a controller to look at.
struct WorkItem: Hashable, Sendable {
    /// Its place in the manager's list.
    let controller: Int
    let key: ObjectIdentity
}

/// What is to be looked at, now or later: each item once, in the order of coming, levels below others first.
struct WorkQueue: Sendable {
    private let levels: [WorkLevel]
    private var ready: [Lane]
    private var isReady: Set<WorkItem> = []
    private var timers = TimerHeap()
    private var due: [WorkItem: Date] = [:]
    private var failures: [WorkItem: Int] = [:]
    private var turns = 0
    /// After how many turns the levels have theirs in reverse, so that what never ends below does not starve them.
    private static let turnsInARow = 8

    /// Items in the order of coming.
    private struct Lane: Sendable {
        var items: [WorkItem] = []
        var head = 0

        mutating func pop() -> WorkItem? {
            guard head < items.count else { return nil }
            defer {
                head += 1
                if head == items.count { (items, head) = ([], 0) }
            }
            return items[head]
        }
    }

    /// - Parameter levels: By controller.
    init(levels: [WorkLevel]) {
        self.levels = levels
        ready = Array(repeating: Lane(), count: WorkLevel.allCases.count)
    }

    mutating func add(_ item: WorkItem) {
        guard isReady.insert(item).inserted else { return }
        ready[levels[item.controller].rawValue].items.append(item)
    }

    /// Looks at the item then; at the earlier of the times where there are several.
    mutating func add(_ item: WorkItem, at time: Date) {
        if let other = due[item], other <= time { return }
        due[item] = time
        timers.push(time, item)
    }

    /// Takes the next item that is due; nil where there is none.
    mutating func next(at now: Date) -> WorkItem? {
        while let (time, item) = timers.first, time <= now {
            timers.pop()
            due[item] = nil
            add(item)
            dropStale()
        }
        turns += 1
        let isReversed = turns.isMultiple(of: Self.turnsInARow)
        for index in ready.indices {
            if let item = ready[isReversed ? ready.count - 1 - index : index].pop() {
                isReady.remove(item)
                return item
            }
        }
        return nil
    }

    /// - Parameter again: When to look again, whatever was said before; nil for never.
    mutating func finish(_ item: WorkItem, again: Date?, now: Date) {
        failures[item] = nil
        if due[item] != nil, due[item] != again {
            due[item] = nil
            dropStale()
        }
        guard let again else { return }
        if again <= now { add(item) } else { add(item, at: again) }
    }

    /// Looks at the item again after 0.1 s, then 0.2 s and so on up to 1,000 s
    /// (`ItemExponentialFailureRateLimiter` in k8s.io/client-go, which begins with 5 ms).
    mutating func retry(_ item: WorkItem, now: Date) {
        let count = failures[item, default: 0]
        failures[item] = count + 1
        add(item, at: now.addingTimeInterval(count < 14 ? 0.1 * Double(1 << count) : 1000))
    }

    mutating func shift(by seconds: TimeInterval) {
        timers.shift(by: seconds)
        due = due.mapValues { $0.addingTimeInterval(seconds) }
    }

    var nextDeadline: Date? {
        isReady.isEmpty ? timers.first?.time : .distantPast
    }

    /// Keeps the first timer one that still holds.
    private mutating func dropStale() {
        while let (time, item) = timers.first, due[item] != time { timers.pop() }
    }
}
