extension Diagnostic {
    /// The diagnostic as a person reads it, without a line feed at the end: the message, the place with its line and a
    /// caret, the numbered causes, the hint. Whatever came from a repository or a cluster is escaped.
    package func rendered() -> String {
        var lines = ["\(severity.rawValue)[\(code)]: \(Printable.escaped(message))"]
        let width = location.map { String($0.line).count } ?? 1
        let margin = String(repeating: " ", count: width)
        if let location {
            lines.append("\(margin)--> \(Printable.escaped(location.description))")
            if let excerpt {
                let window = ExcerptWindow(line: excerpt, column: location.column)
                lines.append("\(margin) |")
                lines.append("\(location.line) | \(window.text)")
                lines.append("\(margin) | \(String(repeating: " ", count: window.caretOffset))^")
            }
        }
        for (index, cause) in causes.enumerated() {
            lines.append("\(margin) = cause \(index + 1): \(Printable.escaped(cause))")
        }
        if let hint { lines.append("hint: \(Printable.escaped(hint))") }
        return lines.map(Self.withoutTrailingSpaces).joined(separator: "\n")
    }

    private static func withoutTrailingSpaces(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}

extension DiagnosticError {
    /// All diagnostics as a person reads them, with an empty line between them.
    package func rendered() -> String {
        diagnostics.map { $0.rendered() }.joined(separator: "\n\n")
    }
}

/// The part of a long line around a column, escaped, and where the column is in it.
private struct ExcerptWindow {
    let text: String
    /// How many characters stand before the column's.
    let caretOffset: Int

    init(line: String, column: Int, width: Int = 160) {
        let scalars = Array(line.unicodeScalars)
        let target = min(max(column - 1, 0), scalars.count)
        let start = scalars.count <= width ? 0 : max(0, target - width / 2)
        let end = min(scalars.count, start + width)
        let before = (start > 0 ? "…" : "") + Self.escaped(scalars[start..<max(start, min(target, end))])
        let after = Self.escaped(scalars[min(target, end)..<end]) + (end < scalars.count ? "…" : "")
        text = before + after
        caretOffset = before.unicodeScalars.count
    }

    private static func escaped(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return Printable.escaped(String(text))
    }
}
