/// The text of a scalar that starts like a number, read as Go's `strconv` reads it.
struct Number {
    /// The text without its underscores.
    private let text: [UInt8]

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text.filter { $0 != UInt8(ascii: "_") }
    }

    /// The number; nil where the text is none, or one that a `Double` can't hold.
    var meaning: Scalar? {
        if let integer { return integer }
        if Self.isDecimal(text[...]) { return Self.float(text) }
        return binaryAfterPrefix
    }

    /// A number that starts with a point; its underscores must stand between digits.
    static func fraction(_ text: UnsafeBufferPointer<UInt8>) -> Scalar? {
        for (index, byte) in text.enumerated() where byte == UInt8(ascii: "_") {
            guard index > 0, index + 1 < text.count, isDigit(text[index - 1]), isDigit(text[index + 1]) else {
                return nil
            }
        }
        let bytes = text.filter { $0 != UInt8(ascii: "_") }
        return isDecimal(bytes[...]) ? float(bytes) : nil
    }

    /// An integer with an optional sign and the prefix `0x`, `0o`, `0b` or `0` (octal).
    private var integer: Scalar? {
        let isSigned = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+")
        guard let magnitude = Self.magnitude(text[(isSigned ? 1 : 0)...]) else { return nil }
        if text.first == UInt8(ascii: "-") {
            return magnitude <= UInt64(Int64.max) + 1 ? .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
        }
        if let value = Int64(exactly: magnitude) { return .integer(value) }
        return isSigned ? nil : .unsigned(magnitude)
    }

    private static func magnitude(_ digits: ArraySlice<UInt8>) -> UInt64? {
        guard let first = digits.first else { return nil }
        guard first == UInt8(ascii: "0"), digits.count > 1 else { return parse(digits, radix: 10) }
        if digits.count > 2 {
            switch digits[digits.startIndex + 1] | 0x20 {
            case UInt8(ascii: "x"): return parse(digits.dropFirst(2), radix: 16)
            case UInt8(ascii: "o"): return parse(digits.dropFirst(2), radix: 8)
            case UInt8(ascii: "b"): return parse(digits.dropFirst(2), radix: 2)
            default: break
            }
        }
        return parse(digits.dropFirst(), radix: 8)
    }

    private static func parse(_ digits: ArraySlice<UInt8>, radix: UInt64) -> UInt64? {
        var result: UInt64 = 0
        for byte in digits {
            let digit: UInt64
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt64(byte - UInt8(ascii: "a")) + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt64(byte - UInt8(ascii: "A")) + 10
            default: return nil
            }
            guard digit < radix else { return nil }
            let (product, overflow) = result.multipliedReportingOverflow(by: radix)
            let (sum, carry) = product.addingReportingOverflow(digit)
            if overflow || carry { return nil }
            result = sum
        }
        return result
    }

    /// go-yaml reads the digits after `0b` once more, and then takes a sign between them: `0b-1` is -1.
    private var binaryAfterPrefix: Scalar? {
        guard text.starts(with: Array("0b".utf8)) else { return nil }
        return Int64(String(decoding: text.dropFirst(2), as: UTF8.self), radix: 2).map(Scalar.integer)
    }

    /// Whether the text is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
    private static func isDecimal(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        func dropSign() {
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        }
        func dropDigits() -> Int {
            let before = rest.count
            rest = rest.drop(while: isDigit)
            return before - rest.count
        }
        dropSign()
        let integral = dropDigits()
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            if dropDigits() == 0 && integral == 0 { return false }
        } else if integral == 0 {
            return false
        }
        if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            dropSign()
            if dropDigits() == 0 { return false }
        }
        return rest.isEmpty
    }

    private static func float(_ text: [UInt8]) -> Scalar? {
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
        return .float(value)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
