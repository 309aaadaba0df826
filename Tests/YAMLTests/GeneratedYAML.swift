import TestSupport

/// Makes YAML texts for comparing readers; the same seed gives the same texts.
///
/// Left out are the texts that this reader refuses on purpose and kubectl's reads: duplicate keys, text after `...`, `{a:}`,
/// tags followed by a comma, byte order marks inside of a file, and binary that is no UTF-8. Also left out is `\/`, which is
/// read here as in JSON.
struct GeneratedYAML {
    private var random: SplitMix64
    private var anchors: [String] = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    private static let scalars = [
        "a", "b", "c d", "y", "No", "~", "null", "", "12", "0x1F", "1.5", "1e3", "'q''s'", "\"d\\n\\t\\x41\"",
        "\"a\n   b\"", "'a\n\n   b'",
        "multi\n    line", "http://x/y", "a:b", "a#b", "-x", "x # c", "<<", "!!str 12", "!foo 1", "\"it\\'s\"", "é",
        "'#'", "*", "&", "x:y:z",
        "2001-01-01", "!!binary aGVsbG8=", "- x", "'\\'", "\\'", "a\\'b", "{{ x }}", "@x", "\"\\'\\\\'\"", ".inf",
        "089", "1_000", ".5_5", "0b11",
        "! 12", "!!int '7'", "!!float 3", "yEs", "off", "1e400", "1:30", "+.5", "-017", "\"\\u00e9\\N\\_\\e\"", "[]",
        "{}", "\ttab", "|x",
    ]

    // Each is another key once it is text: `1e3` is "1000", `y` is "true".
    private static let keys = [
        "a", "b", "c", "d", "1", "y", "0x10", "'k'", "\"k 2\"", "1.5", "no", "!!str y", "k:k", "'<<'", "2001-01-01",
        "1e3", "long key", "1e21",
        "1234567.5", "-x", "\"e\\x41\"", "\"it\\'s\"",
    ]

    private static let words = [
        "y", "N", "yes", "No", "ON", "off", "oFF", "true", "False", "~", "null", "NULL", "nULL", "", ".inf", ".NaN",
        "0777", "0o777", "0x1F", "0b11",
        "1_000", "+5", "-017", "089", "0o8", "0b2", "_1", "1:30", "1e3", "1.0", "1.", ".5", "1e21", "1e400",
        "9223372036854775807",
        "-9223372036854775808", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "2001-01-01", "2001-12-14t21:59:43.10-05:00", "1e-400", "0x",
        "0b-1", "1__0", "+_1", ".5_5", "._5", "12e03", "=",
        "<<", "0xg", "10.0.0.1", "500m", "0X1f", "-0.0", "+", "-", ".", "1 2", "a b", "x#y", "x: y", "-1-",
    ]

    private static let tags = [
        "", "", "", "", "!!str ", "!!int ", "!!float ", "!!bool ", "!!null ", "!foo ", "! ",
        "!<tag:yaml.org,2002:int> ",
    ]

    private static let soup = [
        "a", "b", "1", "y", "~", "a: ", "b: ", ": ", ":", "- ", "-", "? ", "?", "[", "]", "{", "}", ", ", ",", "\n",
        "\n", "\n  ", "\n    ", "\n ",
        "\n- ", "\n  - ", "\na: ", "\nb: ", "\n  c: ", "'", "\"", "'x'", "\"x\"", "# c", "#", " # c", "|", "|-", "|+",
        ">", ">-", "|2", "&x ", "*x",
        "&y ", "*y", "<<: ", "!!str ", "!foo ", "\t", " \t", "  ", "@", "`", "%", "\\n", "\\'", "\\", "é", "\"a\n  b\"",
        "'a\n\n b'", "x y", "=",
        "null", "-1", "1.5", ":a", "a:b", "-a", "?a", "[a, b]", "{a: 1}", "{a}", "key", "\r",
    ]

    /// A map in block style with all that YAML has inside of it.
    mutating func map() -> String {
        anchors = []
        return map(0, 3)
    }

    /// One scalar, with or without tag and quotes, somewhere in a map.
    mutating func scalarInPlace() -> String {
        let quote = chance(4) ? pick(["'", "\""]) : ""
        let word = chance(3) ? numberLike() : pick(Self.words)
        let scalar = pick(Self.tags) + quote + word + quote
        return switch Int.random(in: 0..<7, using: &random) {
        case 0, 1: "a: \(scalar)\n"
        case 2: "\(scalar): 1\n"
        case 3: "a: [\(scalar) , b]\n"
        case 4: "a: {\(scalar): 1}\n"
        case 5: "a:\n- \(scalar)\n- x\n"
        default: "a: &x \(scalar)\nb: *x\n? \(scalar)\n: v\n"
        }
    }

    /// Pieces of YAML in any order.
    mutating func disorder() -> String {
        "a: " + (0..<Int.random(in: 1...10, using: &random)).map { _ in pick(Self.soup) }.joined() + "\n"
    }

    private mutating func numberLike() -> String {
        let digits = "0123456789+-._eExXobB:yYnN~ ".map(String.init)
        return (0..<Int.random(in: 1...7, using: &random)).map { _ in pick(digits) }.joined()
    }

    private mutating func pick(_ choices: [String]) -> String {
        choices.randomElement(using: &random) ?? ""
    }

    private mutating func chance(_ oneIn: Int) -> Bool {
        Int.random(in: 0..<oneIn, using: &random) == 0
    }

    private func spaces(_ count: Int) -> String {
        String(repeating: " ", count: count)
    }

    private mutating func anchor() -> String {
        let name = pick(["x", "y", "z"])
        anchors.append(name)
        return "&\(name) "
    }
}

// The grammar.
extension GeneratedYAML {
    private mutating func scalar() -> String {
        if !anchors.isEmpty, chance(12) { return "*" + pick(anchors) }
        return (chance(12) ? anchor() : "") + pick(Self.scalars)
    }

    private mutating func key() -> String {
        !anchors.isEmpty && chance(30) ? "*\(pick(anchors)) " : ""
    }

    private mutating func keys(_ count: Int) -> [String] {
        Array(Self.keys.shuffled(using: &random).prefix(count))
    }

    private mutating func flow(_ depth: Int) -> String {
        let kind = Int.random(in: 0..<4, using: &random)
        if depth == 0 || kind < 2 { return scalar() }
        let start = chance(10) ? anchor() : ""
        if kind == 2 {
            let items = (0..<Int.random(in: 0...3, using: &random)).map { _ in flow(depth - 1) }
            return start + "[" + items.joined(separator: pick([", ", " , "])) + pick(["", " ", " ,"]) + "]"
        }
        let fields = keys(Int.random(in: 0...3, using: &random)).map { $0 + pick([": ", " : "]) + flow(depth - 1) }
        return start + "{" + fields.joined(separator: ", ") + pick(["", " "]) + "}"
    }

    /// What follows `key:` or `-` in block style, with children indented by `indentation`.
    private mutating func block(_ indentation: Int, _ depth: Int) -> String {
        let kind = depth == 0 ? 0 : Int.random(in: 0..<20, using: &random)
        let start = chance(7) ? " " + anchor() : " "
        let end = pick(["\n", "\n", " # c\n", "  \n"])
        switch kind {
        case 0..<7: return " " + scalar().replacing("\n", with: "\n" + spaces(indentation)) + end
        case 7..<9: return start + flow(2).replacing("\n", with: "\n" + spaces(indentation)) + "\n"
        case 9..<12: return start + literal(indentation)
        case 12..<16: return start + "\n" + map(indentation + Int.random(in: 0...2, using: &random), depth - 1)
        default: return start + "\n" + list(max(0, indentation - Int.random(in: -1...1, using: &random)), depth - 1)
        }
    }

    private mutating func literal(_ indentation: Int) -> String {
        let lines = ["text", "  more", "", "", "# no", "a: b", "- x", "\ttab", "trail  ", "\\", "\\'", "---"]
        let margin = spaces(indentation + Int.random(in: 0...1, using: &random))
        var text = pick(["|", ">", "|-", ">-", "|+", ">+", "|2", ">1", "|  # c"]) + "\n"
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let line = pick(lines)
            text += (line.isEmpty && chance(2) ? "" : margin + line) + "\n"
        }
        return text
    }

    private mutating func map(_ indentation: Int, _ depth: Int) -> String {
        let margin = spaces(indentation)
        var text = ""
        for key in keys(Int.random(in: 1...4, using: &random)) {
            if chance(14) { text += pick(["\n", "# comment\n", margin + "# c\n"]) }
            if !anchors.isEmpty, chance(9) {
                let alias = "*" + pick(anchors)
                text += margin + "<<: " + pick([alias, "[\(alias), {z: 1}]", "{z: 1}"]) + "\n"
            }
            if chance(16) {
                text += margin + "? " + key + "\n" + margin + ":" + block(indentation + 2, depth)
            } else {
                text += margin + key + pick([":", ":", " :"]) + block(indentation + 2, depth)
            }
        }
        return text
    }

    private mutating func list(_ indentation: Int, _ depth: Int) -> String {
        let margin = spaces(indentation)
        return (0..<Int.random(in: 1...3, using: &random)).map { _ in
            chance(3)
                ? margin + "- " + map(indentation + 2, max(0, depth - 1)).drop { $0 == " " }
                : margin + "-" + block(indentation + 2, max(0, depth))
        }.joined()
    }
}
