/// The text of a file, by lines, for the excerpts of diagnostics.
package struct SourceText: Sendable {
    package let file: String
    private let bytes: [UInt8]
    private let lineStarts: [Int]
    /// Lines that are never shown, because they hold or may hold secret values.
    package var hiddenLines: [ClosedRange<Int>] = []

    /// The most characters of a line that are kept for an excerpt.
    private static let maximumExcerpt = 2_000

    package init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(index + 1)
        }
        lineStarts = starts
    }

    package var lineCount: Int { lineStarts.count }

    /// The text of a line, counted from 1, without its end; nil where the file has no such line.
    package func line(_ number: Int) -> String? {
        guard lineStarts.indices.contains(number - 1) else { return nil }
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        let start = lineStarts[number - 1]
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        // A code point has at most four bytes.
        let shown = bytes[start..<min(end, start + 4 * Self.maximumExcerpt)]
        return String(String(decoding: shown, as: UTF8.self).unicodeScalars.prefix(Self.maximumExcerpt))
    }

    /// The line to show with a diagnostic; the mask alone where the line is hidden, nil where the line is empty or the
    /// column lies beyond what is kept of it.
    package func excerpt(line number: Int, column: Int) -> String? {
        guard column <= Self.maximumExcerpt, let text = line(number), !text.isEmpty else { return nil }
        guard hiddenLines.contains(where: { $0.contains(number) }) else { return text }
        return String(repeating: " ", count: max(0, column - 1)) + Redaction.mask
    }

    /// A diagnostic at a place of this file, with its line.
    package func diagnostic(
        _ severity: Diagnostic.Severity = .error,
        code: String,
        _ message: String,
        line: Int,
        column: Int,
        causes: [String] = [],
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            severity,
            code: code,
            message,
            at: SourceLocation(file: file, line: line, column: column),
            excerpt: excerpt(line: line, column: column),
            causes: causes,
            hint: hint
        )
    }
}
