import Resources

/// Times as Kubernetes writes them: UTC, with whole seconds (`metav1.Time`) or six digits of them (`metav1.MicroTime`).
enum GoTime {
    /// The text without fractions, in UTC; nil where it is no time or nothing has to change.
    static func wholeSeconds(_ text: String) -> String? {
        if text.utf8.count == 20, text.utf8.last == UInt8(ascii: "Z") { return nil }
        return parts(text).map { $0.text + "Z" }
    }

    /// The text with six digits of a second, in UTC; nil where it is no time or nothing has to change.
    static func microseconds(_ text: String) -> String? {
        if text.utf8.count == 27, text.utf8.last == UInt8(ascii: "Z") { return nil }
        return parts(text).map { $0.text + "." + $0.fraction.padded(to: 6) + "Z" }
    }

    /// The time to the second in UTC, without a zone, and the digits of its fraction.
    private static func parts(_ text: String) -> (text: String, fraction: Substring)? {
        let digits = text.split(whereSeparator: { !$0.isASCII || !$0.isNumber })
        guard digits.count >= 6, text.utf8.count >= 20 else { return nil }
        let numbers = digits.compactMap { Int($0) }
        let isFractional = text.utf8.dropFirst(19).first == UInt8(ascii: ".")
        let fraction = isFractional && digits.count > 6 ? digits[6] : ""
        let zone = numbers.dropFirst(isFractional ? 7 : 6)
        var offset = 0
        if let hours = zone.first, let minutes = zone.dropFirst().first {
            let isWest = text.dropFirst(19).contains("-")
            offset = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
        }
        guard numbers.count == digits.count else { return nil }
        let days = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]).daysSince1970
        let seconds = days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5] - offset
        return (Self.text(secondsSince1970: seconds), fraction)
    }

    private static func text(secondsSince1970 seconds: Int) -> String {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let time = seconds - days * 86_400
        let date = CivilDate(daysSince1970: days)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let year = String(date.year)
        let day = "\(String(repeating: "0", count: max(0, 4 - year.count)))\(year)-\(two(date.month))-\(two(date.day))"
        return "\(day)T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))"
    }

    /// `metav1.Time` of a moment.
    static func text(secondsSince1970 seconds: Double) -> String {
        text(secondsSince1970: Int(seconds.rounded(.down))) + "Z"
    }
}

extension Substring {
    fileprivate func padded(to count: Int) -> String {
        String(prefix(count)) + String(repeating: "0", count: Swift.max(0, count - self.count))
    }
}

/// A day of the Gregorian calendar.
private struct CivilDate {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// In years that begin in March, the leap day comes last.
    var daysSince1970: Int {
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    init(daysSince1970: Int) {
        let days = daysSince1970 + 719_468
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}
