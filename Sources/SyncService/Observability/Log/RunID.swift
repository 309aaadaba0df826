package import FoundationEssentials

/// What tells a run of the service from all others: 16 digits and lower-case letters, which sort by time.
///
/// Ten of them are the milliseconds since 1970, six are random, in Crockford's base 32 (as in a ULID, but shorter).
package struct RunID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let text: String

    package init(now: Date = .now, random: UInt32 = .random(in: 0...UInt32.max)) {
        let milliseconds = UInt64(max(0, (now.timeIntervalSince1970 * 1000).rounded()))
        text = Self.digits(milliseconds, count: 10) + Self.digits(UInt64(random), count: 6)
    }

    package var description: String { text }

    package static func < (left: RunID, right: RunID) -> Bool { left.text < right.text }

    /// The lowest digits of the number, five bits each.
    private static func digits(_ number: UInt64, count: Int) -> String {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        let digits = (0..<count).reversed().map { alphabet[Int(number >> (5 * UInt64($0)) & 31)] }
        return String(decoding: digits, as: UTF8.self)
    }
}
