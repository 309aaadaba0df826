internal import CLibYAML

/// The text of one document as libyaml gets it, and the way back from libyaml's marks to places in the file.
struct YAMLText {
    let bytes: UnsafeBufferPointer<UInt8>
    /// The number of the text's first line in the file.
    let firstLine: Int
    /// Whether `patched` has changed the text.
    let isPatched: Bool
    /// For each line as libyaml counts them, its line and column in the file; nil where both count the same lines.
    private let lines: [(line: Int, column: Int)]?
    private let reached: Reached

    init(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int, isPatched: Bool, hasUnusualBreaks: Bool) {
        self.bytes = bytes
        self.firstLine = firstLine
        self.isPatched = isPatched
        lines = hasUnusualBreaks ? Self.lines(of: bytes) : nil
        reached = Reached(offset: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    }

    /// The line of a directive (`%YAML`) before any content; nil where there is none.
    var directive: Place? {
        var lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = firstLine
        while lineStart < bytes.count {
            if bytes[lineStart] == UInt8(ascii: "%") { return Place(line: UInt32(line), column: 1) }
            let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let content = bytes[lineStart..<lineEnd].first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }
            guard content == nil || content == UInt8(ascii: "#") else { return nil }
            lineStart = lineEnd + 1
            line += 1
        }
        return nil
    }

    func place(_ mark: yaml_mark_t) -> Place {
        guard let lines else {
            return Place(line: UInt32(firstLine + mark.line), column: UInt32(mark.column + 1))
        }
        // At the end of the text libyaml counts one line more than there are.
        let start = lines[min(mark.line, lines.count - 1)]
        return Place(line: UInt32(firstLine + start.line), column: UInt32(start.column + mark.column + 1))
    }

    /// The character at a mark; nil at the end of the text.
    func character(at mark: yaml_mark_t, after distance: Int = 0) -> Unicode.Scalar? {
        guard let offset = offset(of: mark.index + distance) else { return nil }
        return String(decoding: bytes[offset..<min(offset + Self.width(bytes[offset]), bytes.count)], as: UTF8.self)
            .unicodeScalars.first
    }

    /// Where a character begins; nil past the end of the text.
    private func offset(of index: Int) -> Int? {
        if index < reached.index { reached.restart() }
        while reached.offset < bytes.count {
            if reached.index == index { return reached.offset }
            reached.offset += Self.width(bytes[reached.offset])
            reached.index += 1
        }
        return nil
    }

    /// The last place that was looked for: marks come in order, and a walk from the text's beginning to each takes long.
    private final class Reached {
        var index = 0
        var offset: Int
        private let start: Int

        init(offset: Int) {
            self.offset = offset
            start = offset
        }

        func restart() { (index, offset) = (0, start) }
    }

    private static func width(_ first: UInt8) -> Int {
        first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    }

    /// libyaml also ends lines at CR, NEL, LS and PS; editors and `sed` don't.
    private static func lines(of bytes: UnsafeBufferPointer<UInt8>) -> [(line: Int, column: Int)] {
        var lines = [(line: 0, column: 0)]
        var line = 0
        var column = 0
        var previous: Unicode.Scalar?
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            column += 1
            if scalar == "\n" {
                line += 1
                column = 0
                if previous == "\r" { lines.removeLast() }
            }
            if "\n\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains(scalar) { lines.append((line, column)) }
            previous = scalar
        }
        return lines
    }
}

// libyaml refuses the escape \' in double quotes, Kubernetes' reader takes it for a quote. So its backslash is given to
// libyaml as a private character, which `restored` takes out again.
extension YAMLText {
    private static let stand: Unicode.Scalar = "\u{F8F0}"

    /// The text with the backslash of each `\'` replaced; nil where there is none.
    static func patched(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        var backslashes = 0
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\\") {
                backslashes += 1
                continue
            }
            if byte == UInt8(ascii: "'"), !backslashes.isMultiple(of: 2) {
                result += bytes[copied..<index - 1]
                result += String(stand).utf8
                copied = index
            }
            backslashes = 0
        }
        guard copied > 0 else { return nil }
        result += bytes[copied...]
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.contains(stand) ? nil : result
    }

    /// A scalar's text as it is without the replacement.
    func restored(_ content: String, isDoubleQuoted: Bool) -> String {
        guard isPatched else { return content }
        var result = String.UnicodeScalarView()
        for scalar in content.unicodeScalars {
            if scalar != Self.stand {
                result.append(scalar)
            } else if !isDoubleQuoted {
                result.append("\\")
            }
        }
        return String(result)
    }
}
