package import Resources

/// A document of a YAML file.
package struct YAMLDocument: Sendable {
    package let value: Value
    package let positions: Positions
}

/// Reads YAML as Kubernetes reads it, but takes no doubtful text for granted: duplicate keys and text after the end of
/// a document are errors here.
package enum YAMLReader {
    /// The documents of a file without the empty ones, and the errors of those that can't be read.
    package static func documents(
        in bytes: [UInt8], limits: YAMLLimits = YAMLLimits()
    ) -> (documents: [YAMLDocument], errors: [YAMLError]) {
        guard bytes.count <= limits.maximumBytes else {
            let message =
                "the file has \(megabytes(bytes.count)), the limit is \(megabytes(limits.maximumBytes)): split it"
            return ([], [YAMLError("too-large", message, at: .start)])
        }
        // Like a last line that ends: block texts keep their line break.
        let text = bytes.last == UInt8(ascii: "\n") ? bytes : bytes + [UInt8(ascii: "\n")]
        return text.withUnsafeBufferPointer { text in
            var reading = Reading(limits: limits)
            let split = DocumentSplitter(text)
            for part in split.parts {
                reading.read(UnsafeBufferPointer(rebasing: text[part.range]), firstLine: part.firstLine)
            }
            return reading.finish(with: split.errors)
        }
    }

    private static func megabytes(_ bytes: Int) -> String {
        let tenths = (bytes * 10 + (1 << 19)) >> 20
        return tenths.isMultiple(of: 10) ? "\(tenths / 10) MiB" : "\(tenths / 10).\(tenths % 10) MiB"
    }
}

/// The reading of one file.
private struct Reading {
    private var builder: TreeBuilder
    private var roots: [(value: Value, node: UInt32)] = []
    private var errors: [YAMLError] = []

    init(limits: YAMLLimits) {
        builder = TreeBuilder(limits: limits)
    }

    mutating func finish(with more: [YAMLError]) -> (documents: [YAMLDocument], errors: [YAMLError]) {
        let table = builder.finishFile()
        let documents = roots.map { root in
            YAMLDocument(
                value: root.value,
                positions: Positions(table: table, root: root.node, value: root.value)
            )
        }
        return (documents, (errors + more).sorted { ($0.line, $0.column) < ($1.line, $1.column) })
    }

    /// Reads the text between two `---`.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int) {
        if let texts = JSONScanner.objects(in: bytes) {
            var scanner = JSONScanner(bytes, firstLine: firstLine)
            for range in texts {
                endDocument { (builder) throws(YAMLError) in try scanner.read(range, into: &builder) }
            }
            return
        }
        endDocument { (builder) throws(YAMLError) in
            let check = try CharacterCheck(bytes, firstLine: firstLine)
            let patched = YAMLText.patched(bytes)
            try (patched ?? []).withUnsafeBufferPointer { (copy) throws(YAMLError) in
                let text = YAMLText(
                    patched == nil ? bytes : copy,
                    firstLine: firstLine,
                    isPatched: patched != nil,
                    hasUnusualBreaks: check.hasUnusualBreaks
                )
                try LibYAMLParser.read(text, into: &builder)
            }
        }
    }

    private mutating func endDocument(_ read: (inout TreeBuilder) throws(YAMLError) -> Void) {
        var fatal: [YAMLError] = []
        do throws(YAMLError) { try read(&builder) } catch { fatal = [error] }
        let (root, found) = builder.finishDocument()
        errors += found + fatal
        if let root, found.isEmpty, fatal.isEmpty, !root.value.isNull { roots.append(root) }
    }
}
