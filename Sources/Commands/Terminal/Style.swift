/// How text is set off: with ANSI colours, or not at all. Every output reads the same without.
package struct Style: Hashable, Sendable {
    private let usesColour: Bool

    package static let plain = Style(usesColour: false)
    package static let colour = Style(usesColour: true)

    package func bold(_ text: String) -> String { set(text, "1") }
    package func dim(_ text: String) -> String { set(text, "2") }
    package func red(_ text: String) -> String { set(text, "31") }
    package func green(_ text: String) -> String { set(text, "32") }
    package func yellow(_ text: String) -> String { set(text, "33") }
    package func cyan(_ text: String) -> String { set(text, "36") }

    private func set(_ text: String, _ code: String) -> String {
        usesColour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
