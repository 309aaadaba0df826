/// The rules for names of apimachinery's `pkg/util/validation` that planning needs.
package enum DNSName {
    /// Whether the text is a DNS-1123 subdomain: labels of lower-case letters, digits and `-`, joined by dots.
    package static func isSubdomain(_ text: some StringProtocol) -> Bool {
        text.utf8.count <= 253
            && text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
                isDelimited(label) { isLowercaseLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
            }
    }

    /// Whether the text is a qualified name: an optional DNS-1123 subdomain with a slash, and up to 63 letters, digits,
    /// `-`, `_` and `.` that begin and end with a letter or digit.
    static func isQualifiedName(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let name = parts.last, name.utf8.count <= 63 else { return false }
        if parts.count == 2, !isSubdomain(parts[0]) { return false }
        return isDelimited(name.utf8) { isLetterOrDigit($0) || "-_.".utf8.contains($0) }
    }

    private static func isDelimited(_ text: some BidirectionalCollection<UInt8>, by isAllowed: (UInt8) -> Bool) -> Bool
    {
        guard let first = text.first, let last = text.last else { return false }
        return isLetterOrDigit(first) && isLetterOrDigit(last) && text.allSatisfy(isAllowed)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLowercaseLetter(byte) || isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    private static func isLowercaseLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
