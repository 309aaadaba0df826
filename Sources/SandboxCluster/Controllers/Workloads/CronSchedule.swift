internal import FoundationEssentials

/// The times of a CronJob's schedule, in UTC: minute, hour, day of the month, month, day of the week
/// (github.com/robfig/cron, which Kubernetes uses).
struct CronSchedule: Equatable {
    private let minutes: Set<Int>
    private let hours: Set<Int>
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    /// Whether both days are restricted: one of them is enough then.
    private let matchesEitherDay: Bool

    private static let macros = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]

    /// Nil for a text that is no schedule.
    init?(_ text: String) {
        let fields = (Self.macros[text] ?? text).split(whereSeparator: \.isWhitespace).map(String.init)
        guard fields.count == 5,
            let minutes = Self.numbers(fields[0], 0...59), let hours = Self.numbers(fields[1], 0...23),
            let days = Self.numbers(fields[2], 1...31),
            let months = Self.numbers(fields[3], 1...12, names: "jan feb mar apr may jun jul aug sep oct nov dec"),
            let weekdays = Self.numbers(fields[4], 0...7, names: "sun mon tue wed thu fri sat")
        else { return nil }
        (self.minutes, self.hours, self.days, self.months) = (minutes, hours, days, months)
        self.weekdays = Set(weekdays.map { $0 % 7 })
        matchesEitherDay = ![fields[2], fields[4]].contains { $0.hasPrefix("*") || $0.hasPrefix("?") }
    }

    /// The values of a field: `*`, `1,3`, `1-5`, `*/15`, `mon-fri`; nil for a text that is none.
    private static func numbers(_ field: String, _ range: ClosedRange<Int>, names: String = "") -> Set<Int>? {
        let names = names.split(separator: " ").map(String.init)
        func number(_ text: Substring) -> Int? {
            if let index = names.firstIndex(of: text.lowercased()) { return index + range.lowerBound }
            return Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
        var result: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let step = pieces.count == 2 ? Int(pieces[1]) : 1, step > 0, let first = pieces.first else {
                return nil
            }
            let bounds = first.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            let span: ClosedRange<Int>
            if first == "*" || first == "?" {
                span = range
            } else if bounds.count == 2, let low = number(bounds[0]), let high = number(bounds[1]), low <= high {
                span = low...high
            } else if bounds.count == 1, let only = number(first) {
                span = pieces.count == 2 ? only...range.upperBound : only...only
            } else {
                return nil
            }
            result.formUnion(stride(from: span.lowerBound, through: span.upperBound, by: min(step, range.count)))
        }
        return result
    }

    /// The first time after another one; nil where there is none within some years.
    func next(after time: Date) -> Date? {
        let start = Int((time.timeIntervalSince1970 / 60).rounded(.down)) + 1
        var day = Int((Double(start) / 1440).rounded(.down))
        var minute = start - day * 1440
        for _ in 0..<(366 * 9) {
            if matches(day: day) {
                for candidate in minute..<1440
                where hours.contains(candidate / 60) && minutes.contains(candidate % 60) {
                    return Date(timeIntervalSince1970: Double((day * 1440 + candidate) * 60))
                }
            }
            (day, minute) = (day + 1, 0)
        }
        return nil
    }

    /// The last time up to `end` that is after `start`, and how many there are; nil where there is none.
    func last(after start: Date, until end: Date) -> (time: Date, count: Int)? {
        var result: (time: Date, count: Int)?
        var time = start
        while let next = next(after: time), next <= end, result?.count ?? 0 < 1000 {
            result = (next, (result?.count ?? 0) + 1)
            time = next
        }
        return result
    }

    /// - Parameter day: Since 1970.
    private func matches(day: Int) -> Bool {
        let (month, dayOfMonth) = Self.date(day)
        guard months.contains(month) else { return false }
        let weekday = ((day + 4) % 7 + 7) % 7
        let (isDay, isWeekday) = (days.contains(dayOfMonth), weekdays.contains(weekday))
        return matchesEitherDay ? isDay || isWeekday : isDay && isWeekday
    }

    /// The month and the day in it (the civil calendar by eras of 400 years that begin in March).
    private static func date(_ day: Int) -> (month: Int, day: Int) {
        let shifted = day + 719_468
        let dayOfEra = ((shifted % 146_097) + 146_097) % 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}
