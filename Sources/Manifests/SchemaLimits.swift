internal import Resources

extension SchemaLimits {
    /// What the limits say against a value of the right type.
    func problems(of value: Value) -> [String] {
        var problems: [String] = []
        if !choices.isEmpty, !choices.contains(value) {
            problems.append("must be one of \(choices.map(\.json).joined(separator: ", "))")
        }
        switch value {
        case .string(let text): problems += textProblems(text)
        case .array(let elements): problems += countProblems(elements.count, of: "items")
        case .object(let fields): problems += countProblems(fields.count, of: "fields")
        default: problems += value.number.map(numberProblems) ?? []
        }
        return problems
    }

    private func textProblems(_ text: String) -> [String] {
        let length = text.unicodeScalars.count
        var problems: [String] = []
        if let minimumLength, length < minimumLength {
            problems.append("must have at least \(minimumLength) characters")
        }
        if let maximumLength, length > maximumLength {
            problems.append("must have at most \(maximumLength) characters")
        }
        if let pattern, !SchemaPattern.allows(text, pattern: pattern) { problems.append("must match \(pattern)") }
        if isBase64, Base64.decode(text) == nil { problems.append("must be base64") }
        return problems
    }

    private func numberProblems(_ number: Double) -> [String] {
        var problems: [String] = []
        if let minimum, number < minimum || excludesMinimum && number == minimum {
            problems.append("must be \(excludesMinimum ? "more than" : "at least") \(Value(minimum).json)")
        }
        if let maximum, number > maximum || excludesMaximum && number == maximum {
            problems.append("must be \(excludesMaximum ? "less than" : "at most") \(Value(maximum).json)")
        }
        return problems
    }

    private func countProblems(_ count: Int, of what: String) -> [String] {
        var problems: [String] = []
        if let minimumCount, count < minimumCount { problems.append("must have at least \(minimumCount) \(what)") }
        if let maximumCount, count > maximumCount { problems.append("must have at most \(maximumCount) \(what)") }
        return problems
    }
}

/// The patterns of schemas, as far as they can be judged quickly; a server judges the rest.
private enum SchemaPattern {
    /// Whether the text matches; true too for patterns that repeat a group, whose matching may take exponential time.
    static func allows(_ text: String, pattern: String) -> Bool {
        let repeatsGroup = [")*", ")+", "){"].contains { pattern.contains($0) }
        guard !repeatsGroup, text.utf8.count <= 4_096, let expression = try? Regex(pattern) else { return true }
        return text.firstMatch(of: expression.matchingSemantics(.unicodeScalar)) != nil
    }
}
