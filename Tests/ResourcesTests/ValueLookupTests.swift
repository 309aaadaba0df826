import Resources
import Testing

struct ValueLookupTests {
    private let value: Value = [
        "a": ["b": 1], "l": [["n": "x", "v": 1], ["n": "y", "v": 2]], "s": ["p", "q"],
        "ports": [["port": 80], ["port": 81, "protocol": "UDP"], ["port": 81, "protocol": "TCP"]],
    ]

    @Test(
        arguments: [
            ([], nil), ([.field("a"), .field("b")], 1), ([.field("a"), .field("c")], nil),
            ([.field("l"), .index(1), .field("v")], 2), ([.field("l"), .index(9)], nil),
            ([.field("l"), .key(["n": "y"]), .field("v")], 2), ([.field("l"), .key(["n": "z"])], nil),
            ([.field("s"), .value("q")], "q"), ([.field("s"), .value("r")], nil), ([.field("a"), .index(0)], nil),
            ([.field("ports"), .key(["port": 80, "protocol": "TCP"]), .field("port")], 80),
            ([.field("ports"), .key(["port": 81, "protocol": "TCP"]), .field("protocol")], "TCP"),
            ([.field("ports"), .key(["port": 82, "protocol": "TCP"])], nil),
        ] as [([FieldPath.Element], Value?)])
    func `a value is found at its path`(elements: [FieldPath.Element], expected: Value?) {
        #expect(value.value(at: FieldPath(elements)) == (elements.isEmpty ? value : expected))
    }

    @Test(arguments: [
        ("é", "é", true), ("\u{E9}", "e\u{301}", false), ("a\u{323}\u{307}", "a\u{307}\u{323}", false),
        ("a", "b", false),
        ("", "", true),
    ])
    func `identical means the same bytes`(left: String, right: String, isIdentical: Bool) {
        #expect(left.isIdentical(to: right) == isIdentical)
        #expect(Value.array([.string(left)]).isIdentical(to: [.string(right)]) == isIdentical)
        #expect(Value.object([left: 1]).isIdentical(to: .object([right: 1])) == isIdentical)
    }

    @Test func `identical values have the same types and the same members`() {
        #expect(Value.integer(1).isIdentical(to: 1))
        #expect(!Value.integer(1).isIdentical(to: "1"))
        #expect(!Value.object(["a": 1]).isIdentical(to: ["a": 1, "b": 1]))
        #expect(!Value.array([1]).isIdentical(to: [1, 2]))
        #expect(Value.null.isIdentical(to: .null))
    }
}
