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

/// Dates and times in text.
enum TimeText {
    static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    /// RFC 3339.
    static func isDateTime(_ text: String) -> Bool {
        guard text.utf8.count >= 20, isDate(String(text.prefix(10))) else { return false }
        return PatternRules.matches(
            String(text.dropFirst(10)),
            "^[Tt]([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)$")
    }
}
