internal import FoundationEssentials
internal import Resources

/// A JSON object on a line of its own, safe to show on a terminal.
enum JSONLine {
    /// The object with its fields in the given order, without those that are nil, and a line feed at its end.
    static func bytes(_ fields: [(name: String, value: Value?)]) -> [UInt8] {
        let members = fields.compactMap { field in
            field.value.map { Value.string(field.name).json + ":" + $0.json }
        }
        return Array(("{" + escaped(members.joined(separator: ",")) + "}\n").utf8)
    }

    /// The JSON text with what a terminal might obey as `\u....`; such characters stand in strings only.
    private static func escaped(_ json: String) -> String {
        if json.utf8.allSatisfy({ $0 < 0x80 }) { return json }
        var result = ""
        for scalar in json.unicodeScalars {
            if Printable.isSafe(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 { result += "\\u" + hexadecimal(unit) }
            }
        }
        return result
    }

    private static func hexadecimal(_ unit: UInt16) -> String {
        [UInt8(unit >> 8), UInt8(unit & 0xFF)].hexadecimal
    }
}

extension Date {
    /// In RFC 3339, in UTC, to the millisecond: `2026-01-02T03:04:05.678Z`.
    var milliseconds: String {
        formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
