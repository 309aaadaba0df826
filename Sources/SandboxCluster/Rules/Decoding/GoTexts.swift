internal import Resources

/// Base64 as Go's `encoding/base64` reads it.
enum GoBase64 {
    static func reason(against text: String) -> String? {
        if Base64.decode(text) != nil { return nil }
        let isDigit: (UInt8) -> Bool = { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                true
            default: false
            }
        }
        let bytes = Array(text.utf8)
        let skipped: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let place = bytes.firstIndex { !isDigit($0) && !skipped($0) } ?? bytes.count
        let digits = bytes[..<place].count(where: isDigit)
        // Of a group that breaks off, Go tells where it began.
        let isCut = place == bytes.count
        let offset = isCut ? place - digits % 4 : place + (bytes[place] == UInt8(ascii: "=") && digits % 4 > 1 ? 1 : 0)
        return "illegal base64 data at input byte \(offset)"
    }
}

/// Quantities as `resource.ParseQuantity` reads them.
enum GoQuantity {
    private static let wrongFormat =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

    static func reason(against value: Value) -> String? {
        switch value {
        case .integer, .unsigned, .double: return nil
        case .string(let text):
            if Quantity(value) != nil { return nil }
            if text.isEmpty || text.allSatisfy(\.isWhitespace) { return wrongFormat }
            return reason(againstText: text)
        default: return wrongFormat
        }
    }

    private static func reason(againstText text: String) -> String? {
        var rest = Substring(text.filter { !$0.isWhitespace })
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        if digits.isEmpty || digits == "." || digits.count(where: { $0 == "." }) > 1 { return wrongFormat }
        rest = rest.dropFirst(digits.count)
        let letters = rest.prefix { "eEinumkKMGTP".contains($0) }
        rest = rest.dropFirst(letters.count)
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        if !rest.allSatisfy({ $0.isASCII && $0.isNumber }) { return wrongFormat }
        // Amounts too large to be exact here are none too large for the server.
        return letters.isEmpty || ["n", "u", "m", "k", "M", "G", "T", "P", "E", "e"].contains(letters)
            || ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].contains(letters) ? nil : "unable to parse quantity's suffix"
    }
}

/// Times as Go's `time.Parse` reads them.
enum TimeReason {
    static func reason(against text: String, hasMicroseconds: Bool) -> String? {
        let isTime = TimeText.isDateTime(text)
        if isTime, !hasMicroseconds { return nil }
        let (rest, element) = unread(text, hasMicroseconds: hasMicroseconds)
        if isTime, element == "Z07:00" { return nil }
        let layout = hasMicroseconds ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00"
        return "parsing time \(GoSyntax.quoted(text)) as \"\(layout)\": "
            + "cannot parse \(GoSyntax.quoted(rest)) as \"\(element)\""
    }

    /// What is left of a text where it stops being a time, and what should have been there.
    private static func unread(_ text: String, hasMicroseconds: Bool) -> (rest: String, element: String) {
        let elements: [(count: Int, name: String, separator: Character?)] = [
            (4, "2006", "-"), (2, "01", "-"), (2, "02", "T"), (2, "15", ":"), (2, "04", ":"), (2, "05", nil),
        ]
        var rest = Substring(text)
        for element in elements {
            let digits = rest.prefix(element.count)
            guard digits.count == element.count, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                return (String(rest), element.name)
            }
            rest = rest.dropFirst(element.count)
            guard let separator = element.separator else { break }
            guard rest.first == separator else { return (String(rest), String(separator)) }
            rest.removeFirst()
        }
        if hasMicroseconds {
            let fraction = rest.prefix(7)
            guard fraction.count == 7, fraction.first == ".", fraction.dropFirst().allSatisfy(\.isNumber),
                rest.dropFirst(7).first?.isNumber != true
            else { return (String(rest), ".000000") }
            rest = rest.dropFirst(7)
        }
        return (String(rest), "Z07:00")
    }

    /// In UTC and in whole seconds, as the server writes it; nil where the text is no time.
    static func normalized(_ text: String) -> String? {
        if text.utf8.count == 20, text.hasSuffix("Z") { return text }
        guard TimeText.isDateTime(text) else { return nil }
        let clock = text.dropFirst(11).prefix(8)
        let zone = text.dropFirst(19).drop { $0 == "." || $0.isNumber }
        if zone == "Z" || zone == "z" { return "\(text.prefix(10))T\(clock)Z" }
        guard let hours = Int(zone.dropFirst().prefix(2)), let minutes = Int(zone.suffix(2)) else { return nil }
        let offset = (hours * 60 + minutes) * (zone.first == "-" ? -1 : 1)
        return moved(text.prefix(10), clock, by: -offset)
    }

    private static func moved(_ date: Substring, _ clock: Substring, by minutes: Int) -> String? {
        let days = date.split(separator: "-").compactMap { Int($0) }
        let times = clock.split(separator: ":").compactMap { Int($0) }
        guard days.count == 3, times.count == 3 else { return nil }
        let total = dayNumber(days[0], days[1], days[2]) * 1440 + times[0] * 60 + times[1] + minutes
        let day = total >= 0 ? total / 1440 : (total - 1439) / 1440
        let rest = total - day * 1440
        let (year, month, dayOfMonth) = civil(day)
        func padded(_ number: Int, _ width: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month))-\(padded(dayOfMonth))"
            + "T\(padded(rest / 60)):\(padded(rest % 60)):\(padded(times[2]))Z"
    }

    /// Days since the first of March of the year 0, in the Gregorian calendar.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let (years, months) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        return years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 1
    }

    private static func civil(_ number: Int) -> (year: Int, month: Int, day: Int) {
        var year = number / 365
        while dayNumber(year, 3, 1) > number { year -= 1 }
        let rest = number - dayNumber(year, 3, 1)
        let months = (rest * 5 + 2) / 153
        let day = rest - (months * 153 + 2) / 5 + 1
        return months < 10 ? (year, months + 3, day) : (year + 1, months - 9, day)
    }
}
