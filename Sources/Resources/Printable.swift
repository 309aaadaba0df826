/// Text from a cluster or a repository, made safe to print.
package enum Printable {
    /// The text with everything a terminal might obey, or that might deceive a reader's eye, written as `\u{1B}`: control
    /// characters (line feeds included), formatting characters such as bidirectional overrides, line and paragraph
    /// separators, and code points that stand for no character.
    package static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isSafe(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
        }
        return result
    }

    /// Whether a terminal shows the character and does nothing else with it.
    package static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20...0x7E).contains(scalar.value) { return true }
        // The joiners shape letters of several scripts and emoji.
        if scalar == "\u{200C}" || scalar == "\u{200D}" { return true }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: !scalar.properties.isNoncharacterCodePoint
        }
    }
}
