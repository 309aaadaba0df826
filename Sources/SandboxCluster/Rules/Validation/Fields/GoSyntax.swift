internal import Resources

/// Values as Go prints them in messages: `%q` for texts, `%v` for numbers, `%#v` for all else.
enum GoSyntax {
    /// A scalar; of what is absent, an empty text, as Go has it.
    static func value(_ value: Value?) -> String {
        switch value {
        case nil: "\"\""
        case .null: "null"
        case .string(let text): quoted(text)
        case .integer(let number): String(number)
        case .unsigned(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .double(let number): double(number)
        case .array(let elements): "[]interface {}{\(elements.map { generic($0) }.joined(separator: ", "))}"
        case .object(let fields): genericMap(fields)
        }
    }

    /// A value inside of an `interface{}`, as the contents of custom resources are.
    private static func generic(_ value: Value) -> String {
        value.isNull ? "interface {}(nil)" : self.value(value)
    }

    private static func genericMap(_ fields: [String: Value]) -> String {
        let entries = fields.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(generic($0.value))" }
        return "map[string]interface {}{\(entries.joined(separator: ", "))}"
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{7}": result += "\\a"
            case "\u{8}": result += "\\b"
            case "\u{B}": result += "\\v"
            case "\u{C}": result += "\\f"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\x" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            case _ where !isPrintable(scalar): result += escaped(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Letters, marks, numbers, punctuation, symbols and the space (`unicode.IsPrint`).
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20...0x7E).contains(scalar.value) { return true }
        return switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            false
        default: true
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value > 0xFFFF ? 8 : 4
        return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
    }

    /// `%v` of a `float64`.
    static func double(_ number: Double) -> String {
        if let integer = Int64(exactly: number), abs(number) < 1e21 { return String(integer) }
        let text = "\(number)"
        guard let exponent = text.firstIndex(of: "e") else { return text }
        var power = text[text.index(after: exponent)...]
        let sign = power.first == "-" ? "-" : "+"
        if power.first == "-" || power.first == "+" { power.removeFirst() }
        return "\(text[..<exponent])e\(sign)\(power.count < 2 ? "0" : "")\(power)"
    }

    /// `[]string{"a", "b"}`, `[]string(nil)`.
    static func list(_ field: Field, of type: String) -> String {
        guard field.isPresent else { return "[]\(type)(nil)" }
        return "[]\(type){\(field.strings.map(quoted).joined(separator: ", "))}"
    }

    /// `map[string]string{"a":"b"}`, with sorted keys.
    static func map(_ field: Field) -> String {
        guard field.isPresent else { return "map[string]string(nil)" }
        let entries = field.stringMap.sorted { $0.key < $1.key }
        return "map[string]string{\(entries.map { "\(quoted($0.key)):\(quoted($0.value))" }.joined(separator: ", "))}"
    }

    /// `intstr.IntOrString{Type:1, IntVal:0, StrVal:"10%"}`.
    static func intOrString(_ value: Value?) -> String {
        if case .string(let text) = value {
            return "intstr.IntOrString{Type:1, IntVal:0, StrVal:\(quoted(text))}"
        }
        return "intstr.IntOrString{Type:0, IntVal:\(value?.integer ?? 0), StrVal:\"\"}"
    }

    static func labelSelector(_ selector: Field) -> String {
        let expressions = selector["matchExpressions"]
        let requirements = expressions.elements.map { expression in
            "v1.LabelSelectorRequirement{Key:\(quoted(expression["key"].string)), "
                + "Operator:\(quoted(expression["operator"].string)), "
                + "Values:\(list(expression["values"], of: "string"))}"
        }
        let items =
            expressions.isPresent
            ? "[]v1.LabelSelectorRequirement{\(requirements.joined(separator: ", "))}"
            : "[]v1.LabelSelectorRequirement(nil)"
        return "v1.LabelSelector{MatchLabels:\(map(selector["matchLabels"])), MatchExpressions:\(items)}"
    }

    /// A pointer, whose address on the server nobody can know.
    static func pointer(_ type: String, to field: Field) -> String {
        field.isPresent ? "(*\(type))(0xc000000000)" : "(*\(type))(nil)"
    }

    /// `[a b]`, as `%v` prints a list.
    static func plainList(_ texts: [String]) -> String { "[\(texts.joined(separator: " "))]" }
}
