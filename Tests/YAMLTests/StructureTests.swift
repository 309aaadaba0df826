import Resources
import Testing
import YAML

/// Duplicate keys, merges, anchors and aliases.
struct StructureTests {
    @Test(arguments: [
        ("a: 1\nb: 2\na: 3", "3:1: the key \"a\" is here twice: first on line 1, again on line 3"),
        ("x: {a: 1, b: 2, a: 3}", "1:17: the key \"a\" is here twice: first on line 1, again on line 1"),
        ("- y: 1\n  true: 2", "2:3: the key \"true\" is here twice: first on line 1, again on line 2"),
        ("1: a\n\"1\": b", "2:1: the key \"1\" is here twice: first on line 1, again on line 2"),
        ("{\"a\": 1,\n \"a\": 2}", "2:2: the key \"a\" is here twice: first on line 1, again on line 2"),
        (
            "b: &b {a: 0}\nc:\n  <<: *b\n  a: 1\n  a: 2",
            "5:3: the key \"a\" is here twice: first on line 4, again on line 5"
        ),
        (
            "b: &b {a: 0}\nc:\n  a: 1\n  <<: *b\n  a: 2",
            "5:3: the key \"a\" is here twice: first on line 3, again on line 5"
        ),
    ])
    func `duplicate keys are errors that name both places`(text: String, message: String) {
        #expect(errors(of: text) == [message])
    }

    @Test func `all duplicates of a document are reported, and the other documents are read`() {
        let result = YAMLReader.documents(in: Array("a: 1\na: 2\nb: 1\nb: 2\n---\nc: 1\n---\nd: [\n".utf8))
        #expect(result.documents.map(\.value) == [["c": 1]])
        #expect(result.errors.map(\.line) == [2, 4, 9])
        #expect(result.errors.map(\.code) == ["duplicate-key", "duplicate-key", "syntax"])
    }

    static let merges: [(String, Value)] = [
        ("<<: *m\nx: 9", ["x": 9, "y2": 2]),
        ("x: 9\n<<: *m", ["x": 1, "y2": 2]),
        ("<<: [*m, *n]", ["x": 1, "y2": 2, "z": 3]),
        ("<<: [*n, *m]", ["x": 7, "y2": 2, "z": 3]),
        ("<<: {x: 5}\nz: 0", ["x": 5, "z": 0]),
        ("<<: *m\n<<: *n", ["x": 7, "y2": 2, "z": 3]),
        ("x: 9\n<<: [{x: 5}, *n]", ["x": 5, "z": 3]),
        ("\"<<\": *m", ["<<": ["x": 1, "y2": 2]]),
        ("'<<': 1", ["<<": 1]),
        ("!!str <<: 1", ["<<": 1]),
        ("!!merge <<: *m", ["x": 1, "y2": 2]),
        ("{<<: *m, x: 4}", ["x": 4, "y2": 2]),
        ("q: <<", ["q": "<<"]),
        ("<<: []", [:]),
        ("<<: *o", ["x": 1, "w": ["x": 1, "y2": 2], "y2": 3]),
    ]

    @Test(arguments: merges)
    func `merges are positional, and of several the first wins`(text: String, expected: Value) throws {
        let anchors = "m: &m {x: 1, y2: 2}\nn: &n {x: 7, z: 3}\no: &o {y2: 8, <<: *m, w: *m, <<: {y2: 3}}\n"
        let indented = text.split(separator: "\n").joined(separator: "\n  ")
        #expect(try value(of: anchors + "r:\n  \(indented)")["r"] == expected)
    }

    @Test(arguments: ["<<: 1", "<<: ~", "<<: [1]", "<<: [[{a: 1}]]", "<<: *l", "<<: [*l]", "<<: *s"])
    func `only maps can be merged`(text: String) {
        let anchors = "l: &l [{a: 1}]\ns: &s text\n"
        #expect(errors(of: anchors + text) == ["3:1: << merges a map, an alias of a map, or a list of these"])
    }

    static let aliases: [(String, Value)] = [
        ("a: &x 1\nb: *x", ["a": 1, "b": 1]),
        ("a: &x [1, &y 2]\nb: *x\nc: *y", ["a": [1, 2], "b": [1, 2], "c": 2]),
        ("a: &x 1\nb: &x 2\nc: *x", ["a": 1, "b": 2, "c": 2]),
        ("a: &x [&x 1]\nb: *x", ["a": [1], "b": 1]),
        ("&k key: *k", ["key": "key"]),
        ("a: &x 0x10\n*x : 1", ["a": 16, "16": 1]),
        ("a: &x 1e3\n*x : 1", ["a": 1000, "1000": 1]),
        ("a: &x\nb: *x", ["a": nil, "b": nil]),
        ("a: &x '<<'\nb: {*x : 1}", ["a": "<<", "b": ["<<": 1]]),
    ]

    @Test(arguments: aliases)
    func `aliases repeat the last value with their anchor`(text: String, expected: Value) throws {
        #expect(try value(of: text) == expected)
    }

    @Test(arguments: [
        ("a: *x", "1:4: no anchor &x stands before the alias *x"),
        ("a: *x\nb: &x 1", "1:4: no anchor &x stands before the alias *x"),
        ("a: &x 1\n---\nb: *x", "3:4: no anchor &x stands before the alias *x"),
        ("a: &x [*x]", "1:8: the alias *x stands inside of its own anchor &x"),
        ("a: &x\n  b: {c: *x}", "2:10: the alias *x stands inside of its own anchor &x"),
        ("a: &x\n  <<: *x", "2:7: the alias *x stands inside of its own anchor &x"),
        ("a: *.example.com", "1:4: '*' must be followed by a name; quote the text if it is a value"),
    ])
    func `aliases of nothing and of themselves are errors`(text: String, message: String) {
        #expect(errors(of: text) == [message])
    }
}
