import Resources

/// A scalar as YAML text.
struct ScalarText {
    let text: String

    /// - Parameter indentation: The spaces before each line of a text of several lines.
    init(_ value: Value, indentation: Int) {
        text =
            switch value {
            case .array: "[]"
            case .object: "{}"
            case .string(let string): Self.block(string, indentation: indentation) ?? Self.inLine(string)
            default: value.json
            }
    }

    /// The text on one line, in quotes where it needs them.
    static func inLine(_ string: String) -> String {
        if isPlain(string) { return string }
        let isSafe = string.unicodeScalars.allSatisfy { isPrintable($0) }
        let hasEscapes = string.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        return isSafe && hasEscapes ? singleQuoted(string) : doubleQuoted(string)
    }

    /// The text as a literal block without its last line break; nil where it has no line breaks or does not survive as
    /// one.
    private static func block(_ string: String, indentation: Int) -> String? {
        guard let first = string.unicodeScalars.first, !" \t\n".unicodeScalars.contains(first),
            string.utf8.contains(UInt8(ascii: "\n")),
            string.unicodeScalars.allSatisfy({ $0 == "\n" || isPrintable($0) })
        else { return nil }
        // Swift takes CR LF for one character, so the lines are split as bytes.
        var lines = string.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String($0) ?? ""
        }
        var header = "|-"
        if lines.last == "" {
            lines.removeLast()
            header = lines.last == "" ? "|+" : "|"
        }
        let margin = "\n" + String(repeating: " ", count: indentation)
        return header + lines.map { $0.isEmpty ? "\n" : margin + $0 }.joined()
    }

    /// Whether a reader takes the text without quotes for the same text.
    private static func isPlain(_ string: String) -> Bool {
        let bytes = Array(string.utf8)
        guard let first = bytes.first, let last = bytes.last else { return false }
        if "?:,[]{}#&*!|>'\"%@` =".utf8.contains(first) || last == UInt8(ascii: " ") || last == UInt8(ascii: ":") {
            return false
        }
        if first == UInt8(ascii: "-"), bytes.count == 1 || bytes[1] == UInt8(ascii: " ") { return false }
        if string.hasPrefix("---") || string.hasPrefix("...") || string == "<<" { return false }
        for (byte, next) in zip(bytes, bytes.dropFirst()) {
            if byte == UInt8(ascii: ":") && next == UInt8(ascii: " ") { return false }
            if byte == UInt8(ascii: " ") && next == UInt8(ascii: "#") { return false }
        }
        return string.unicodeScalars.allSatisfy { isPrintable($0) && $0 != "\t" }
            && ScalarResolver.plain(string) == .string(string) && !isNumberElsewhere(bytes)
    }

    /// Dates, base-60 numbers and YAML 1.2's octals: text here, but not for every reader.
    private static func isNumberElsewhere(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, "0123456789+-.".utf8.contains(first) else { return false }
        let isDate =
            bytes.count > 4 && bytes[..<4].allSatisfy { "0123456789".utf8.contains($0) }
            && bytes[4] == UInt8(ascii: "-")
        return isDate || bytes.allSatisfy { "0123456789+-.:_".utf8.contains($0) } && bytes.contains(UInt8(ascii: ":"))
            || bytes.starts(with: "0o".utf8)
    }

    /// Whether the character may stand in YAML text unescaped and is no line break.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
            true
        default: false
        }
    }

    private static func singleQuoted(_ string: String) -> String {
        var result = "'"
        for scalar in string.unicodeScalars {
            result.unicodeScalars.append(scalar)
            if scalar == "'" { result += "'" }
        }
        return result + "'"
    }

    private static func doubleQuoted(_ string: String) -> String {
        var result = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if isPrintable(scalar) { result.unicodeScalars.append(scalar) } else { result += escape(scalar) }
            }
        }
        return result + "\""
    }

    /// No character that needs it lies above U+FFFF.
    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
