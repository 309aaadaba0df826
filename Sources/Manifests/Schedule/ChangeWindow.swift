package import FoundationEssentials

/// A time in which changes may be made, again and again.
package struct ChangeWindow: Hashable, Sendable {
    /// When it opens.
    package let cron: CronExpression
    /// How long it stays open.
    package let duration: Duration
    /// Whose wall clock it goes by.
    package let timeZone: TimeZone

    package static let maximumDuration = Duration.seconds(7 * 86_400)

    package init(cron: CronExpression, duration: Duration, timeZone: TimeZone = .gmt) {
        self.cron = cron
        self.duration = duration
        self.timeZone = timeZone
    }

    /// From the opening on, up to but not including the end.
    package func isOpen(at time: Date) -> Bool { end(at: time) != nil }

    fileprivate func opening(after time: Date) -> Date? { cron.next(after: time, in: timeZone) }

    /// When the earliest opening that still lasts ends; nil where the window is shut.
    fileprivate func end(at time: Date) -> Date? {
        guard let opening = opening(after: time - length), opening <= time else { return nil }
        return opening + length
    }

    private var length: Double { duration / .seconds(1) }
}

/// Windows allow changes together: one that is open is enough, and where there are none, changes are always allowed.
extension [ChangeWindow] {
    /// Openings in a row that are followed before windows are taken for always open.
    private static var openingLimit: Int { 2_000 }

    package func isOpen(at time: Date) -> Bool {
        isEmpty || contains { $0.isOpen(at: time) }
    }

    /// The first opening after a time, whether or not another window is open then; nil where none comes.
    package func nextOpening(after time: Date) -> Date? {
        compactMap { $0.opening(after: time) }.min()
    }

    /// The end of what is open at a time, windows that follow without a gap included; nil where none is open, and where no
    /// end is near.
    package func closing(after time: Date) -> Date? {
        guard var end = lastEnd(at: time) else { return nil }
        for _ in 0..<Self.openingLimit {
            guard let later = lastEnd(at: end) else { return end }
            end = later
        }
        return nil
    }

    private func lastEnd(at time: Date) -> Date? { compactMap { $0.end(at: time) }.max() }
}
