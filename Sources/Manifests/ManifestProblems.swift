internal import Resources

/// The wordings that several rules share.
extension Manifest {
    func missing(_ path: FieldPath, hint: String) -> Diagnostic {
        diagnostic(code: "missing-field", "\(title): \(path) is missing", at: path, hint: hint)
    }

    func invalid(
        _ what: String,
        _ text: String,
        because problem: String,
        at path: FieldPath,
        isAboutKey: Bool = false,
        code: String
    ) -> Diagnostic {
        diagnostic(
            code: code,
            "\(title): \(what) \"\(text)\" is invalid: \(problem)",
            at: path,
            isAboutKey: isAboutKey,
            hint: Template.isTemplate(text) ? Template.hint : nil
        )
    }

    /// - Parameter shown: the path as the message names it, where that differs from the path in the text.
    func wrongType(at path: FieldPath, shown: FieldPath? = nil, expected: String) -> Diagnostic {
        let value = object.value[at: path] ?? .null
        let isHidden = object.looksSecret && Redaction.hides(path)
        return diagnostic(
            code: "wrong-type",
            "\(title): \(shown ?? path) must be \(expected), not \(isHidden ? value.describedType : value.described)",
            at: path,
            hint: expected.hasSuffix("string") ? quotingHint(for: value, at: path, isHidden: isHidden) : nil
        )
    }

    private func quotingHint(for value: Value, at path: FieldPath, isHidden: Bool) -> String? {
        switch value {
        case .null: "for an empty text write \"\""
        case .bool, .integer, .unsigned, .double:
            isHidden ? "put it in quotes" : "put it in quotes: \(quoted(value, at: path))"
        case .string, .array, .object: nil
        }
    }

    /// The scalar as the file has it (`yes`, not `true`), in quotes.
    private func quoted(_ value: Value, at path: FieldPath) -> String {
        let place = location(of: path)
        let line = source.line(place.line) ?? ""
        let rest = line.unicodeScalars.dropFirst(place.column - 1)
        let end = rest.firstIndex { scalar in
            scalar.properties.isWhitespace || scalar == "," || scalar == "}" || scalar == "]"
        }
        let word = String(rest[..<(end ?? rest.endIndex)])
        return word.isEmpty || word.contains("\"") ? "\"\(value.json)\"" : "\"\(word)\""
    }
}

extension Value {
    /// The value at a path of fields and positions; nil where there is none.
    subscript(at path: FieldPath) -> Value? {
        var current = self
        for element in path.elements {
            let next =
                switch element {
                case .field(let name): current[name]
                case .index(let index): current[index]
                case .key, .value: Value?.none
                }
            guard let next else { return nil }
            current = next
        }
        return current
    }

    /// What the value is, in words: scalars with their value, the rest by type alone.
    var described: String {
        switch self {
        case .bool, .integer, .unsigned, .double: "\(describedType) \(json)".replacingArticle
        default: describedType
        }
    }

    var describedType: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .unsigned: "an integer"
        case .double: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension String {
    /// "the integer 1" for "an integer 1".
    fileprivate var replacingArticle: String {
        "the " + split(separator: " ").dropFirst().joined(separator: " ")
    }
}
