import Resources
import Testing
import YAML

/// What scalars mean, a table for each rule.
struct ScalarTests {
    @Test(arguments: ["y", "yes", "on", "true"])
    func `words for true mean it in lower, title and upper case, as values and keys`(word: String) throws {
        for text in [word, word.prefix(1).uppercased() + word.dropFirst(), word.uppercased()] {
            #expect(try value(of: "a: \(text)") == ["a": true])
            #expect(try value(of: "\(text): 1") == ["true": 1])
        }
    }

    @Test(arguments: ["n", "no", "off", "false"])
    func `words for false mean it in lower, title and upper case, as values and keys`(word: String) throws {
        for text in [word, word.prefix(1).uppercased() + word.dropFirst(), word.uppercased()] {
            #expect(try value(of: "a: \(text)") == ["a": false])
            #expect(try value(of: "\(text): 1") == ["false": 1])
        }
    }

    @Test(arguments: ["yEs", "tRUE", "oN", "oFF", "yes!", "'yes'", "\"true\"", "!!str no", "!own off"])
    func `other spellings, quotes and tags make them text`(text: String) throws {
        #expect(try value(of: "a: \(text)")["a"]?.string != nil)
    }

    @Test(arguments: ["", "~", "null", "Null", "NULL", "!!null ''", "!!null null"])
    func `null is empty, a tilde or the word in three cases`(text: String) throws {
        #expect(try value(of: "a: \(text)") == ["a": nil])
    }

    @Test(arguments: ["nULL", "nil", "None", "'~'", "''", "! null"])
    func `nothing else is null`(text: String) throws {
        #expect(try value(of: "a: \(text)")["a"]?.string != nil)
    }

    static let integers: [(String, Value)] = [
        ("0", 0), ("12", 12), ("+5", 5), ("-0", 0), ("0777", 511), ("0o777", 511), ("0O17", 15), ("0x1F", 31),
        ("0X1f", 31),
        ("0b11", 3), ("0B10", 2), ("-0b11", -3), ("1_000", 1000), ("1__0_", 10), ("0x_1", 1), ("+_1", 1), ("-017", -15),
        ("089", 89),
        ("00", 0), ("-0x10", -16), ("9223372036854775807", 9_223_372_036_854_775_807),
        ("-9223372036854775808", -9_223_372_036_854_775_808),
        ("9223372036854775808", .unsigned(9_223_372_036_854_775_808)),
        ("18446744073709551615", .unsigned(.max)), ("0xFFFFFFFFFFFFFFFF", .unsigned(.max)),
        ("18446744073709551616", .double(18_446_744_073_709_551_616)), ("0b-1", -1),
        ("!!int 5", 5), ("!!int '0x10'", 16), ("!<tag:yaml.org,2002:int> 7", 7),
    ]

    @Test(arguments: integers)
    func `integers have signs, prefixes and underscores`(text: String, expected: Value) throws {
        #expect(try value(of: "a: \(text)") == ["a": expected])
        #expect(try value(of: "[\(text)]") == [expected])
    }

    static let floats: [(String, Value)] = [
        ("1e3", 1000), ("1.0", 1), ("1.", 1), (".5", .double(0.5)), ("-.5", .double(-0.5)), ("1e21", .double(1e21)),
        ("1.5e-7", .double(1.5e-7)),
        ("1E5", 100_000), ("12e03", 12_000), ("1e-400", 0), ("1_0.5", .double(10.5)), (".5_5", .double(0.55)),
        ("-0.0", 0),
        ("0e0", 0), ("!!float 3", 3), ("!!float '0.1'", .double(0.1)),
    ]

    @Test(arguments: floats)
    func `floats become integers where they are whole`(text: String, expected: Value) throws {
        #expect(try value(of: "a: \(text)") == ["a": expected])
    }

    @Test(arguments: [
        "0o8", "0b2", "_1", "1:30", "1e400", "-1e400", "0x", "0xg", "1e", "e1", ".", "+", "1.2.3", "10.0.0.1", "100m",
        "1Gi", ".5_", "._5",
        "0xFFFFFFFFFFFFFFFFF", "infinity", "NaN", ".inF", "--1", "+-1", "1,000", "0b", "0x1p3", "2001-01-01",
        "12:30:45", "1 2",
    ])
    func `what only looks like a number is text`(text: String) throws {
        #expect(try value(of: "a: \(text)") == ["a": .string(text)])
    }

    @Test(arguments: [".inf", ".Inf", ".INF", "+.inf", "-.Inf", ".nan", ".NaN", ".NAN", "!!float .inf"])
    func `infinity and NaN are errors`(text: String) {
        #expect(
            errors(of: "a:\n  b: \(text)") == [
                "2:6: infinity and NaN are no JSON values; use a number or quote the text"
            ])
    }

    @Test(arguments: ["2001-01-01", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43", "!!timestamp 2001-01-01"])
    func `timestamps stay text`(text: String) throws {
        #expect(try value(of: "a: \(text)")["a"]?.string == text.replacing("!!timestamp ", with: ""))
    }

    @Test(arguments: [("!!binary aGVsbG8=", "hello"), ("!!binary |\n  aGVs\n  bG8=", "hello"), ("!!binary ''", "")])
    func `the tag binary decodes`(text: String, expected: String) throws {
        #expect(try value(of: "a: \(text)") == ["a": .string(expected)])
    }

    static let tags: [(String, Value)] = [
        ("!own 123", "123"), ("! 12", "12"), ("! '12'", "12"), ("!own [1, 2]", [1, 2]), ("!!map {b: 1}", ["b": 1]),
        ("!!set {b}", ["b": nil]),
        ("!!str 1", "1"), ("!!str", ""), ("!own", ""), ("!!python/none null", "null"), ("!!bool 'yes'", true),
    ]

    @Test(arguments: tags)
    func `unknown tags are ignored, but a scalar with one is text`(text: String, expected: Value) throws {
        #expect(try value(of: "a: \(text)\n") == ["a": expected])
    }

    @Test(arguments: [
        "!!int 1.5", "!!int x", "!!float x", "!!bool 1", "!!null x", "!!timestamp 1", "!!float 18446744073709551615",
    ])
    func `a scalar that does not fit its tag is an error`(text: String) throws {
        let tag = try #require(text.split(separator: " ").first)
        #expect(errors(of: "a: \(text)") == ["1:4: the text does not fit its tag \(tag)"])
    }

    @Test func `broken base64 and binary that is no text are errors`() {
        #expect(errors(of: "a: !!binary '*'") == ["1:4: the text of !!binary is no base64"])
        #expect(
            errors(of: "a: !!binary /w==") == [
                "1:4: the bytes of !!binary are no valid UTF-8, so they can't be a text value"
            ])
    }

    static let keys: [(String, String)] = [
        ("1", "1"), ("0x10", "16"), ("-017", "-15"), ("+5", "5"), ("y", "true"), ("No", "false"), ("1.5", "1.5"),
        ("1.0", "1"), ("1e3", "1000"),
        ("1234567.0", "1.234567e+06"), ("1e21", "1e+21"), ("1e-5", "1e-05"), ("0.0001", "0.0001"),
        ("123456.7", "123456.7"),
        ("0.1234567891", "0.12345679"), ("-0.0", "-0"), (".inf", ".inf"), ("-.inf", "-.inf"), (".nan", ".nan"),
        ("1e39", ".inf"),
        ("'1'", "1"), ("!!str y", "y"), ("2001-01-01", "2001-01-01"), ("'<<'", "<<"), ("!!str <<", "<<"),
        ("a b", "a b"), ("", ""),
    ]

    @Test(arguments: keys.dropLast())
    func `keys become text as Go writes them`(text: String, expected: String) throws {
        #expect(try value(of: "\(text): v") == [expected: "v"])
        #expect(try value(of: "{\(text): v}") == [expected: "v"])
    }

    @Test(arguments: [
        ("~: 1", "1:1: a key can't be null (empty, ~ or null); quote it if it is meant as text"),
        ("? \n: 1", "1:2: a key can't be null (empty, ~ or null); quote it if it is meant as text"),
        ("a: {null: 1}", "1:5: a key can't be null (empty, ~ or null); quote it if it is meant as text"),
        ("[a]: 1", "1:1: a key must be text, not a list; render or quote text such as {{ .Values.name }}"),
        ("a: {{ .Values.x }}", "1:5: a key must be text, not a map; render or quote text such as {{ .Values.name }}"),
        ("? {a: 1}\n: 2", "1:3: a key must be text, not a map; render or quote text such as {{ .Values.name }}"),
        (
            "18446744073709551615: 1",
            "1:1: a key can't be an integer above 9223372036854775807; quote it if it is meant as text"
        ),
    ])
    func `keys that no JSON object can have are errors`(text: String, message: String) {
        #expect(errors(of: text) == [message])
    }
}
