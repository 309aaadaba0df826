internal import Resources

/// The limits of numbers in a schema.
enum NumberRules {
    static func check(
        _ value: Value, _ schema: SchemaView, _ path: String, _ outcome: inout SchemaValidator.Outcome
    ) {
        guard let number = number(value) else { return }
        if let factor = schema.keyword("multipleOf").flatMap(Self.number), factor > 0,
            !isMultiple(number, of: factor)
        {
            outcome.add(.value(path, value, "should be a multiple of \(GoSyntax.double(factor))"))
        }
        if let least = schema.keyword("minimum").flatMap(Self.number) {
            let isExclusive = schema.keyword("exclusiveMinimum") == true
            if number < least || isExclusive && number == least {
                let words = isExclusive ? "greater than" : "greater than or equal to"
                outcome.add(.value(path, value, "should be \(words) \(GoSyntax.double(least))"))
            }
        }
        if let most = schema.keyword("maximum").flatMap(Self.number) {
            let isExclusive = schema.keyword("exclusiveMaximum") == true
            if number > most || isExclusive && number == most {
                let words = isExclusive ? "less than" : "less than or equal to"
                outcome.add(.value(path, value, "should be \(words) \(GoSyntax.double(most))"))
            }
        }
    }

    private static func number(_ value: Value) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .unsigned(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    private static func isMultiple(_ number: Double, of factor: Double) -> Bool {
        let quotient = factor < 1 ? 1 / factor * number : number / factor
        return abs(quotient - quotient.rounded()) <= 1e-9 * max(1, abs(quotient))
    }
}

/// Regular expressions of schemas, which Go reads as RE2.
enum PatternRules {
    /// Why a text is no pattern, as near to Go's words as can be told without its parser.
    static func reason(against pattern: String) -> String {
        let plain = pattern.replacing(/\\./, with: "")
        if plain.count(where: { $0 == "(" }) > plain.count(where: { $0 == ")" }) {
            return "missing closing ): `\(pattern)`"
        }
        if let bracket = pattern.lastIndex(of: "["), !pattern[bracket...].contains("]") {
            return "missing closing ]: `\(pattern[bracket...])`"
        }
        if let first = plain.first, "*+?".contains(first) {
            return "missing argument to repetition operator: `\(first)`"
        }
        return "invalid syntax: `\(pattern)`"
    }

    /// A pattern that cannot be read here is taken as met: it was accepted when the definition was made.
    static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let expression = try? Regex(pattern) else { return true }
        let asciiOnly = expression.matchingSemantics(.unicodeScalar).asciiOnlyDigits().asciiOnlyWordCharacters()
            .asciiOnlyWhitespace()
        do { return try asciiOnly.firstMatch(in: text) != nil } catch { return true }
    }
}
