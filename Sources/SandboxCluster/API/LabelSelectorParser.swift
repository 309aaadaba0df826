internal import Resources

/// Reads the text of a label selector, such as `app=shop,tier in (a, b),!legacy,count>3`
/// (k8s.io/apimachinery/pkg/labels/selector.go).
struct LabelSelectorParser {
    private enum Token: Equatable {
        case word(String)
        case symbol(String)
        case end
    }

    /// A requirement; `>` and `<` compare integers, which `LabelSelector` doesn't know.
    enum Requirement: Sendable, Equatable {
        case set(LabelSelector.Requirement)
        case greater(key: String, than: Int64)
        case less(key: String, than: Int64)

        func matches(_ labels: [String: String]) -> Bool {
            switch self {
            case .set(let requirement): LabelSelector(requirements: [requirement]).matches(labels)
            case .greater(let key, let bound): labels[key].flatMap { Int64($0) }.map { $0 > bound } ?? false
            case .less(let key, let bound): labels[key].flatMap { Int64($0) }.map { $0 < bound } ?? false
            }
        }
    }

    private let text: String
    private var tokens: [Token]
    private var position = 0

    /// - Throws: A refusal whose message has the server's words.
    static func requirements(_ text: String) throws(APIStatus) -> [Requirement] {
        var parser = LabelSelectorParser(text)
        return try parser.parse()
    }

    private init(_ text: String) {
        self.text = text
        tokens = Self.tokens(of: text)
    }

    private static func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if let symbol = ["==", "!=", "=", "!", "(", ")", ",", ">", "<"].first(where: rest.hasPrefix) {
                tokens.append(.symbol(symbol))
                rest.removeFirst(symbol.count)
            } else {
                let word = rest.prefix { !$0.isWhitespace && !"=!(),<>".contains($0) }
                tokens.append(.word(String(word)))
                rest.removeFirst(word.count)
            }
        }
        return tokens
    }

    private var next: Token { position < tokens.count ? tokens[position] : .end }

    private mutating func take() -> Token {
        defer { position += 1 }
        return next
    }

    private mutating func parse() throws(APIStatus) -> [Requirement] {
        var requirements: [Requirement] = []
        if next == .end { return [] }
        while true {
            if case .symbol(let symbol) = next, symbol != "!" {
                throw Self.unexpected(next, "!, identifier, or 'end of string'")
            }
            requirements.append(try requirement())
            switch take() {
            case .end: return requirements
            case .symbol(","):
                if next == .end || next == .symbol(",") { throw Self.unexpected(next, "identifier after ','") }
            case let other: throw Self.unexpected(other, "',' or 'end of string'")
            }
        }
    }

    private mutating func requirement() throws(APIStatus) -> Requirement {
        if next == .symbol("!") {
            position += 1
            return .set(.init(key: try key(), operator: .doesNotExist, values: []))
        }
        let key = try key()
        switch take() {
        case .end: return .set(.init(key: key, operator: .exists, values: []))
        case .symbol(","):
            position -= 1
            return .set(.init(key: key, operator: .exists, values: []))
        case .symbol("="), .symbol("=="):
            return .set(.init(key: key, operator: .in, values: try checked([value()], of: key)))
        case .symbol("!="): return .set(.init(key: key, operator: .notIn, values: try checked([value()], of: key)))
        case .symbol(">"): return .greater(key: key, than: try integer())
        case .symbol("<"): return .less(key: key, than: try integer())
        case .word("in"): return .set(.init(key: key, operator: .in, values: try checked(values(), of: key)))
        case .word("notin"): return .set(.init(key: key, operator: .notIn, values: try checked(values(), of: key)))
        case let other: throw refusal(other, "'=', '!=', '==', 'in', notin'")
        }
    }

    private mutating func key() throws(APIStatus) -> String {
        guard case .word(let key) = take() else {
            position -= 1
            throw refusal(next, "!, identifier, or 'end of string'")
        }
        let reasons = Names.qualified(key)
        guard reasons.isEmpty else {
            throw .badRequest(
                "unable to parse requirement: invalid label key \(Value.string(key).json): "
                    + reasons.joined(separator: "; "))
        }
        return key
    }

    /// An exact value, which may be empty.
    private mutating func value() throws(APIStatus) -> String {
        switch next {
        case .end, .symbol(","): return ""
        case .word(let word):
            position += 1
            return word
        case let other: throw refusal(other, "identifier")
        }
    }

    private func checked(_ values: [String], of key: String) throws(APIStatus) -> [String] {
        for value in values {
            let reasons = Names.labelValue(value)
            guard reasons.isEmpty else {
                throw .badRequest(
                    "unable to parse requirement: invalid label value: \(Value.string(value).json): "
                        + "at key: \(Value.string(key).json): \(reasons.joined(separator: "; "))")
            }
        }
        return values
    }

    private mutating func integer() throws(APIStatus) -> Int64 {
        guard let number = Int64(try value()) else {
            throw .badRequest(
                "unable to parse requirement: for 'Gt', 'Lt' operators, the value must be an integer")
        }
        return number
    }

    private mutating func values() throws(APIStatus) -> [String] {
        guard take() == .symbol("(") else {
            position -= 1
            throw .badRequest("unable to parse requirement: found '\(Self.text(next))' expected: '('")
        }
        var values: [String] = []
        while true {
            switch take() {
            case .word(let word): values.append(word)
            case .symbol(","): if next == .symbol(",") || next == .symbol(")") { values.append("") }
            case .symbol(")"): return values.isEmpty ? [""] : values
            case let other: throw refusal(other, "',', or ')'")
            }
        }
    }

    private func refusal(_ token: Token, _ expected: String) -> APIStatus {
        .badRequest("unable to parse requirement: found '\(Self.text(token))', expected: \(expected)")
    }

    /// Between requirements rather than in one.
    private static func unexpected(_ token: Token, _ expected: String) -> APIStatus {
        .badRequest("found '\(text(token))', expected: \(expected)")
    }

    private static func text(_ token: Token) -> String {
        switch token {
        case .word(let text), .symbol(let text): text
        case .end: ""
        }
    }
}
