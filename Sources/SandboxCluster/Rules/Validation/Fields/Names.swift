/// The formats of names, each with what is wrong with a text (k8s.io/apimachinery/pkg/util/validation/validation.go).
enum Names {
    /// A rule for names of objects. A prefix (`generateName`) may end in what a name may not.
    typealias Rule = @Sendable (_ name: String, _ isPrefix: Bool) -> [String]

    static let subdomain: Rule = { dnsSubdomain($1 ? unfinished($0) : $0) }
    static let label: Rule = { dnsLabel($1 ? unfinished($0) : $0) }
    static let serviceLabel: Rule = { dns1035Label($1 ? unfinished($0) : $0) }
    static let segment: Rule = { name, _ in pathSegment(name) }

    /// A prefix may end in a dash: the server looks at it with the end replaced by a letter.
    private static func unfinished(_ prefix: String) -> String {
        prefix.hasSuffix("-") ? prefix.dropLast(2) + "a" : prefix
    }

    // MARK: Formats

    private static let labelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
    private static let subdomainPattern = labelPattern + "(\\." + labelPattern + ")*"
    private static let qualifiedPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"

    static func dnsLabel(_ text: String) -> [String] {
        lengthMessages(text, 63)
            + (isLabel(text.utf8[...])
                ? []
                : [
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must "
                        + "start and end with an alphanumeric character"
                        + examples("my-name", "123-abc", pattern: labelPattern)
                ])
    }

    static func dnsSubdomain(_ text: String) -> [String] {
        lengthMessages(text, 253)
            + (isSubdomain(text)
                ? []
                : [
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', "
                        + "and must start and end with an alphanumeric character"
                        + examples("example.com", pattern: subdomainPattern)
                ])
    }

    static func wildcardSubdomain(_ text: String) -> [String] {
        let isValid = text.hasPrefix("*.") && isSubdomain(String(text.dropFirst(2)))
        return lengthMessages(text, 253)
            + (isValid
                ? []
                : [
                    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must "
                        + "consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric "
                        + "character" + examples("*.example.com", pattern: "\\*\\." + subdomainPattern)
                ])
    }

    static func dns1035Label(_ text: String) -> [String] {
        let isValid = isLabel(text.utf8[...]) && text.utf8.first.map(isLowerLetter) ?? false
        return lengthMessages(text, 63)
            + (isValid
                ? []
                : [
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an "
                        + "alphabetic character, and end with an alphanumeric character"
                        + examples("my-name", "abc-123", pattern: "[a-z]([-a-z0-9]*[a-z0-9])?")
                ])
    }

    /// A name in a URL, which can be almost anything.
    static func pathSegment(_ text: String) -> [String] {
        if text == "." || text == ".." { return ["may not be '\(text)'"] }
        let letters: [Unicode.Scalar] = ["/", "%"]
        return letters.filter(text.unicodeScalars.contains).map { "may not contain '\($0)'" }
    }

    /// A key of labels, annotations, resources and the like: `example.com/name`.
    static func qualified(_ text: String) -> [String] {
        let bytes = text.utf8
        guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else { return qualifiedName(bytes[...]) }
        let name = bytes[bytes.index(after: slash)...]
        if name.contains(UInt8(ascii: "/")) {
            return [
                "a qualified name \(qualifiedRule()) with an optional DNS subdomain prefix and '/' (e.g. "
                    + "'example.com/MyName')"
            ]
        }
        if slash == bytes.startIndex { return ["prefix part must be non-empty"] + qualifiedName(name) }
        return dnsSubdomain(String(text[..<slash])).map { "prefix part \($0)" } + qualifiedName(name)
    }

    private static func qualifiedName(_ name: Substring.UTF8View) -> [String] {
        if isQualifiedPart(name), name.count <= 63 { return [] }
        var messages: [String] = []
        if name.isEmpty {
            messages.append("name part must be non-empty")
        } else if name.count > 63 {
            messages.append("name part must be no more than 63 characters")
        }
        return isQualifiedPart(name) ? messages : messages + ["name part \(qualifiedRule())"]
    }

    private static func qualifiedRule() -> String {
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
            + examples("MyName", "my.name", "123-abc", pattern: qualifiedPattern)
    }

    static func labelValue(_ text: String) -> [String] {
        lengthMessages(text, 63)
            + (text.isEmpty || isQualifiedPart(text.utf8[...])
                ? []
                : [
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and "
                        + "must start and end with an alphanumeric character"
                        + examples("MyValue", "my_value", "12345", pattern: "(\(qualifiedPattern))?")
                ])
    }

    static func environmentVariable(_ text: String) -> [String] {
        let isValid = isMadeOf(text, Self.isKeyByte) && !(text.utf8.first.map(isDigit) ?? true)
        if isValid { return parentMessages(text) }
        let message =
            "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and "
            + "must not start with a digit"
            + examples("my.env-name", "MY_ENV.NAME", "MyEnvName1", pattern: "[-._a-zA-Z][-._a-zA-Z0-9]*")
        return [message] + parentMessages(text)
    }

    static func configKey(_ text: String) -> [String] {
        if isMadeOf(text, isKeyByte) { return lengthMessages(text, 253) + parentMessages(text) }
        let message =
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
            + examples("key.name", "KEY_NAME", "key-name", pattern: "[-._a-zA-Z0-9]+")
        return lengthMessages(text, 253) + [message] + parentMessages(text)
    }

    static func httpHeader(_ text: String) -> [String] {
        if isMadeOf(text, { isLetter($0) || isDigit($0) || $0 == dash }) { return [] }
        return [
            "a valid HTTP header must consist of alphanumeric characters or '-'"
                + examples("X-Header-Name", pattern: "[-A-Za-z0-9]+")
        ]
    }

    static func percentage(_ text: String) -> [String] {
        if text.hasSuffix("%"), isMadeOf(String(text.dropLast()), isDigit) { return [] }
        return [
            "a valid percent string must be a numeric string followed by an ending '%'"
                + examples("1%", "93%", pattern: "[0-9]+%")
        ]
    }

    static func portName(_ text: String) -> [String] {
        var messages = lengthMessages(text, 15)
        if !isMadeOf(text, { isLowerLetter($0) || isDigit($0) || $0 == dash }) {
            messages.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
        }
        if !text.utf8.contains(where: isLowerLetter) {
            messages.append("must contain at least one letter or number (a-z, 0-9)")
        }
        if text.contains("--") { messages.append("must not contain consecutive hyphens") }
        if text.hasPrefix("-") || text.hasSuffix("-") { messages.append("must not begin or end with a hyphen") }
        return messages
    }

    static func portNumber(_ number: Int) -> [String] {
        (1...65535).contains(number) ? [] : [rangeMessage(1...65535)]
    }

    static func rangeMessage(_ range: ClosedRange<Int>) -> String {
        "must be between \(range.lowerBound) and \(range.upperBound), inclusive"
    }
}

// MARK: - Shapes

extension Names {
    private static let dash = UInt8(ascii: "-")

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isLowerLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { isLowerLetter(byte | 0x20) }
    private static func isKeyByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == dash || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }

    private static func isMadeOf(_ text: String, _ isAllowed: (UInt8) -> Bool) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isAllowed)
    }

    private static func isLabel(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first, let last = text.last, first != dash, last != dash else { return false }
        return text.allSatisfy { isLowerLetter($0) || isDigit($0) || $0 == dash }
    }

    static func isSubdomain(_ text: String) -> Bool {
        var rest = text.utf8[...]
        while let dot = rest.firstIndex(of: UInt8(ascii: ".")) {
            if !isLabel(rest[..<dot]) { return false }
            rest = rest[rest.index(after: dot)...]
        }
        return isLabel(rest)
    }

    private static func isQualifiedPart(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first, let last = text.last else { return false }
        return (isLetter(first) || isDigit(first)) && (isLetter(last) || isDigit(last)) && text.allSatisfy(isKeyByte)
    }

    private static func lengthMessages(_ text: String, _ most: Int) -> [String] {
        text.utf8.count > most ? ["must be no more than \(most) characters"] : []
    }

    private static func parentMessages(_ text: String) -> [String] {
        if text == "." || text == ".." { return ["must not be '\(text)'"] }
        return text.hasPrefix("..") ? ["must not start with '..'"] : []
    }

    private static func examples(_ examples: String..., pattern: String) -> String {
        // The stray comma and space are the server's own.
        let list = examples.map { "'\($0)', " }.joined(separator: " or ")
        return " (e.g. \(list)regex used for validation is '\(pattern)')"
    }
}
