/// Splits a file into its documents, at lines that start with `---`, before any parser sees them.
///
/// The rule is that of Kubernetes' reader (apimachinery, `pkg/util/yaml/decoder.go`): only a comment may follow.
struct DocumentSplitter {
    /// A document's bytes and where they begin.
    struct Part: Hashable {
        let range: Range<Int>
        let firstLine: Int
    }

    private(set) var parts: [Part] = []
    private(set) var errors: [YAMLError] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var firstLine = 1
        var line = 1
        var lineStart = start
        var isBroken = false
        while lineStart < bytes.count {
            let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            if Self.isSeparator(bytes[lineStart..<lineEnd]) {
                if !isBroken { add(start..<lineStart, firstLine) }
                let error = Self.check(bytes[lineStart..<lineEnd], line: line)
                errors += error.map { [$0] } ?? []
                isBroken = error != nil
                start = min(lineEnd + 1, bytes.count)
                firstLine = line + 1
            }
            lineStart = lineEnd + 1
            line += 1
        }
        if !isBroken { add(start..<bytes.count, firstLine) }
    }

    private mutating func add(_ range: Range<Int>, _ firstLine: Int) {
        if !range.isEmpty { parts.append(Part(range: range, firstLine: firstLine)) }
    }

    private static func isSeparator(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        line.count >= 3 && line.first == UInt8(ascii: "-") && line.prefix(3).allSatisfy { $0 == UInt8(ascii: "-") }
    }

    private static func check(_ line: Slice<UnsafeBufferPointer<UInt8>>, line number: Int) -> YAMLError? {
        let rest = line.dropFirst(3)
        guard let text = rest.firstIndex(where: { $0 != UInt8(ascii: " ") && !(0x09...0x0D).contains($0) }),
            rest[text] != UInt8(ascii: "#")
        else { return nil }
        let message = "only a comment may follow --- on its line: begin the document on the next line"
        return YAMLError(code: "separator", message: message, line: number, column: text - line.startIndex + 1)
    }
}
