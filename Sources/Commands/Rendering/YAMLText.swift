internal import Manifests
internal import Resources

/// Values as YAML that is safe to print.
enum YAMLText {
    /// The lines as people read them: what could deceive them is escaped as everywhere, which YAML itself does not know.
    static func lines(of value: Value) -> [String] {
        let text = ManifestRendering.text(of: value)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(shown)
    }

    /// A document that machines read back as the same value.
    static func document(_ value: Value) -> String {
        let text = ManifestRendering.text(of: value)
        if lines(of: value).joined(separator: "\n") + "\n" == text { return text }
        // JSON is YAML in which every text stands in double quotes, so that any character can be escaped.
        return escaped(value.prettyJSON) + "\n"
    }

    /// Tabs stay as they are, because a text in a block can't hold their escape.
    private static func shown(_ line: Substring) -> String {
        line.split(separator: "\t", omittingEmptySubsequences: false).map { Printable.escaped(String($0)) }
            .joined(separator: "\t")
    }

    /// The text with YAML's own escapes (YAML 1.2, 5.7) for what is not safe to print.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            let character = String(scalar)
            if scalar == "\n" || Printable.escaped(character) == character {
                result += character
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let width = scalar.value > 0xFFFF ? 8 : 4
                result += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
            }
        }
    }
}
