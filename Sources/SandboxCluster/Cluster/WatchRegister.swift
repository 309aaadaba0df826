internal import FoundationEssentials

/// The watches that are open.
struct WatchRegister: Sendable {
    private struct Watch: Sendable {
        var settings: WatchSettings
        let continuation: AsyncStream<[UInt8]>.Continuation
        var nextBookmark: Date
    }

    /// How many events wait for a client; one that is further behind loses its watch, as on the real server.
    private static let backlog = 10_000
    /// In seconds.
    private static let bookmarkInterval: TimeInterval = 60

    private var watches: [Int: Watch] = [:]
    private var next = 0

    mutating func open(_ settings: WatchSettings) -> SandboxResponse {
        let (stream, continuation) = AsyncStream<[UInt8]>.makeStream(
            bufferingPolicy: .bufferingOldest(Self.backlog + settings.beginning.count))
        for line in settings.beginning { continuation.yield(line) }
        if settings.hasFailed {
            continuation.finish()
        } else {
            next += 1
            watches[next] = Watch(
                settings: settings, continuation: continuation,
                nextBookmark: settings.start.addingTimeInterval(Self.bookmarkInterval))
        }
        return SandboxResponse(
            status: 200, headers: [("Content-Type", settings.representation.contentType)], body: .chunks(stream))
    }

    mutating func tell(_ entry: ObjectStore.Entry, _ now: Date) {
        for (number, watch) in watches {
            guard watch.settings.kind == entry.kind, let line = watch.settings.line(for: entry, now) else { continue }
            send(line, to: number)
        }
    }

    /// Ends the watches whose time is over, and tells the others how far they are.
    mutating func keepAlive(_ version: UInt64, _ now: Date) {
        for (number, watch) in watches {
            if watch.settings.end <= now {
                if watch.settings.wantsBookmarks { send(watch.settings.bookmark(version, now), to: number) }
                close(number)
            } else if watch.settings.wantsBookmarks, watch.nextBookmark <= now {
                send(watch.settings.bookmark(version, now), to: number)
                watches[number]?.nextBookmark = now.addingTimeInterval(Self.bookmarkInterval)
            }
        }
    }

    var nextDeadline: Date? {
        watches.values.map { watch in
            watch.settings.wantsBookmarks ? min(watch.nextBookmark, watch.settings.end) : watch.settings.end
        }.min()
    }

    /// Moves the times at which something is due.
    mutating func shift(by seconds: TimeInterval) {
        for number in watches.keys {
            watches[number]?.settings.end.addTimeInterval(seconds)
            watches[number]?.nextBookmark.addTimeInterval(seconds)
        }
    }

    mutating func closeAll() {
        for number in watches.keys { close(number) }
    }

    private mutating func send(_ line: [UInt8], to number: Int) {
        switch watches[number]?.continuation.yield(line) {
        case .dropped, .terminated: close(number)
        default: break
        }
    }

    private mutating func close(_ number: Int) {
        watches.removeValue(forKey: number)?.continuation.finish()
    }
}
