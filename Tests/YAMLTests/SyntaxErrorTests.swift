import Testing
import YAML

/// What a person is told about broken syntax.
struct SyntaxErrorTests {
    static let table: [(String, String)] = [
        ("a:\n\tb: 1", "2:1: a tab is used as indentation; YAML allows only spaces there"),
        ("a:\n  b: 1\n\tc: 2", "3:1: a tab is used as indentation; YAML allows only spaces there"),
        ("a:\n -\tb: 1", "2:3: a tab is used as indentation; YAML allows only spaces there"),
        ("a: |\n\ttext", "2:1: a tab is used as indentation; YAML allows only spaces there"),
        ("a: x\n\ty", "2:1: a tab is used as indentation; YAML allows only spaces there"),
        ("a: @x", "1:4: text can't start with '@': put it in quotes"),
        ("a: `x`", "1:4: text can't start with '`': put it in quotes"),
        ("a: %x", "1:4: text can't start with '%': put it in quotes"),
        ("a: [|]", "1:5: '|' can't stand inside of [ ] and { }: put the text in quotes"),
        ("a: 1\nb\nc: 2", "2:1: this line is no 'key: value': it has no ':' after the key"),
        ("a: b: c", "1:5: ':' can't stand here: quote the text if it is part of a value, or check the indentation"),
        (
            "a: 1\n  b: 2",
            "2:4: ':' can't stand here: quote the text if it is part of a value, or check the indentation"
        ),
        ("a: - b", "1:4: '- ' can't stand here: put the list on lines of its own, or quote the text"),
        ("a: ? b", "1:4: '? ' can't stand here: quote the text if it is part of a value"),
        (
            "a:\n    b: 1\n  c: 2",
            "3:3: expected a key of the map that starts on line 1: check the indentation and the quotes"
        ),
        ("a: \"x\" y", "1:8: expected a key of the map that starts on line 1: check the indentation and the quotes"),
        ("- a\nb: 1", "2:1: expected '- ' of the list that starts on line 1: check the indentation"),
        ("a: [1, 2\nb: 3", "2:2: expected ',' or ']': the '[' is on line 1, column 4"),
        ("a: {b: 1\nc: 3\n", "2:2: expected ',' or '}': the '{' is on line 1, column 4"),
        ("a: [1, 2", "2:1: expected ',' or ']': the '[' is on line 1, column 4"),
        ("a: [1 ]]", "1:8: expected a key of the map that starts on line 1: check the indentation and the quotes"),
        ("a: \"x\nb: 1\n", "1:4: the quote that opens here is never closed"),
        ("a: 'it's'", "1:8: expected a key of the map that starts on line 1: check the indentation and the quotes"),
        ("a: \"\\d+\"", "1:5: unknown escape '\\d' in double quotes: write \\\\ for a backslash, or use single quotes"),
        ("a: \"\\xZ0\"", "1:7: the escape lacks hexadecimal digits: \\x needs 2, \\u 4, \\U 8"),
        (
            "a: \"\\ud800\"",
            "1:7: the escape is no Unicode character; characters above U+FFFF are written as \\U and 8 digits"
        ),
        ("a: {b:}", "1:6: there must be a space after ':' inside of { } and [ ]; or quote the text"),
        ("a: [x?y]", "1:5: text with '?' must be in quotes inside of [ ] and { }"),
        ("a: [!!str, b]", "1:5: there must be a space between a tag and a comma"),
        ("a: & b", "1:4: '&' must be followed by a name; quote the text if it is a value"),
        ("a: | x", "1:6: text of a | or > value must start on the next line"),
        ("a: |0\n  x", "1:5: the indentation after | or > must be 1 to 9"),
        ("a: !x!y z", "1:4: unknown tag: quote text that starts with '!'"),
        ("a: !, b", "1:4: not a valid tag: quote text that starts with '!'"),
        ("a: [,]", "1:5: expected a value here"),
        ("é: \"ü\" x", "1:8: expected a key of the map that starts on line 1: check the indentation and the quotes"),
    ]

    @Test(arguments: table)
    func `a syntax error tells its place and what to change`(text: String, message: String) {
        #expect(errors(of: text) == [message])
    }

    @Test func `places are those in the file, not in the document`() {
        #expect(errors(of: "a: 1\n---\n\n# c\nb: [\n---\nc: @\n").map { $0.prefix(4) } == ["6:1:", "7:4:"])
    }
}
