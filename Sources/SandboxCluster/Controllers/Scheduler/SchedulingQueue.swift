internal import FoundationEssentials
internal import Placement
internal import Resources

/// The pods that wait for a node (pkg/scheduler/internal/queue/scheduling_queue.go).
struct SchedulingQueue: Sendable {
    struct Entry: Sendable {
        let identity: ObjectIdentity
        let pod: SchedulingPod
        let created: Date
        let number: Int
        /// How often no node was found.
        var refusals = 0
        var lastTry = Date.distantPast
        /// When the next try is allowed, once something has changed that may help.
        var mayRetry: Date {
            refusals == 0 ? .distantPast : lastTry.addingTimeInterval(min(10, Double(1 << min(refusals - 1, 4))))
        }

        func isBefore(_ other: Entry) -> Bool {
            if pod.priority != other.pod.priority { return pod.priority > other.pod.priority }
            return (created, number) < (other.created, other.number)
        }
    }

    /// The next one last.
    private var active: [Entry] = []
    private var isActive: Set<ObjectIdentity> = []
    private var known: [ObjectIdentity: SchedulingPod] = [:]
    private var waiting: [ObjectIdentity: Entry] = [:]
    /// Whether something has changed since the waiting ones were tried.
    private var isStirred = false
    private var counter = 0

    var hasWork: Bool { !active.isEmpty || (isStirred && !waiting.isEmpty) }

    /// Whether one of those that wait may be helped by pods that come, not only by those that go.
    var cares: Bool { waiting.values.contains { !$0.pod.affinity.isEmpty || !$0.pod.spread.isEmpty } }

    mutating func add(_ identity: ObjectIdentity, _ pod: SchedulingPod, created: Date) {
        if known[identity] == pod { return }
        remove(identity)
        known[identity] = pod
        counter += 1
        insert(Entry(identity: identity, pod: pod, created: created, number: counter))
    }

    private mutating func insert(_ entry: Entry) {
        var (low, high) = (0, active.count)
        while low < high {
            let middle = (low + high) / 2
            if entry.isBefore(active[middle]) { low = middle + 1 } else { high = middle }
        }
        active.insert(entry, at: low)
        isActive.insert(entry.identity)
    }

    mutating func remove(_ identity: ObjectIdentity) {
        guard known.removeValue(forKey: identity) != nil else { return }
        waiting[identity] = nil
        if isActive.remove(identity) != nil { active.removeAll { $0.identity == identity } }
    }

    /// Something has changed that may help those that wait.
    mutating func retry() { isStirred = true }

    /// Keeps a pod until something changes.
    mutating func wait(_ entry: Entry, now: Date, isRefused: Bool) {
        var entry = entry
        if isRefused { entry.refusals += 1 }
        entry.lastTry = now
        waiting[entry.identity] = entry
    }

    /// Those that may be tried once their time has come, though nothing changes any more.
    private var retryable: [ObjectIdentity: Date] = [:]

    /// Takes the next pod to try.
    mutating func next(now: Date) -> Entry? {
        if isStirred {
            for (identity, entry) in waiting { retryable[identity] = entry.mayRetry }
            isStirred = false
        }
        for (identity, time) in retryable.sorted(by: { $0.key < $1.key }) where time <= now {
            retryable[identity] = nil
            if let entry = waiting.removeValue(forKey: identity) { insert(entry) }
        }
        guard let entry = active.popLast() else { return nil }
        isActive.remove(entry.identity)
        return entry
    }

    mutating func shift(by seconds: TimeInterval) {
        for identity in waiting.keys { waiting[identity]?.lastTry.addTimeInterval(seconds) }
        retryable = retryable.mapValues { $0.addingTimeInterval(seconds) }
    }

    /// When there is a pod to try; nil where something must change before.
    mutating func deadline(now: Date) -> Date? {
        if hasWork { return now }
        retryable = retryable.filter { waiting[$0.key] != nil }
        return retryable.values.min()
    }
}
