import FoundationEssentials

/// Reads scenario files.
///
///     # a comment
///     === a heading starts a scenario [tags]
///     apply v1/configmaps/a by one force dry
///         data: {a: "{ns}"}
///
/// A line at the margin is a step: a verb, a path (in quotes where it has spaces) and words; the indented lines below it
/// are its body.
enum ScenarioReader {
    static func scenarios(inFile path: String) throws -> [Scenario] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ScenarioError("\(path) can't be read")
        }
        let file = path.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? path
        return try scenarios(in: String(decoding: data, as: UTF8.self), topic: file)
    }

    static func scenarios(in text: String, topic: String) throws -> [Scenario] {
        var scenarios: [Scenario] = []
        var body: [Substring] = []

        func endStep() {
            guard let scenario = scenarios.indices.last, let step = scenarios[scenario].steps.indices.last
            else {
                return
            }
            while body.last?.allSatisfy(\.isWhitespace) == true { body.removeLast() }
            if !body.isEmpty { scenarios[scenario].steps[step].body = unindented(body) }
            body = []
        }

        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.first?.isWhitespace ?? true {
                body.append(line)
                continue
            }
            endStep()
            body = []
            if line.hasPrefix("#") { continue }
            do {
                if line.hasPrefix("=== ") {
                    scenarios.append(try scenario(heading: line.dropFirst(4), topic: topic))
                } else {
                    guard let last = scenarios.indices.last else {
                        throw ScenarioError("no heading before it")
                    }
                    let number = scenarios[last].steps.count + 1
                    scenarios[last].steps.append(try step(line, number: number))
                }
            } catch {
                throw ScenarioError("\(topic):\(index + 1): \(error)")
            }
        }
        endStep()
        return scenarios
    }

    private static func scenario(heading: Substring, topic: String) throws -> Scenario {
        guard let bracket = heading.lastIndex(of: "["), heading.hasSuffix("]") else {
            return Scenario(title: "\(topic): \(heading)")
        }
        let words = heading[heading.index(after: bracket)...].dropLast().split(separator: " ")
        let tags = try words.map { word in
            guard let tag = Scenario.Tag(rawValue: String(word)) else {
                throw ScenarioError("unknown tag \(word)")
            }
            return tag
        }
        let title = heading[..<bracket].trimmed
        return Scenario(title: "\(topic): \(title)", tags: Set(tags))
    }

    private static func step(_ line: Substring, number: Int) throws -> Step {
        var words = Words(line)
        guard let name = words.next(), let verb = Step.Verb(rawValue: name) else {
            throw ScenarioError("unknown verb in “\(line)”")
        }
        var step = Step(number: number, verb: verb, text: String(line))
        if verb == .tick { return step }
        step.path = try words.required("a path")
        while let word = words.next() {
            switch word {
            case "by": step.query.append("fieldManager=\(try words.required("a manager"))")
            case "force": step.query.append("force=true")
            case "dry": step.query.append("dryRun=All")
            case "as": step.contentType = try words.required("a content type")
            case "accept": step.accept = try words.required("a content type")
            case "->": step.capture = try words.required("a name")
            case "until": step.condition = try words.required("a condition")
            default: throw ScenarioError("unknown word \(word)")
            }
        }
        return step
    }

    private static func unindented(_ lines: [Substring]) -> String {
        let margin =
            lines.filter { !$0.allSatisfy(\.isWhitespace) }.map { $0.prefix { $0 == " " }.count }.min()
            ?? 0
        return lines.map { $0.dropFirst(margin) }.joined(separator: "\n")
    }
}

/// The words of a line; quotes hold together what has spaces.
private struct Words {
    private var rest: Substring

    init(_ line: Substring) { rest = line }

    mutating func next() -> String? {
        rest = rest.drop { $0 == " " }
        guard let first = rest.first else { return nil }
        let isQuoted = first == "\""
        if isQuoted { rest = rest.dropFirst() }
        let end: Character = isQuoted ? "\"" : " "
        let word = rest.prefix { $0 != end }
        rest = rest[word.endIndex...].dropFirst()
        return String(word)
    }

    mutating func required(_ what: String) throws -> String {
        guard let word = next() else { throw ScenarioError("\(what) is missing") }
        return word
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var result = drop { $0 == " " }
        while result.last == " " { result.removeLast() }
        return result
    }
}
