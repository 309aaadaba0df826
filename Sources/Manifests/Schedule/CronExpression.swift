package import FoundationEssentials

/// Times that come again, as crontab(5) writes them: minute, hour, day of the month, month, day of the week.
package struct CronExpression: Hashable, Sendable, CustomStringConvertible {
    /// Why a text is no expression; the message names the field.
    package struct Problem: Error, Hashable {
        package let message: String
    }

    /// As it was written.
    package let description: String
    /// Minutes of the day, in their order.
    private let times: [Int]
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    /// Whether both days are restricted: one of them is enough then (crontab(5)).
    private let matchesEitherDay: Bool

    private static let shorthands = [
        "@yearly": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0", "@daily": "0 0 * * *",
        "@hourly": "0 * * * *",
    ]

    /// The days after which no time is new: 29 February comes on each weekday within 40 years, 2100 included.
    private static let daysToSearch = 41 * 366

    package init(_ text: String) throws(Problem) {
        if text.hasPrefix("@"), Self.shorthands[text] == nil {
            let known = Self.shorthands.keys.sorted().joined(separator: ", ")
            throw Problem(message: "\"\(text)\" is unknown; known are \(known)")
        }
        let fields = (Self.shorthands[text] ?? text).split(whereSeparator: \.isWhitespace)
        guard fields.count == 5 else {
            throw Problem(
                message: "there must be 5 fields (minute, hour, day of the month, month, day of the week), "
                    + "not \(fields.count)")
        }
        description = text
        let minutes = try CronField.minute.values(of: fields[0]).sorted()
        let hours = try CronField.hour.values(of: fields[1]).sorted()
        times = hours.flatMap { hour in minutes.map { hour * 60 + $0 } }
        days = try CronField.day.values(of: fields[2])
        months = try CronField.month.values(of: fields[3])
        weekdays = Set(try CronField.weekday.values(of: fields[4]).map { $0 % 7 })
        matchesEitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
    }

    /// The first time after another one, at a zone's wall clock; nil where none ever comes, as on 31 February.
    ///
    /// A time that the clock skips comes at the first instant after the gap; one that it shows twice comes the first time.
    package func next(after time: Date, in zone: TimeZone) -> Date? {
        let clock = WallClock(zone: zone)
        let start = clock.minute(at: time)
        var (day, minute) = start.quotientAndRemainder(downBy: 1440)
        let end = day + Self.daysToSearch
        while day <= end {
            if matches(day: day) {
                for candidate in times where candidate >= minute {
                    let instant = clock.instant(ofMinute: day * 1440 + candidate)
                    if instant > time { return instant }
                }
            }
            (day, minute) = (day + 1, 0)
        }
        return nil
    }

    /// - Parameter day: since 1970.
    private func matches(day: Int) -> Bool {
        let (month, dayOfMonth) = CivilDay.monthAndDay(day)
        guard months.contains(month) else { return false }
        let isDay = days.contains(dayOfMonth)
        // 1 January 1970 was a Thursday.
        let isWeekday = weekdays.contains((day + 4).quotientAndRemainder(downBy: 7).remainder)
        return matchesEitherDay ? isDay || isWeekday : isDay && isWeekday
    }
}

/// The days of the Gregorian calendar by their number since 1970.
private enum CivilDay {
    /// Counts in eras of 400 years that begin in March, so that a leap day is the last of its year.
    static func monthAndDay(_ day: Int) -> (month: Int, day: Int) {
        let dayOfEra = (day + 719_468).quotientAndRemainder(downBy: 146_097).remainder
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}

extension Int {
    /// Division that rounds down, also below zero.
    func quotientAndRemainder(downBy divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
