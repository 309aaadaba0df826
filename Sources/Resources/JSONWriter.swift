extension Value {
    /// The value as compact JSON with sorted keys: equal values give equal bytes, which digests rely on.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(indentation: nil)
        writer.write(self)
        return writer.bytes
    }

    /// The value as compact JSON text with sorted keys.
    package var json: String { String(decoding: jsonBytes, as: UTF8.self) }

    /// The value as JSON text for people: sorted keys, two spaces a level.
    package var prettyJSON: String {
        var writer = JSONWriter(indentation: 2)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

private struct JSONWriter {
    let indentation: Int?
    var bytes: [UInt8] = []
    private var level = 0

    init(indentation: Int?) {
        self.indentation = indentation
    }

    mutating func write(_ value: Value) {
        switch value {
        case .null: text("null")
        case .bool(let value): text(value ? "true" : "false")
        case .integer(let value): text(String(value))
        case .unsigned(let value): text(String(value))
        case .double(let value): text("\(value)")
        case .string(let value): string(value)
        case .array(let elements): list(elements, open: "[", close: "]") { $0.write($1) }
        case .object(let fields):
            list(fields.sorted { $0.key < $1.key }, open: "{", close: "}") { writer, field in
                writer.string(field.key)
                writer.text(writer.indentation == nil ? ":" : ": ")
                writer.write(field.value)
            }
        }
    }

    private mutating func list<T>(_ items: [T], open: String, close: String, item: (inout Self, T) -> Void) {
        text(open)
        level += 1
        for (index, element) in items.enumerated() {
            if index > 0 { text(",") }
            newline()
            item(&self, element)
        }
        level -= 1
        if !items.isEmpty { newline() }
        text(close)
    }

    private mutating func newline() {
        guard let indentation else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation * level))
    }

    private mutating func text(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy(Self.standsForItself) {
            bytes.append(contentsOf: text.utf8)
        } else {
            escaped(text)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func standsForItself(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func escaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): self.text("\\\"")
            case UInt8(ascii: "\\"): self.text("\\\\")
            case UInt8(ascii: "\n"): self.text("\\n")
            case UInt8(ascii: "\r"): self.text("\\r")
            case UInt8(ascii: "\t"): self.text("\\t")
            case 0..<0x20, 0x7F:
                self.text("\\u00")
                self.text((byte < 0x10 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
    }
}
