internal import FoundationEssentials

/// The elements of which certificates are made, in the distinguished encoding (ITU-T X.690).
enum DER {
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag] + length(content.count) + content
    }

    private static func length(_ count: Int) -> [UInt8] {
        if count < 0x80 { return [UInt8(count)] }
        let bytes = withUnsafeBytes(of: count.bigEndian) { Array($0.drop { $0 == 0 }) }
        return [0x80 | UInt8(bytes.count)] + bytes
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(0x30, parts.flatMap { $0 }) }
    static func set(_ part: [UInt8]) -> [UInt8] { element(0x31, part) }
    static func octets(_ content: [UInt8]) -> [UInt8] { element(0x04, content) }
    static func utf8(_ text: String) -> [UInt8] { element(0x0c, Array(text.utf8)) }
    static let yes: [UInt8] = [0x01, 0x01, 0xff]

    static func bits(_ content: [UInt8], unused: UInt8 = 0) -> [UInt8] { element(0x03, [unused] + content) }

    /// `[number]` around a whole element.
    static func explicit(_ number: UInt8, _ content: [UInt8]) -> [UInt8] { element(0xa0 | number, content) }

    /// `[number]` in the place of a simple type's own tag.
    static func implicit(_ number: UInt8, _ content: [UInt8]) -> [UInt8] { element(0x80 | number, content) }

    /// - Parameter bytes: of a number that is not negative, the highest first.
    static func integer(_ bytes: [UInt8]) -> [UInt8] {
        let digits = bytes.drop { $0 == 0 }
        let needsSign = digits.first.map { $0 >= 0x80 } ?? true
        return element(0x02, (needsSign ? [0] : []) + digits)
    }

    static func identifier(_ arcs: Int...) -> [UInt8] {
        let numbers = [arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2)
        return element(0x06, numbers.flatMap(base128))
    }

    private static func base128(_ number: Int) -> [UInt8] {
        var bytes = [UInt8(number & 0x7f)]
        var rest = number >> 7
        while rest > 0 {
            bytes.insert(UInt8(rest & 0x7f) | 0x80, at: 0)
            rest >>= 7
        }
        return bytes
    }

    /// In the form of the date's century (RFC 5280, 4.1.2.5), whole seconds.
    static func time(_ date: Date) -> [UInt8] {
        let text = date.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted)).replacing("T", with: "")
        let year = Int(text.prefix(4)) ?? 0
        return year < 2050 ? element(0x17, Array(text.dropFirst(2).utf8)) : element(0x18, Array(text.utf8))
    }
}
