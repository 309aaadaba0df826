internal import Resources

/// Reads a field's path as the server's errors write it: `.spec.template.spec.containers[name="web"].image`.
///
/// The format is that of structured-merge-diff's `PathElement.String`: `.field`, `[key="value",other=1]`, `[="member"]`
/// and `[3]`. A field's name is not quoted, so one with dots is ambiguous: the objects that the path is about decide.
struct ServerPathText {
    private var rest: Substring
    private var path = FieldPath()
    private let objects: [Value]

    /// - Returns: The path; what can't be read is kept as a field's name.
    static func path(_ text: String, in objects: [Value]) -> FieldPath {
        var reader = ServerPathText(rest: Substring(text), objects: objects)
        while !reader.rest.isEmpty {
            reader.readElement()
        }
        return reader.path
    }

    private init(rest: Substring, objects: [Value]) {
        self.rest = rest
        self.objects = objects
    }

    private mutating func readElement() {
        if rest.first == "[", let element = readBracket() {
            path.elements.append(element)
            return
        }
        if rest.first == "." { rest.removeFirst() }
        let name = knownName() ?? String(rest.prefix(1) + rest.dropFirst().prefix { $0 != "." && $0 != "[" })
        rest = rest.dropFirst(name.count)
        path.elements.append(.field(name))
    }

    /// The longest name of a field here that the text goes on with.
    private func knownName() -> String? {
        let names = objects.compactMap { $0.value(at: path)?.object?.keys }.joined()
        return names.filter { name in
            guard !name.isEmpty, rest.hasPrefix(name) else { return false }
            let next = rest.dropFirst(name.count).first
            return next == nil || next == "." || next == "["
        }.max { $0.count < $1.count }
    }

    /// Reads `[…]`; leaves the text as it is and returns nil where it is none of the known forms.
    private mutating func readBracket() -> FieldPath.Element? {
        let start = rest
        rest.removeFirst()
        if let element = readBracketContent(), rest.first == "]" {
            rest.removeFirst()
            return element
        }
        rest = start
        return nil
    }

    private mutating func readBracketContent() -> FieldPath.Element? {
        if rest.first == "=" {
            rest.removeFirst()
            return readValue().map(FieldPath.Element.value)
        }
        let digits = rest.prefix { $0 != "]" }
        if let index = Int(digits) {
            rest = rest.dropFirst(digits.count)
            return .index(index)
        }
        var key: [String: Value] = [:]
        while let equals = rest.firstIndex(of: "=") {
            let name = String(rest[..<equals])
            rest = rest[rest.index(after: equals)...]
            guard let value = readValue() else { return nil }
            key[name] = value
            guard rest.first == "," else { break }
            rest.removeFirst()
        }
        return key.isEmpty ? nil : .key(key)
    }

    /// A value as Go prints it: a quoted string, a number, true, false or null.
    private mutating func readValue() -> Value? {
        if rest.first == "\"" { return readString() }
        let word = rest.prefix { $0 != "," && $0 != "]" }
        rest = rest.dropFirst(word.count)
        switch word {
        case "true": return true
        case "false": return false
        case "null": return .null
        default: return Int64(word).map(Value.integer) ?? Double(word).map { Value($0) }
        }
    }

    /// A string as Go's `%q` writes it.
    private mutating func readString() -> Value? {
        rest.removeFirst()
        var bytes: [UInt8] = []
        while let character = rest.popFirst() {
            if character == "\"" { return .string(String(decoding: bytes, as: UTF8.self)) }
            guard character == "\\" else {
                bytes += Array(String(character).utf8)
                continue
            }
            guard let escape = rest.popFirst(), let decoded = decodeEscape(escape) else { return nil }
            bytes += decoded
        }
        return nil
    }

    private mutating func decodeEscape(_ escape: Character) -> [UInt8]? {
        let simple: [Character: UInt8] = [
            "a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 0x5C, "\"": 0x22,
        ]
        if let byte = simple[escape] { return [byte] }
        guard let length = ["x": 2, "u": 4, "U": 8][escape] else { return nil }
        let digits = rest.prefix(length)
        guard digits.count == length, let code = UInt32(digits, radix: 16) else { return nil }
        rest = rest.dropFirst(length)
        if escape == "x" { return [UInt8(truncatingIfNeeded: code)] }
        return Unicode.Scalar(code).map { Array(String(Character($0)).utf8) }
    }
}
