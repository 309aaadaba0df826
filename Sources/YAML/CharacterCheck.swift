/// Checks that a text is UTF-8 and has only the characters that YAML allows.
struct CharacterCheck {
    /// Whether lines end with something else than LF and CRLF somewhere.
    let hasUnusualBreaks: Bool

    /// - Throws: The error of the first bad byte or character, with its exact place.
    init(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int) throws(YAMLError) {
        var hasUnusualBreaks = false
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x09 {
                offset += 1
                continue
            }
            guard let (scalar, width) = Self.scalar(in: bytes, at: offset) else {
                throw Self.error(
                    "invalid-utf8", Self.encodingMessage(bytes, at: offset), in: bytes, at: offset, firstLine)
            }
            guard Self.isAllowed(scalar) else {
                let message =
                    "the character \(Self.name(of: scalar)) is not allowed; in double quotes it can be escaped"
                throw Self.error("control-character", message, in: bytes, at: offset, firstLine)
            }
            switch scalar {
            case 0x0D: hasUnusualBreaks = hasUnusualBreaks || offset + 1 >= bytes.count || bytes[offset + 1] != 0x0A
            case 0x85, 0x2028, 0x2029: hasUnusualBreaks = true
            case 0xFEFF where offset > 0 && Self.endsLine(bytes[..<offset]):
                let message = "a byte order mark (U+FEFF) stands at the start of a line; remove it"
                throw Self.error("control-character", message, in: bytes, at: offset, firstLine)
            default: break
            }
            offset += width
        }
        self.hasUnusualBreaks = hasUnusualBreaks
    }

    /// The printable characters of YAML 1.1, production `c-printable`.
    private static func isAllowed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// Whether the text ends with one of YAML's line breaks, or with a byte order mark.
    private static func endsLine(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let breaks: [[UInt8]] = [
            [0x0A], [0x0D], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9], [0xEF, 0xBB, 0xBF],
        ]
        return breaks.contains { text.suffix($0.count).elementsEqual($0) }
    }

    private static func scalar(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> (UInt32, Int)? {
        let first = bytes[offset]
        guard first >= 0x80 else { return (UInt32(first), 1) }
        let (width, least): (Int, UInt32)
        switch first {
        case 0xC2...0xDF: (width, least) = (2, 0x80)
        case 0xE0...0xEF: (width, least) = (3, 0x800)
        case 0xF0...0xF4: (width, least) = (4, 0x10000)
        default: return nil
        }
        guard offset + width <= bytes.count else { return nil }
        var value = UInt32(first) & (0x7F >> UInt32(width))
        for byte in bytes[offset + 1..<offset + width] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard value >= least, Unicode.Scalar(value) != nil else { return nil }
        return (value, width)
    }

    private static func encodingMessage(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> String {
        if offset == 0, bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return "the file is UTF-16; save it as UTF-8"
        }
        return "the byte 0x\(hex(UInt32(bytes[offset]), digits: 2)) is no valid UTF-8 here"
    }

    private static func name(of scalar: UInt32) -> String {
        scalar == 0 ? "NUL (U+0000)" : "U+" + hex(scalar, digits: 4)
    }

    private static func hex(_ number: UInt32, digits: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    private static func error(
        _ code: String, _ message: String, in bytes: UnsafeBufferPointer<UInt8>, at offset: Int, _ firstLine: Int
    ) -> YAMLError {
        let before = bytes[..<offset]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let line = firstLine + before.count { $0 == 0x0A }
        let column = String(decoding: bytes[lineStart..<offset], as: UTF8.self).unicodeScalars.count + 1
        return YAMLError(code: code, message: message, line: line, column: column)
    }
}
