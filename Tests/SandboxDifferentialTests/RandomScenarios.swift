import TestSupport

/// Sequences of a small grammar: three managers apply, update, patch and delete one object. The seed is fixed.
enum RandomScenarios {
    static func all() throws -> [Scenario] {
        var scenarios: [Scenario] = []
        for (number, grammar) in (0..<210).map({ ($0, grammars[$0 % grammars.count]) }) {
            var random = SplitMix64(seed: UInt64(7_000 + number))
            var text = "=== \(grammar.name) \(number)\(grammar.tags)\n"
            text += first(of: grammar, using: &random)
            for _ in 0..<Int.random(in: 5...9, using: &random) {
                text += step(of: grammar, using: &random)
            }
            text += "get \(grammar.path)\n"
            scenarios += try ScenarioReader.scenarios(in: text, topic: "random")
        }
        return scenarios
    }

    private static let grammars = [configMap, podTemplate, deployment, widget, podTemplate, widget]

    private static func first(of grammar: Grammar, using random: inout SplitMix64) -> String {
        let verb = random.pick("apply", "apply", "create")
        return "\(verb) \(grammar.path) by one\n    \(grammar.body(&random, verb))\n"
    }

    private static func step(of grammar: Grammar, using random: inout SplitMix64) -> String {
        let manager = ["one", "two", "three"][Int.random(in: 0..<3, using: &random)]
        let dry = Int.random(in: 0..<10, using: &random) == 0 ? " dry" : ""
        let verb: String
        switch Int.random(in: 0..<40, using: &random) {
        case 0..<20: verb = "apply"
        case 20..<24: verb = "update"
        case 24..<31: verb = "merge"
        case 31..<35: verb = grammar.takesStrategicPatches ? "strategic" : "merge"
        case 35..<39:
            return "json \(grammar.path) by \(manager)\(dry)\n    \(grammar.jsonPatch(&random))\n"
        default: return "delete \(grammar.path)\(dry)\n"
        }
        let force = verb == "apply" && Int.random(in: 0..<3, using: &random) == 0 ? " force" : ""
        let body = grammar.body(&random, verb)
        return "\(verb) \(grammar.path) by \(manager)\(force)\(dry)\n    \(body)\n"
    }
}

/// What sequences about one kind consist of; bodies are YAML on one line.
struct Grammar: Sendable {
    let name: String
    let path: String
    var tags = ""
    var takesStrategicPatches = true
    let body: @Sendable (inout SplitMix64, _ verb: String) -> String
    let jsonPatch: @Sendable (inout SplitMix64) -> String
}

extension SplitMix64 {
    /// One of the texts.
    mutating func pick(_ texts: String...) -> String { texts.randomElement(using: &self) ?? "" }

    /// Whether something happens that has this chance in percent.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    /// The parts that are there by chance, as a YAML map.
    mutating func map(_ percent: Int, _ parts: [String]) -> String {
        "{\(parts.filter { _ in chance(percent) }.joined(separator: ", "))}"
    }

    /// The parts that are there by chance, in an order by chance, as a YAML list.
    mutating func list(_ percent: Int, _ parts: [String]) -> String {
        "[\(parts.filter { _ in chance(percent) }.shuffled(using: &self).joined(separator: ", "))]"
    }
}
