internal import FoundationEssentials

/// Items by time, of equal times in the order of coming.
struct TimerHeap: Sendable {
    private struct Entry {
        var time: Date
        let number: Int
        let item: WorkItem

        func isBefore(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
    }

    private var entries: [Entry] = []
    private var counter = 0

    var first: (time: Date, item: WorkItem)? { entries.first.map { ($0.time, $0.item) } }

    mutating func push(_ time: Date, _ item: WorkItem) {
        counter += 1
        entries.append(Entry(time: time, number: counter, item: item))
        var index = entries.count - 1
        while index > 0, entries[index].isBefore(entries[(index - 1) / 2]) {
            entries.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Moves all times alike, which keeps their order.
    mutating func shift(by seconds: TimeInterval) {
        for index in entries.indices { entries[index].time.addTimeInterval(seconds) }
    }

    mutating func pop() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        entries[0] = last
        var index = 0
        while true {
            let children = (2 * index + 1)...(2 * index + 2)
            let least = children.filter(entries.indices.contains).min { entries[$0].isBefore(entries[$1]) }
            guard let least, entries[least].isBefore(entries[index]) else { return }
            entries.swapAt(index, least)
            index = least
        }
    }
}
