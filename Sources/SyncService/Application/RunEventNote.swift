internal import Planning
internal import Reconciler
internal import Resources

/// What is said of a reconciliation in an Event of its cluster.
struct RunEventNote: Hashable, Sendable {
    let level: EventWriter.Level
    /// One word in CamelCase.
    let reason: String
    let message: String
    let id: String

    /// Nil where there is nothing to say that the Event before has not said.
    init?(_ run: SyncRun, _ end: SyncEnd) {
        guard !end.isRepeated, let (level, reason) = Self.kind(of: end) else { return nil }
        let commit = run.source.commit.map { "commit \($0.prefix(12))" } ?? "the source"
        let objects = end.drifted.isEmpty ? "" : ": " + end.drifted.told
        var message = "\(commit) \(end.result.told)\(objects)"
        if end.drifted.isEmpty, end.result == .success { message += ", revision \(end.revision ?? 0)" }
        if !end.message.isEmpty { message += ": " + end.message }
        for (object, managers) in end.fights.sorted(by: { $0.key < $1.key }) {
            message += "; \(object): \(SyncJournal.fight(managers))"
        }
        if let breaker = end.breaker { message += "; stopped: \(breaker)" }
        self.level = level
        self.reason = reason
        self.message = message
        id = run.id.text
    }

    private static func kind(of end: SyncEnd) -> (EventWriter.Level, String)? {
        if end.breaker != nil { return (.warning, "SyncStopped") }
        if !end.fights.isEmpty { return (.warning, "DriftFought") }
        return switch end.result {
        case .success: end.drifted.isEmpty ? (.normal, "Synced") : (.normal, "DriftRepaired")
        case .drift: (.warning, "Drifted")
        case .failed: (.warning, "SyncFailed")
        case .rolledBack: (.warning, "RolledBack")
        case .refused: (.warning, "SyncRefused")
        case .limited: (.warning, "SyncHeldBack")
        case .unchanged, .error, .interrupted, .tripped: nil
        }
    }
}

extension [ObjectIdentity] {
    /// The first of them, and how many there are more.
    var told: String {
        let shown = prefix(5).map(\.description).joined(separator: ", ")
        return count > 5 ? "\(shown) and \(count - 5) more" : shown
    }
}
