internal import Reconciler
internal import Resources

/// What a run is doing right now, as a block of lines that is drawn anew below what has happened.
struct LiveView {
    private struct Activity {
        var verb: String
        var message: String
        let since: Duration
    }

    let style: Style
    private var activities: [ObjectIdentity: Activity] = [:]
    private var drawnLines = 0

    init(style: Style) {
        self.style = style
    }

    mutating func note(_ event: RunEvent) {
        guard let object = event.object else {
            // What was under way has been stopped then.
            if event.kind == .rollingBack { activities = [:] }
            return
        }
        switch event.kind {
        case .applying: activities[object] = Activity(verb: "applying", message: "", since: event.elapsed)
        case .deleting: activities[object] = Activity(verb: "deleting", message: "", since: event.elapsed)
        case .applied, .waiting:
            let since = activities[object]?.since ?? event.elapsed
            let message = event.kind == .waiting ? event.message : ""
            activities[object] = Activity(verb: "waiting", message: message, since: since)
        case .paused: activities[object] = Activity(verb: "pausing", message: event.message, since: event.elapsed)
        case .healthy, .failed, .deleted, .restored: activities[object] = nil
        case .started, .locked, .recorded, .rollingBack, .deletionAccepted, .warning, .finished: break
        }
    }

    /// Takes away the block that was drawn last.
    mutating func erase() -> String {
        defer { drawnLines = 0 }
        return drawnLines == 0 ? "" : "\u{1B}[\(drawnLines)A\u{1B}[J"
    }

    /// Draws the longest-running activities, each cut to the terminal's width so that it takes one line.
    mutating func draw(at now: Duration, width: Int, limit: Int = 12) -> String {
        let sorted = activities.sorted { ($0.value.since, $0.key) < ($1.value.since, $1.key) }
        var lines = sorted.prefix(limit).map { object, activity in
            let seconds = max(.zero, now - activity.since)
            let detail = activity.message.isEmpty ? "" : ": \(Printable.escaped(activity.message))"
            return cut("  \(activity.verb) \(Printable.escaped(object.description)) \(seconds.brief)\(detail)", width)
        }
        if sorted.count > limit { lines.append("  and \(sorted.count - limit) more") }
        drawnLines = lines.count
        return lines.map { style.dim($0) + "\n" }.joined()
    }

    private func cut(_ text: String, _ width: Int) -> String {
        text.count < width ? text : text.prefix(max(1, width - 2)) + "…"
    }
}
