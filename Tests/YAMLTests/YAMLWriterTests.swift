import Resources
import TestSupport
import Testing
import YAML

/// Writing values as YAML.
struct YAMLWriterTests {
    @Test func `an object is written in block style with sorted keys`() {
        let value: Value = [
            "kind": "Deployment",
            "apiVersion": "apps/v1",
            "metadata": ["name": "web", "labels": [:], "annotations": ["a.b/c": "true", "note": "two\nlines\n"]],
            "spec": [
                "replicas": 3,
                "paused": false,
                "containers": [
                    ["name": "web", "args": ["--x", "-y", "a: b"], "env": [], "ports": [["containerPort": 80]]],
                    nil, [[1, .double(0.5)], []],
                ],
            ],
        ]
        #expect(
            YAMLWriter.text(of: value) == """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  annotations:
                    a.b/c: "true"
                    note: |
                      two
                      lines
                  labels: {}
                  name: web
                spec:
                  containers:
                  - args:
                    - --x
                    - -y
                    - "a: b"
                    env: []
                    name: web
                    ports:
                    - containerPort: 80
                  - null
                  - - - 1
                      - 0.5
                    - []
                  paused: false
                  replicas: 3

                """)
    }

    static let scalars: [(Value, String)] = [
        (nil, "null"), (true, "true"), (-5, "-5"), (.unsigned(.max), "18446744073709551615"), (.double(1e21), "1e+21"),
        ([:], "{}"), ([], "[]"),
        ("plain text", "plain text"), ("nginx:1.2.3", "nginx:1.2.3"), ("1.2.3", "1.2.3"), ("100m", "100m"),
        ("é\u{1F600}", "é\u{1F600}"),
        ("http://x/y?z#a", "http://x/y?z#a"), ("-x", "-x"), ("a'b\"c", "a'b\"c"), ("<none>", "<none>"),
        ("", "\"\""), ("yes", "\"yes\""), ("No", "\"No\""), ("~", "\"~\""), ("null", "\"null\""), ("1e3", "\"1e3\""),
        ("0x1", "\"0x1\""),
        ("12", "\"12\""), ("1_000", "\"1_000\""), (".5", "\".5\""), (".inf", "\".inf\""),
        ("2001-01-01", "\"2001-01-01\""),
        ("12:30:45", "\"12:30:45\""), ("0o17", "\"0o17\""), ("0o8", "\"0o8\""), ("<<", "\"<<\""), ("=", "\"=\""),
        (" x", "\" x\""), ("x ", "\"x \""), ("a: b", "\"a: b\""), ("a:", "\"a:\""), ("a #b", "\"a #b\""),
        ("- x", "\"- x\""), ("-", "\"-\""),
        ("---", "\"---\""), ("...", "\"...\""), ("[x]", "\"[x]\""), ("{{ x }}", "\"{{ x }}\""), ("*x", "\"*x\""),
        ("@x", "\"@x\""), ("%", "\"%\""),
        ("\"x\"", "'\"x\"'"), ("'\\'", "'''\\'''"), ("{\"a\": 1}", "'{\"a\": 1}'"), ("a\tb", "\"a\\tb\""),
        ("\"\u{1}", "\"\\\"\\u0001\""),
        ("\u{85}\u{2028}\u{FEFF}\u{7F}\r", "\"\\u0085\\u2028\\uFEFF\\u007F\\r\""),
        ("a\nb", "|-\n  a\n  b"), ("a\nb\n", "|\n  a\n  b"), ("a\n\n b\t\n\n", "|+\n  a\n\n   b\t\n"),
        ("\na", "\"\\na\""), (" a\nb", "\" a\\nb\""),
        ("a\r\nb", "\"a\\r\\nb\""), ("\n", "\"\\n\""),
        ("#!/bin/sh\necho '---'\n--- x\n", "|\n  #!/bin/sh\n  echo '---'\n  --- x"),
    ]

    @Test(arguments: scalars)
    func `scalars are quoted where a reader would take them for something else`(value: Value, text: String) throws {
        #expect(YAMLWriter.text(of: value) == text + "\n")
        #expect(YAMLReader.documents(in: Array("- \(text)\n".utf8)).documents.map(\.value) == [[value]])
    }

    @Test(arguments: scalars.compactMap { $0.0.string })
    func `a text is read back as value, item and key`(text: String) throws {
        let nested: Value = [.string(text), [text: .string(text)], [[.string(text)]]]
        let value: Value = ["first key": .string(text), text: nested, "z": 1]
        #expect(try self.value(readBack: value) == value)
    }

    @Test func `keys that are too long for one line are written out`() throws {
        for length in [999, 1_000, 1_001, 1_024, 5_000] {
            let key = String(repeating: "é", count: length)
            let value: Value = [key: ["a": [1]], "b": [[key: [key: [2, 3]]]]]
            #expect(try self.value(readBack: value) == value)
        }
    }

    @Test func `generated values are read back`() throws {
        var random = SplitMix64(seed: 1)
        for _ in 0..<3_000 {
            let value = GeneratedValue.make(depth: 4, using: &random)
            #expect(try self.value(readBack: ["v": value]) == ["v": value])
        }
    }

    @Test func `deep nesting is written`() {
        var value: Value = []
        for _ in 0..<10_000 { value = [value] }
        #expect(YAMLWriter.text(of: value).hasSuffix("- - []\n"))
    }

    private func value(readBack value: Value) throws -> Value {
        try YAMLTests.value(of: YAMLWriter.text(of: value))
    }
}

/// Values of all types, with texts made of what is special in YAML.
enum GeneratedValue {
    private static let pieces = [
        "a", "b", "1", "0x", "e", ".", "-", "- ", " ", "  ", "\n", "\n\n", ":", ": ", "#", " #", "'", "\"", "\\", "\t",
        "\r", "{", "}", "[", "]", ",",
        "&", "*", "!", "|", ">", "%", "@", "`", "?", "? ", "---", "...", "~", "yes", "null", "é", "\u{1F600}", "\u{85}",
        "\u{2028}", "\u{FEFF}",
        "\u{0}", "\u{7F}", "=", "<<", "_", "+", "\u{A0}",
    ]

    static func make(depth: Int, using random: inout SplitMix64) -> Value {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 8), using: &random) {
        case 0: nil
        case 1: .bool(Bool.random(using: &random))
        case 2: .integer(Int64.random(in: .min ... .max, using: &random))
        case 3: Value(Double.random(in: -1e6...1e6, using: &random))
        case 4...7: .string(text(using: &random))
        case 8: .array((0..<Int.random(in: 0...3, using: &random)).map { _ in make(depth: depth - 1, using: &random) })
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0...3, using: &random)).map { _ in
                        (text(using: &random), make(depth: depth - 1, using: &random))
                    }, uniquingKeysWith: { first, _ in first }))
        }
    }

    static func text(using random: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
}
