internal import Resources

/// A value in one line, for people.
enum ValueText {
    /// Texts without quotation marks where they can't be mistaken, the rest as JSON; nothing is cut off.
    static func line(_ value: Value) -> String {
        guard case .string(let text) = value else { return Printable.escaped(value.json) }
        let isPlain = !text.isEmpty && text.first != " " && text.last != " " && text != "null" && !text.contains("\n")
        return isPlain && Double(text) == nil && text != "true" && text != "false"
            ? Printable.escaped(text) : Printable.escaped(value.json)
    }

    /// The value in a line of at most about so many characters, for places where the whole is shown elsewhere.
    static func short(_ value: Value, limit: Int = 60) -> String {
        let text = line(value)
        return text.count <= limit ? text : text.prefix(limit) + "…"
    }
}
