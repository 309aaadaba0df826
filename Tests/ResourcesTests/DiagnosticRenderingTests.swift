import Resources
import Testing

@Suite struct DiagnosticRenderingTests {
    @Test func `a diagnostic shows its line, a caret, causes and a hint`() {
        let diagnostic = Diagnostic(
            code: "duplicate-key",
            "duplicate key \"image\"",
            at: SourceLocation(file: "deploy/orders.yaml", line: 14, column: 9),
            excerpt: "        image: x",
            causes: ["first defined at deploy/orders.yaml:12:9", "and again"],
            hint: "remove one of them"
        )
        #expect(
            diagnostic.rendered() == """
                error[duplicate-key]: duplicate key "image"
                  --> deploy/orders.yaml:14:9
                   |
                14 |         image: x
                   |         ^
                   = cause 1: first defined at deploy/orders.yaml:12:9
                   = cause 2: and again
                hint: remove one of them
                """
        )
    }

    @Test func `what is unknown is left out`() {
        #expect(Diagnostic(.warning, code: "a", "b").rendered() == "warning[a]: b")
        #expect(Diagnostic(code: "a", "b", causes: ["c"]).rendered() == "error[a]: b\n  = cause 1: c")
        let placed = Diagnostic(code: "a", "b", at: SourceLocation(file: "f", line: 1, column: 1))
        #expect(placed.rendered() == "error[a]: b\n --> f:1:1")
    }

    @Test func `what could obey or deceive is escaped, and the caret stays in place`() {
        let diagnostic = Diagnostic(
            code: "a",
            "red \u{1B}[31m",
            at: SourceLocation(file: "a\nb", line: 1, column: 4),
            excerpt: "\t\u{202E}x: y",
            causes: ["\u{7F}"],
            hint: "\u{85}"
        )
        #expect(
            diagnostic.rendered() == #"""
                error[a]: red \u{1B}[31m
                 --> a\u{A}b:1:4
                  |
                1 | \u{9}\u{202E}x: y
                  |               ^
                  = cause 1: \u{7F}
                hint: \u{85}
                """#
        )
    }

    @Test func `of a long line the part around the place is shown`() {
        let line = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
        let diagnostic = Diagnostic(code: "a", "b", at: SourceLocation(file: "f", line: 7, column: 501), excerpt: line)
        let side = String(repeating: " ", count: 81)
        #expect(
            diagnostic.rendered() == """
                error[a]: b
                 --> f:7:501
                  |
                7 | …\(String(repeating: "a", count: 80))X\(String(repeating: "b", count: 79))…
                  | \(side)^
                """
        )
    }

    @Test func `several diagnostics have an empty line between them`() {
        struct Problems: DiagnosticError {
            let diagnostics = [Diagnostic(code: "a", "b"), Diagnostic(code: "c", "d")]
        }
        #expect(Problems().rendered() == "error[a]: b\n\nerror[c]: d")
    }
}

@Suite struct PrintableTests {
    @Test(arguments: [
        ("plain text", "plain text"), ("grün 日本 👩‍🚀", "grün 日本 👩‍🚀"), ("a\tb\n", #"a\u{9}b\u{A}"#), ("\u{0}", #"\u{0}"#),
        ("\u{9B}1m", #"\u{9B}1m"#), ("\u{202E}\u{2066}\u{200E}", #"\u{202E}\u{2066}\u{200E}"#),
        ("\u{2028}", #"\u{2028}"#),
        ("\u{FEFF}", #"\u{FEFF}"#), ("\u{FFFF}", #"\u{FFFF}"#), ("a\u{0}\r\n", #"a\u{0}\u{D}\u{A}"#),
        ("\\u{1B}", #"\u{1B}"#),
    ])
    func `control and formatting characters are escaped`(text: String, expected: String) {
        #expect(Printable.escaped(text) == expected)
    }
}

@Suite struct SourceTextTests {
    @Test func `lines are found whatever ends them`() {
        let text = SourceText(file: "f", bytes: Array("\u{FEFF}a\r\nbc\n\nlast".utf8))
        #expect((0...5).map { text.line($0) } == [nil, "a", "bc", "", "last", nil])
        #expect(text.lineCount == 4)
    }

    @Test func `hidden lines are masked, and of endless lines the beginning is kept`() {
        var text = SourceText(file: "f", bytes: Array("a: b\nc: d\n\(String(repeating: "x", count: 5_000))".utf8))
        text.hiddenLines = [2...2]
        #expect(text.excerpt(line: 1, column: 4) == "a: b")
        #expect(text.excerpt(line: 2, column: 4) == "   ******")
        #expect(text.excerpt(line: 3, column: 4)?.count == 2_000)
        #expect(text.excerpt(line: 3, column: 2_001) == nil)
        #expect(
            text.diagnostic(code: "a", "b", line: 1, column: 4).rendered()
                == "error[a]: b\n --> f:1:4\n  |\n1 | a: b\n  |    ^")
    }
}
