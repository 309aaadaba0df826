import Resources
import Testing

@Suite struct JSONTests {
    @Test(
        arguments: [
            ("null", Value.null), ("true", true), ("-7", -7), ("1.0", 1), ("0.5", .double(0.5)),
            ("9223372036854775807", .integer(.max)), ("18446744073709551615", .unsigned(.max)),
            (#""a\u0000\"\n é""#, "a\u{0}\"\n é"), ("[]", .array([])), ("{}", .object([:])),
            (#"{"a":[1,{"b":null}],"c":"d"}"#, ["a": [1, ["b": nil]], "c": "d"]),
        ] as [(String, Value)])
    func `a document becomes its value`(text: String, value: Value) throws {
        #expect(try Value(json: text) == value)
    }

    @Test func `of duplicate keys the last one wins`() throws {
        #expect(try Value(json: #"{"a":1,"a":2}"#) == ["a": 2])
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\"}", "nul", "1 2", "\"\u{1}\"", "[1e999999]"])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try Value(json: text) }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        #expect(throws: JSONError.self) { try Value(json: [0x22, 0xFF, 0x22]) }
    }

    @Test func `nesting is read to the limit and refused beyond it`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
        }
        var value = try Value(json: nested(Value.maximumDepth))
        var depth = 0
        while let inner = value[0] {
            value = inner
            depth += 1
        }
        #expect(depth == Value.maximumDepth - 1)
        #expect(throws: JSONError.self) { try Value(json: nested(Value.maximumDepth + 1)) }
        #expect(throws: JSONError.self) { try Value(json: nested(100_000)) }
    }

    @Test(arguments: [
        (Value.object(["b": 1, "a": [true, nil]]), #"{"a":[true,null],"b":1}"#),
        ("\u{1}\u{7F}\t\\\"é", #""\u0001\u007f\t\\\"é""#),
        (.unsigned(.max), "18446744073709551615"),
    ])
    func `writing sorts keys and escapes control characters`(value: Value, text: String) throws {
        #expect(value.json == text)
        #expect(try Value(json: text) == value)
    }

    @Test func `pretty JSON indents by two`() {
        #expect(
            (["a": [1, 2], "b": .object([:])] as Value).prettyJSON
                == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}")
    }
}
