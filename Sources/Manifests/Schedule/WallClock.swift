internal import FoundationEssentials
// Brings the zones of the IANA database along, as data of its own: FoundationEssentials alone knows none but GMT.
internal import FoundationInternationalization

/// What clocks show in a time zone.
///
/// A time on the wall is counted as if it were UTC, in minutes since 1970.
struct WallClock {
    let zone: TimeZone

    /// The zone of a name in the IANA database, such as `Europe/Berlin`; nil for an unknown one.
    static func zone(named name: String) -> TimeZone? {
        // GMT+2 and the like would be taken too, with an offset that nobody looks up.
        name == "UTC" || name == "GMT" || name.contains("/") ? TimeZone(identifier: name) : nil
    }

    /// The minute that the clock shows.
    func minute(at time: Date) -> Int {
        let second = Int(time.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: time)
        return second.quotientAndRemainder(downBy: 60).quotient
    }

    /// When the clock first shows a minute; for a skipped one, the first instant after the gap.
    func instant(ofMinute minute: Int) -> Date {
        let second = minute * 60
        // No zone is a day away from UTC, and none changes twice within two days.
        let before = offset(at: second - 86_400)
        let after = offset(at: second + 86_400)
        let candidates = [second - before, second - after].sorted()
        if let first = candidates.first(where: { $0 + offset(at: $0) == second }) {
            return Date(timeIntervalSince1970: Double(first))
        }
        return Date(timeIntervalSince1970: Double(change(to: after, in: candidates[0]..<candidates[1])))
    }

    /// The first second in a range at which an offset is in force, which it is at the range's end and not at its start.
    private func change(to offset: Int, in range: Range<Int>) -> Int {
        var (early, late) = (range.lowerBound, range.upperBound)
        while late - early > 1 {
            let middle = early + (late - early) / 2
            if self.offset(at: middle) == offset { late = middle } else { early = middle }
        }
        return late
    }

    private func offset(at second: Int) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
    }
}
