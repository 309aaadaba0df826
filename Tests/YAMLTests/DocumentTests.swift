import Resources
import Testing
import YAML

/// How a file falls into documents, and what bytes it may have.
struct DocumentTests {
    static let files: [(String, [Value])] = [
        ("", []),
        ("\n\n# nothing\n", []),
        ("---\n---\n# nothing\n---\nnull\n---\n~\n", []),
        ("a: 1", [["a": 1]]),
        ("---\na: 1\n---\nb: 2\n", [["a": 1], ["b": 2]]),
        ("--- # first\na: 1\n---\t \nb: 2\n---", [["a": 1], ["b": 2]]),
        ("a: 1\n---#c\nb: 2", [["a": 1], ["b": 2]]),
        ("a: |\n  x\n  ---\n  y\n", [["a": "x\n---\ny\n"]]),
        ("a: 1\n --- 2\n", [["a": "1 --- 2"]]),
        ("a: 1\n...\n", [["a": 1]]),
        ("a: 1\n...\n# end\n\n---\nb: 2\n...\n", [["a": 1], ["b": 2]]),
        ("\u{FEFF}a: 1\n---\n\u{FEFF}b: 2\n", [["a": 1], ["b": 2]]),
        ("\u{FEFF}---\na: 1\n", [["a": 1]]),
        ("a: 1\r\nb: |\r\n  x\r\n  y\r\n---\r\nc: 2\r\n", [["a": 1, "b": "x\ny\n"], ["c": 2]]),
        ("a: |+\n  x\n\n", [["a": "x\n\n"]]),
        ("a: |\n  x", [["a": "x\n"]]),
        ("a: >-\n  x\n  y\n\n  z", [["a": "x y\nz"]]),
        ("- 1\n- 2", [[1, 2]]),
        ("text", ["text"]),
        ("é: \"\u{1F600}\\u00e9\"", [["é": "\u{1F600}é"]]),
        ("a: \"it\\'s\"\nb: 'x\\'\nc: x\\'y\nd: \"\\\\'\"", [["a": "it's", "b": "x\\", "c": "x\\'y", "d": "\\'"]]),
        (
            "a: b#c # d\ne: x:y\nf: [http://x/y, a:b, -1-]",
            [["a": "b#c", "e": "x:y", "f": ["http://x/y", "a:b", "-1-"]]]
        ),
        ("a: x\n  y\n\n  z\nb: {c:1}", [["a": "x y\nz", "b": ["c:1": nil]]]),
    ]

    @Test(arguments: files)
    func `documents are split at lines that start with three dashes`(text: String, expected: [Value]) {
        let result = YAMLReader.documents(in: Array(text.utf8))
        #expect(result.errors.isEmpty)
        #expect(result.documents.map(\.value) == expected)
    }

    static let json: [(String, [Value])] = [
        ("{\"a\": 1.0, \"b\": [true, null, \"\\ud83d\\ude00\\/\"]}", [["a": 1, "b": [true, nil, "\u{1F600}/"]]]),
        (" \t\n{\"yes\": \"no\",\n\t\"1\": 1e3}\n", [["yes": "no", "1": 1000]]),
        ("{\"a\": 1}{\"b\": 2}\n{\"c\": 3}", [["a": 1], ["b": 2], ["c": 3]]),
        ("{\"a\": 1}\n---\n{\"b\": 2}\n---\nc: 3", [["a": 1], ["b": 2], ["c": 3]]),
        ("{\"a\": 18446744073709551615, \"b\": -0.5e1}", [["a": .unsigned(.max), "b": -5]]),
        ("{\"\(String(repeating: "k", count: 2_000))\": 1}", [[String(repeating: "k", count: 2_000): 1]]),
        ("{a: yes, \"b\": [1, 2,], c}", [["a": true, "b": [1, 2], "c": nil]]),
        ("{\"a\": 1} # no JSON", [["a": 1]]),
    ]

    @Test(arguments: json)
    func `a document that starts with a brace is JSON if it can be`(text: String, expected: [Value]) {
        let result = YAMLReader.documents(in: Array(text.utf8))
        #expect(result.errors.isEmpty)
        #expect(result.documents.map(\.value) == expected)
    }

    @Test(arguments: [
        ("a: 1\n--- b: 2\n", "2:5: only a comment may follow --- on its line: begin the document on the next line"),
        ("---|\n  x", "1:4: only a comment may follow --- on its line: begin the document on the next line"),
        ("a: 1\n----\n", "2:4: only a comment may follow --- on its line: begin the document on the next line"),
        ("a: 1\n...\nb: 2\n", "3:1: text after the end of the document: start a new document with a line ---"),
        ("...\na: 1\n", "1:1: expected a value here"),
        ("a: 1\n... b\n", "2:5: text after the end of the document: start a new document with a line ---"),
        (
            "# c\n{\"a\": 1} {\"b\": 2}",
            "2:10: text after the end of the document: start a new document with a line ---"
        ),
        (
            "# c\n%YAML 1.2\n---\na: 1",
            "2:1: YAML directives (lines that start with %) can't be used; quote the text if it is a value"
        ),
        ("a: 1\n%x\n", "2:1: YAML directives (lines that start with %) can't be used; quote the text if it is a value"),
    ])
    func `text that would be lost is an error`(text: String, message: String) {
        #expect(errors(of: text) == [message])
    }

    static let characters: [([UInt8], String)] = [
        (Array("a: x\0".utf8), "1:5: the character NUL (U+0000) is not allowed; in double quotes it can be escaped"),
        (
            Array("a: 1\nb: \"é\u{7}\"".utf8),
            "2:6: the character U+0007 is not allowed; in double quotes it can be escaped"
        ),
        (Array("a: \u{1B}[1m".utf8), "1:4: the character U+001B is not allowed; in double quotes it can be escaped"),
        (Array("a: \u{7F}".utf8), "1:4: the character U+007F is not allowed; in double quotes it can be escaped"),
        (Array("a: \u{80}".utf8), "1:4: the character U+0080 is not allowed; in double quotes it can be escaped"),
        (Array("a: \u{FFFE}".utf8), "1:4: the character U+FFFE is not allowed; in double quotes it can be escaped"),
        (Array("a: 1\n\u{FEFF}b: 2".utf8), "2:1: a byte order mark (U+FEFF) stands at the start of a line; remove it"),
        (Array("a: 1\r\n---\r\nb: é".utf8) + [0xFF], "3:5: the byte 0xFF is no valid UTF-8 here"),
        (Array("a: ".utf8) + [0xC0, 0xAF], "1:4: the byte 0xC0 is no valid UTF-8 here"),
        (Array("a: ".utf8) + [0xED, 0xA0, 0x80], "1:4: the byte 0xED is no valid UTF-8 here"),
        (Array("a: ".utf8) + [0xF4, 0x90, 0x80, 0x80], "1:4: the byte 0xF4 is no valid UTF-8 here"),
        (Array("a: ".utf8) + [0xE2, 0x82], "1:4: the byte 0xE2 is no valid UTF-8 here"),
        ([0xFF, 0xFE, 0x61, 0x00], "1:1: the file is UTF-16; save it as UTF-8"),
    ]

    @Test(arguments: characters)
    func `NUL, control characters and bad UTF-8 are errors with their place`(bytes: [UInt8], message: String) {
        #expect(errors(of: bytes) == [message])
    }

    @Test func `bytes of one document that are bad do not spoil the others`() {
        let result = YAMLReader.documents(in: Array("a: 1\n---\nb: \0\n---\nc: 3\n".utf8))
        #expect(result.documents.map(\.value) == [["a": 1], ["c": 3]])
        #expect(result.errors.map(\.code) == ["control-character"])
    }

    @Test func `unusual line breaks count as YAML counts them but lines are numbered by line feeds`() throws {
        let document = try document("a: 1\rb: 2\u{2028}c: 3\nd: 4\r\ne: 5\n")
        #expect(document.value == ["a": 1, "b": 2, "c": 3, "d": 4, "e": 5])
        let places = ["a", "b", "c", "d", "e"].compactMap { document.positions.keyPosition(of: FieldPath(fields: $0)) }
        #expect(places.map { "\($0.line):\($0.column)" } == ["1:1", "1:6", "1:11", "2:1", "3:1"])
    }
}
