internal import Resources

/// Why the server's decoder cannot read an object: replays json-iterator on the object's text as clients send it, compact
/// and with sorted keys, because its messages tell of bytes, and because it stumbles on after the first error: from then
/// on it takes back no byte that it has only looked at.
struct DecodingReason {
    /// Nil where nothing is wrong with the text.
    private(set) var text: String?
    private let bytes: [UInt8]
    private var head = 0
    private let registry: SchemaRegistry

    /// - Parameters:
    ///   - isWhole: whether it is a whole object, not a part of one.
    ///   - endsLine: whether a line feed follows, as in what the server itself has written.
    init(_ object: Value, _ type: SchemaType, _ registry: SchemaRegistry, isWhole: Bool, endsLine: Bool) {
        bytes = object.jsonBytes + (endsLine ? [UInt8(ascii: "\n")] : [])
        self.registry = registry
        read(type, isWhole: isWhole)
    }

    // MARK: Bytes

    private mutating func next() -> UInt8 {
        guard head < bytes.count else { return 0 }
        head += 1
        let byte = bytes[head - 1]
        return byte == UInt8(ascii: "\n") ? next() : byte
    }

    private mutating func unread() {
        if text == nil { head -= 1 }
    }

    /// Takes the byte where it is the one.
    private mutating func takes(_ byte: Unicode.Scalar) -> Bool {
        let isSame = next() == UInt8(ascii: byte)
        if !isSame { unread() }
        return isSame
    }

    private mutating func takesNull() -> Bool {
        guard takes("n") else { return false }
        head += 3
        return true
    }

    private mutating func report(_ operation: String, _ message: String) {
        guard text == nil else { return }
        func around(_ distance: Int) -> String {
            let range = max(0, head - distance)..<min(bytes.count, head + distance)
            return String(decoding: bytes[range], as: UTF8.self)
        }
        text =
            "\(operation): \(message), error found in #\(min(10, head)) byte of ...|\(around(10))|..., "
            + "bigger context ...|\(around(50))|..."
    }

    private mutating func wrap(_ prefix: String) {
        if let text { self.text = prefix + text }
    }

    private static func letter(_ byte: UInt8) -> String { String(decoding: [byte], as: UTF8.self) }

    // MARK: Values

    private mutating func read(_ type: SchemaType, isWhole: Bool = false) {
        var name = ""
        if case .reference(let reference) = type.shape { name = GoFieldNames.type(reference) }
        switch registry.resolved(type).shape {
        case .structure(let structure): readStructure(structure, name, isWhole: isWhole)
        case .map(let element, _): readMap(element)
        case .list(let element, _):
            readElements(element)
            wrap("[]\(elementName(element)): ")
        case .scalar(let scalar): readScalar(scalar)
        case .untyped, .reference: skip()
        }
    }

    /// - Parameter isWhole: whether it is the object itself, where `apiVersion` and `kind` are in a struct of their own.
    private mutating func readStructure(_ structure: SchemaType.Structure, _ name: String, isWhole: Bool) {
        let first = next()
        if first == UInt8(ascii: "n") {
            head += 3
            return
        }
        guard first == UInt8(ascii: "{") else {
            return report("readObjectStart", "expect { or n, but found \(Self.letter(first))")
        }
        if takes("}") { return }
        repeat { readField(structure, name, isWhole: isWhole) } while next() == UInt8(ascii: ",")
        if !name.isEmpty { wrap("\(name).") }
    }

    private mutating func readField(_ structure: SchemaType.Structure, _ name: String, isWhole: Bool) {
        let key = readString()
        _ = next()
        if isWhole, key == "apiVersion" || key == "kind" {
            _ = readString()
            wrap("TypeMeta: \(key == "kind" ? "Kind" : "APIVersion"): ")
        } else if let field = structure.fields[key] {
            if !isPointer(key, field.type) || !takesNull() { read(field.type) }
            for part in GoFieldNames.path(key, in: name).reversed() { wrap("\(part): ") }
        } else {
            skip()
        }
    }

    /// Whether the field is a pointer to a struct in Go, as most structs are.
    private func isPointer(_ name: String, _ type: SchemaType) -> Bool {
        guard case .structure = registry.resolved(type).shape else { return false }
        return !GoFieldNames.plainStructs.contains(name)
    }

    private mutating func readMap(_ element: SchemaType) {
        let first = next()
        if first == UInt8(ascii: "n") {
            head += 3
            return
        }
        guard first == UInt8(ascii: "{") else {
            return report("ReadMapCB", "expect { or n, but found \(Self.letter(first))")
        }
        if takes("}") { return }
        repeat {
            _ = readString()
            guard next() == UInt8(ascii: ":") else { return }
            read(element)
        } while next() == UInt8(ascii: ",")
    }

    private mutating func readElements(_ element: SchemaType) {
        let first = next()
        if first == UInt8(ascii: "n") {
            head += 3
            return
        }
        guard first == UInt8(ascii: "[") else {
            return report("decode slice", "expect [ or n, but found \(Self.letter(first))")
        }
        if takes("]") { return }
        repeat { read(element) } while next() == UInt8(ascii: ",")
    }

    private func elementName(_ element: SchemaType) -> String {
        if case .reference(let name) = element.shape { return GoFieldNames.type(name) }
        return switch element.shape {
        case .scalar(.boolean): "bool"
        case .scalar(let scalar): scalar.rawValue
        default: "interface {}"
        }
    }
}

// MARK: - Scalars

extension DecodingReason {
    private mutating func readScalar(_ scalar: SchemaType.Scalar) {
        switch scalar {
        case .string: _ = readString()
        case .boolean: if !takesNull() { readBoolean() }
        case .int32: if !takesNull() { readInteger(bits: 32) }
        case .int64: if !takesNull() { readInteger(bits: 64) }
        case .double: if !takesNull() { readDouble() }
        case .bytes: if !takesNull() { readBytes() }
        case .time, .microTime, .quantity, .intOrString:
            _ = next()
            unread()
            let start = head
            skip()
            guard text == nil, let value = try? Value(json: Array(bytes[start..<head])), !value.isNull,
                let reason = ScalarDecoder.reason(against: value, scalar)
            else { return }
            report("unmarshalerDecoder", reason)
        }
    }

    private mutating func readString() -> String {
        let first = next()
        if first == UInt8(ascii: "n") {
            head += 3
            return ""
        }
        guard first == UInt8(ascii: "\"") else {
            report("ReadString", "expects \" or n, but found \(Self.letter(first))")
            return ""
        }
        let start = head
        while head < bytes.count, bytes[head] != UInt8(ascii: "\"") {
            head += bytes[head] == UInt8(ascii: "\\") ? 2 : 1
        }
        head += 1
        return String(decoding: bytes[min(start, bytes.count)..<min(head - 1, bytes.count)], as: UTF8.self)
    }

    private mutating func readBoolean() {
        let first = next()
        if first == UInt8(ascii: "t") {
            head += 3
            return
        }
        if first == UInt8(ascii: "f") {
            head += 4
            return
        }
        report("ReadBool", "expect t or f, but found \(Self.letter(first))")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private mutating func readInteger(bits: Int) {
        var first = next()
        let isNegative = first == UInt8(ascii: "-")
        if isNegative { first = next() }
        guard Self.isDigit(first) else {
            // The server tells of a byte that is no character.
            return report("readUint\(bits)", "unexpected character: \u{FFFD}")
        }
        let start = head - 1
        while head < bytes.count, Self.isDigit(bytes[head]) { head += 1 }
        let digits = String(decoding: bytes[start..<head], as: UTF8.self)
        let most = bits == 32 ? UInt64(Int32.max) : UInt64(Int64.max)
        if let number = UInt64(digits), bits == 64 || number <= UInt64(UInt32.max) {
            if number > most + (isNegative ? 1 : 0) { report("ReadInt\(bits)", "overflow: \(digits)") }
        } else {
            // By then it has taken the first digits at once.
            head = min(head, start + 8)
            report("readUint\(bits)", "overflow")
        }
        if head < bytes.count, bytes[head] == UInt8(ascii: ".") {
            report("assertInteger", "can not decode float as int")
        }
    }

    private mutating func readDouble() {
        let start = head
        while head < bytes.count, "+-.eE0123456789".utf8.contains(bytes[head]) { head += 1 }
        if head == start { report("readNumberAsString", "invalid number") }
    }

    private mutating func readBytes() {
        let first = next()
        unread()
        switch first {
        case UInt8(ascii: "\""):
            let text = readString()
            if let reason = GoBase64.reason(against: text) { report("decode base64", reason) }
        case UInt8(ascii: "["): skip()
        default: report("base64Codec", "invalid input")
        }
    }

    /// Goes past one value, whatever it is; past one byte where none begins.
    private mutating func skip() {
        let first = next()
        switch first {
        case UInt8(ascii: "\""):
            head -= 1
            _ = readString()
        case UInt8(ascii: "t"), UInt8(ascii: "n"): head += 3
        case UInt8(ascii: "f"): head += 4
        case UInt8(ascii: "{"), UInt8(ascii: "["): skipNested()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            while head < bytes.count, "+-.eE0123456789".utf8.contains(bytes[head]) { head += 1 }
        default: break
        }
    }

    private mutating func skipNested() {
        var depth = 1
        while depth > 0, head < bytes.count {
            switch next() {
            case UInt8(ascii: "\""):
                head -= 1
                _ = readString()
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
    }
}
