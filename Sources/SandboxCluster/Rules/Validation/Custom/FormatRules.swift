internal import Resources

/// The formats of texts that the server knows (k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go); others
/// mean nothing to it.
enum FormatRules {
    private static let known: Set<String> = [
        "bsonobjectid", "uri", "email", "hostname", "ipv4", "ipv6", "cidr", "mac", "uuid", "uuid3", "uuid4", "uuid5",
        "isbn", "isbn10", "isbn13", "creditcard", "ssn", "hexcolor", "rgbcolor", "byte", "password", "date",
        "duration", "datetime",
    ]

    /// The format that a schema names, as it stands there; nil where it means nothing.
    static func format(of schema: SchemaView) -> String? {
        guard let format = schema.keyword("format")?.string, known.contains(format.filter { $0 != "-" }) else {
            return nil
        }
        return format
    }

    /// Whether the text has the format; the few formats that are not looked into have every text.
    static func matches(_ text: String, _ format: String) -> Bool {
        switch format.filter({ $0 != "-" }) {
        case "datetime": TimeText.isDateTime(text)
        case "date": TimeText.isDate(text)
        case "duration": Duration(goText: text) != nil || PatternRules.matches(text, longDuration)
        case "uri": text.contains(":") && !text.hasPrefix(":") && !text.contains(" ") || text.hasPrefix("/")
        case "email":
            PatternRules.matches(text, "^[^@\\s]+@[^@\\s]+$") || PatternRules.matches(text, "<[^@\\s]+@[^@\\s]+>$")
        case "hostname": Names.isSubdomain(text.lowercased()) && text.utf8.count <= 255
        case "ipv4": IPAddress(text)?.isVersion4 == true
        case "ipv6": text.contains(":") && IPAddress(text) != nil
        case "cidr": AddressRange(text) != nil
        case "mac":
            PatternRules.matches(
                text, "^([0-9a-fA-F]{2}[:-]){5,}[0-9a-fA-F]{2}$|^([0-9a-fA-F]{4}\\.){2,}[0-9a-fA-F]{4}$")
        case "uuid", "uuid3", "uuid4", "uuid5": isUUID(text, version: format.dropFirst(4))
        case "byte": Base64.decode(text) != nil
        case "hexcolor": PatternRules.matches(text, "^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")
        case "ssn": PatternRules.matches(text, "^\\d{3}[- ]?\\d{2}[- ]?\\d{4}$")
        case "bsonobjectid": PatternRules.matches(text, "^[0-9a-fA-F]{24}$")
        default: true
        }
    }

    /// Scala's way to write durations, which the library knows besides Go's: `2 days`.
    private static let longDuration =
        "^\\s*\\d+(\\.\\d+)?\\s*(ns|nano|us|µs|micro|ms|milli|s|sec|second|m|min|minute|h|hr|hour|d|day|w|week|wk)s?\\s*$"

    private static func isUUID(_ text: String, version: Substring) -> Bool {
        let digits = text.filter { $0 != "-" }
        guard digits.count == 32, digits.allSatisfy(\.isHexDigit), digits.allSatisfy(\.isASCII) else { return false }
        let versionDigit = digits[digits.index(digits.startIndex, offsetBy: 12)]
        return version.isEmpty || version.first == versionDigit
    }
}

/// Dates and times in text; read byte by byte, since every write has some.
enum TimeText {
    static func isDate(_ text: String) -> Bool { isDate(text.utf8[...]) }

    private static func isDate(_ text: Substring.UTF8View) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], let year = number(parts[0]), let month = number(parts[1]),
            let day = number(parts[2]), (1...12).contains(month)
        else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    /// RFC 3339.
    static func isDateTime(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count >= 20, isDate(bytes.prefix(10)), isLetter(bytes.dropFirst(10).first, "T") else {
            return false
        }
        let clock = bytes.dropFirst(11).prefix(8).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard clock.map(\.count) == [2, 2, 2], let second = number(clock[2]), second < 60 else { return false }
        var rest = bytes.dropFirst(19)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            if fraction.isEmpty { return false }
            rest = rest.dropFirst(1 + fraction.count)
        }
        return isTime(clock[0], clock[1]) && isZone(rest)
    }

    /// `Z`, `+01:00`
    private static func isZone(_ zone: Substring.UTF8View) -> Bool {
        if isLetter(zone.first, "Z") { return zone.count == 1 }
        guard zone.first == UInt8(ascii: "+") || zone.first == UInt8(ascii: "-") else { return false }
        let parts = zone.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return parts.map(\.count) == [2, 2] && isTime(parts[0], parts[1])
    }

    private static func isTime(_ hours: Substring.UTF8View, _ minutes: Substring.UTF8View) -> Bool {
        guard let hours = number(hours), let minutes = number(minutes) else { return false }
        return hours < 24 && minutes < 60
    }

    /// Whether a byte is the letter, which may be small.
    private static func isLetter(_ byte: UInt8?, _ letter: Unicode.Scalar) -> Bool {
        byte.map { $0 & ~0x20 == UInt8(ascii: letter) } ?? false
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The number that digits write; nil where anything else is among them.
    private static func number(_ digits: Substring.UTF8View) -> Int? {
        digits.allSatisfy(isDigit) ? digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : nil
    }
}
