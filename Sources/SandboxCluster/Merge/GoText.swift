internal import Resources

/// Values as Go's `fmt` writes them, which error messages of the API contain.
enum GoText {
    /// `%v`.
    static func plain(_ value: Value) -> String {
        switch value {
        case .null: "<nil>"
        case .bool(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .unsigned(let number): float(Double(number))
        case .double(let number): float(number)
        case .string(let text): text
        case .array(let list): "[" + list.map { plain($0) }.joined(separator: " ") + "]"
        case .object(let fields):
            "map[" + sorted(fields).map { "\($0.key):\(plain($0.value))" }.joined(separator: " ") + "]"
        }
    }

    /// `%#v`.
    static func syntax(_ value: Value) -> String {
        switch value {
        case .null: "interface {}(nil)"
        case .string(let text): GoSyntax.quoted(text)
        case .array(let list): "[]interface {}{" + list.map(syntax).joined(separator: ", ") + "}"
        case .object(let fields):
            "map[string]interface {}{"
                + sorted(fields).map { "\(GoSyntax.quoted($0.key)):\(syntax($0.value))" }.joined(separator: ", ") + "}"
        default: plain(value)
        }
    }

    /// `%v` of a pointer to structured-merge-diff's wrapper.
    static func pointer(to value: Value) -> String { "&{\(plain(value))}" }

    /// `%#v` of the same.
    static func syntaxPointer(to value: Value) -> String { "&value.valueUnstructured{Value:\(syntax(value))}" }

    /// `%T`.
    static func typeName(_ value: Value) -> String {
        switch value {
        case .null: "<nil>"
        case .bool: "bool"
        case .integer: "int64"
        case .unsigned, .double: "float64"
        case .string: "string"
        case .array: "[]interface {}"
        case .object: "map[string]interface {}"
        }
    }

    /// The type of a JSON value as `encoding/json` names it.
    static func jsonTypeName(_ value: Value) -> String {
        switch value {
        case .bool: "bool"
        case .null, .array, .object, .string: value.typeName
        default: "number"
        }
    }

    /// JSON as Go's encoder writes it: sorted, with what means something in HTML escaped.
    static func json(_ value: Value) -> String {
        if case .string(let text) = value, text.utf8.allSatisfy(isPlain) { return "\"" + text + "\"" }
        let json = value.json
        if json.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x3C && $0 != 0x3E && $0 != 0x26 }) { return json }
        var text = ""
        for scalar in json.unicodeScalars {
            switch scalar {
            case "<", ">", "&", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// Whether a byte of a string stands for itself in JSON.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C && byte != 0x3C && byte != 0x3E && byte != 0x26
    }

    /// `%v` of a `float64`: the shortest digits, with an exponent below 1e-4 and from 1e+06 on.
    static func float(_ number: Double) -> String {
        let magnitude = abs(number)
        if magnitude < 1e6, let integer = Int64(exactly: number) { return "\(integer)" }
        let text = "\(magnitude)"
        if magnitude >= 1e-4, magnitude < 1e6 { return (number < 0 ? "-" : "") + text }
        let parts = text.split(separator: "e")
        let halves = parts[0].split(separator: ".")
        let fraction = halves.count > 1 && halves[1] != "0" ? halves[1] : ""
        let allDigits = (halves[0] + fraction).drop { $0 == "0" }
        var exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + halves[0].count - 1
        if halves[0] == "0" { exponent -= fraction.prefix { $0 == "0" }.count + 1 }
        var digits = String(allDigits)
        while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
        let rest = digits.dropFirst()
        return (number < 0 ? "-" : "") + digits.prefix(1) + (rest.isEmpty ? "" : "." + rest) + "e" + signed(exponent)
    }

    private static func sorted(_ fields: [String: Value]) -> [(key: String, value: Value)] {
        fields.sorted { $0.key < $1.key }
    }

    private static func signed(_ exponent: Int) -> String {
        (exponent < 0 ? "-" : "+") + (abs(exponent) < 10 ? "0" : "") + "\(abs(exponent))"
    }
}
