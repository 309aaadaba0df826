/// The rules for names and keys, those of apimachinery's `pkg/util/validation` and `pkg/api/validation/path`.
enum NameSyntax {
    /// Why the text is no DNS-1123 label; nil where it is one.
    static func labelProblem(_ text: String) -> String? {
        if text.utf8.count > 63 { return "it has \(text.utf8.count) characters, and at most 63 are allowed" }
        if isLabel(text.utf8) { return nil }
        return "it must be lower-case letters, digits and -, and begin and end with a letter or digit"
    }

    /// Why the text is no DNS-1123 subdomain; nil where it is one.
    static func subdomainProblem(_ text: String, limit: Int = 253) -> String? {
        if text.utf8.count > limit { return "it has \(text.utf8.count) characters, and at most \(limit) are allowed" }
        if text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy({ isLabel($0) }) {
            return nil
        }
        return "it must be lower-case letters, digits, - and ., and begin and end with a letter or digit"
    }

    /// Why the text cannot be a segment of a URL's path, which is all that is asked of RBAC's names.
    static func pathSegmentProblem(_ text: String) -> String? {
        if text == "." || text == ".." { return "it may not be \"\(text)\"" }
        if text.contains("/") { return "it may not contain /" }
        return text.contains("%") ? "it may not contain %" : nil
    }

    /// Why the text is no qualified name, such as `app.kubernetes.io/name`; nil where it is one.
    static func qualifiedNameProblem(_ text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count > 2 { return "it may contain only one /" }
        if parts.count == 2, let problem = subdomainProblem(String(parts[0])) {
            return "the part before / is no DNS name: \(problem)"
        }
        let name = parts.last ?? ""
        if name.isEmpty { return parts.count == 2 ? "nothing stands after /" : "it is empty" }
        if name.utf8.count > 63 { return "the name has \(name.utf8.count) characters, and at most 63 are allowed" }
        if isLabelText(name.utf8) { return nil }
        return "it must be letters, digits, -, _ and ., and begin and end with a letter or digit"
    }

    /// Why the text is no label's value; nil where it is one.
    static func labelValueProblem(_ text: String) -> String? {
        if text.isEmpty || (text.utf8.count <= 63 && isLabelText(text.utf8)) { return nil }
        if text.utf8.count > 63 { return "it has \(text.utf8.count) characters, and at most 63 are allowed" }
        return "it must be letters, digits, -, _ and ., and begin and end with a letter or digit"
    }

    private static func isLabel(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return isLowercaseOrDigit(first) && isLowercaseOrDigit(last)
            && bytes.allSatisfy { isLowercaseOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLabelText(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && bytes.allSatisfy { byte in
                isAlphanumeric(byte) || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
            }
    }

    private static func isLowercaseOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || isDigit(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLowercaseOrDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
