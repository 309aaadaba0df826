internal import Resources

/// Why Go's `encoding/json` refuses a text: its scanner (src/encoding/json/scanner.go), as far as its errors go.
struct GoJSONSyntax {
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    private let bytes: [UInt8]
    private var position = 0

    /// What is wrong with the text; nil where it is JSON.
    static func reason(against bytes: [UInt8]) -> String? {
        var scanner = GoJSONSyntax(bytes: bytes)
        do throws(Failure) {
            try scanner.value()
            scanner.skipSpace()
            if let byte = scanner.next { throw scanner.unexpected(byte, "after top-level value") }
            return nil
        } catch {
            return error.text
        }
    }

    /// The same for a text that must be an object or null.
    /// - Parameter type: the Go type that it is read into.
    static func reason(against bytes: [UInt8], asObject type: String) -> String? {
        if let reason = reason(against: bytes) { return reason }
        return (try? Value(json: bytes)).flatMap { reason(against: $0, asObject: type) }
    }

    /// Why a value is neither an object nor null.
    static func reason(against value: Value, asObject type: String) -> String? {
        if value.object != nil || value.isNull { return nil }
        return "json: cannot unmarshal \(GoKind.name(of: value)) into Go value of type \(type)"
    }

    private struct Failure: Error {
        let text: String
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private func unexpected(_ byte: UInt8?, _ place: String) -> Failure {
        guard let byte else { return Failure(text: "unexpected end of JSON input") }
        let quoted =
            switch byte {
            case UInt8(ascii: "'"): "'\\''"
            case UInt8(ascii: "\""): "'\"'"
            default: "'\(GoSyntax.quoted(String(Unicode.Scalar(byte))).dropFirst().dropLast())'"
            }
        return Failure(text: "invalid character \(quoted) \(place)")
    }

    private mutating func take(_ expected: UInt8, _ place: String) throws(Failure) {
        guard next == expected else { throw unexpected(next, place) }
        position += 1
    }

    private mutating func value() throws(Failure) {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"):
            try list(until: UInt8(ascii: "}"), "after object key:value pair") { scanner throws(Failure) in
                try scanner.member()
            }
        case UInt8(ascii: "["):
            try list(until: UInt8(ascii: "]"), "after array element") { scanner throws(Failure) in
                try scanner.value()
            }
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        case UInt8(ascii: "-")?: try number()
        case let byte? where Self.digits.contains(byte): try number()
        case let byte: throw unexpected(byte, "looking for beginning of value")
        }
    }

    /// Reads elements with commas between them.
    private mutating func list(
        until end: UInt8, _ place: String, _ element: (inout Self) throws(Failure) -> Void
    ) throws(Failure) {
        position += 1
        skipSpace()
        if next == end {
            position += 1
            return
        }
        while true {
            try element(&self)
            skipSpace()
            if next == end {
                position += 1
                return
            }
            try take(UInt8(ascii: ","), place)
        }
    }

    private mutating func member() throws(Failure) {
        skipSpace()
        guard next == UInt8(ascii: "\"") else { throw unexpected(next, "looking for beginning of object key string") }
        try string()
        skipSpace()
        try take(UInt8(ascii: ":"), "after object key")
        try value()
    }

    private mutating func string() throws(Failure) {
        position += 1
        while let byte = next, byte != UInt8(ascii: "\"") {
            if byte < 0x20 { throw unexpected(byte, "in string literal") }
            position += 1
            if byte == UInt8(ascii: "\\") { try escape() }
        }
        try take(UInt8(ascii: "\""), "in string literal")
    }

    private mutating func escape() throws(Failure) {
        guard let byte = next, "bfnrt\\/\"u".utf8.contains(byte) else {
            throw unexpected(next, "in string escape code")
        }
        position += 1
        guard byte == UInt8(ascii: "u") else { return }
        for _ in 0..<4 {
            guard let digit = next, Unicode.Scalar(digit).properties.isASCIIHexDigit else {
                throw unexpected(next, "in \\u hexadecimal character escape")
            }
            position += 1
        }
    }

    private mutating func literal(_ text: String) throws(Failure) {
        for letter in text.utf8 {
            try take(letter, "in literal \(text) (expecting '\(Unicode.Scalar(letter))')")
        }
    }

    private mutating func number() throws(Failure) {
        if next == UInt8(ascii: "-") { position += 1 }
        if next == UInt8(ascii: "0") { position += 1 } else { try digits("in numeric literal") }
        if next == UInt8(ascii: ".") {
            position += 1
            try digits("after decimal point in numeric literal")
        }
        guard next == UInt8(ascii: "e") || next == UInt8(ascii: "E") else { return }
        position += 1
        if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
        try digits("in exponent of numeric literal")
    }

    private mutating func digits(_ place: String) throws(Failure) {
        let isDigit = { (byte: UInt8?) in byte.map(Self.digits.contains) == true }
        guard isDigit(next) else { throw unexpected(next, place) }
        while isDigit(next) { position += 1 }
    }
}
