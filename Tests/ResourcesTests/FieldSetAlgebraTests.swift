import Resources
import Testing

struct FieldSetAlgebraTests {
    private func set(_ json: String) throws -> FieldSet {
        try #require(FieldSet(fieldsV1: Value(json: json)))
    }

    private static let written = #"""
        {"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{"f:l":{"k:{\"n\":1,\"p\":\"T\"}":{".":{},"f:n":{}}},"f:s":{"v:\"x\"":{}}}}
        """#

    @Test func `fieldsV1 is written as it was read`() throws {
        #expect(try set(Self.written).fieldsV1.json == Self.written)
    }

    @Test(arguments: [
        (#"{"f:a":{}}"#, #"{"f:b":{}}"#, #"{"f:a":{},"f:b":{}}"#, #"{"f:a":{}}"#),
        (#"{"f:a":{".":{},"f:x":{}}}"#, #"{"f:a":{}}"#, #"{"f:a":{".":{},"f:x":{}}}"#, #"{"f:a":{"f:x":{}}}"#),
        (
            #"{"f:a":{"f:x":{},"f:y":{}}}"#, #"{"f:a":{"f:x":{}}}"#, #"{"f:a":{"f:x":{},"f:y":{}}}"#,
            #"{"f:a":{"f:y":{}}}"#
        ),
        (#"{"f:a":{}}"#, #"{"f:a":{}}"#, #"{"f:a":{}}"#, "{}"),
    ])
    func `sets are united and subtracted`(left: String, right: String, union: String, rest: String) throws {
        #expect(try set(left).union(set(right)).fieldsV1.json == union)
        #expect(try set(left).subtracting(set(right)).fieldsV1.json == rest)
    }

    @Test func `a set is limited to the fields of a value`() throws {
        let value = try Value(json: #"{"metadata":{"labels":{"b":"c"}},"spec":{"l":[{"n":1,"p":"T"}],"s":["y"]}}"#)
        #expect(
            try set(Self.written).intersection(with: value).fieldsV1.json
                == #"{"f:metadata":{"f:labels":{}},"f:spec":{"f:l":{"k:{\"n\":1,\"p\":\"T\"}":{".":{},"f:n":{}}}}}"#)
    }

    @Test(
        arguments: [
            (["a"], true), (["a", "x"], true), (["a", "x", "deeper"], true), (["a", "y"], false), (["b"], false),
            (["m"], true), (["m", "z"], false), ([], true),
        ] as [([String], Bool)])
    func `a set covers its fields, what contains them and what is inside`(names: [String], covers: Bool) throws {
        let fields = try set(#"{"f:a":{"f:x":{}},"f:m":{".":{},"f:n":{}}}"#)
        #expect(fields.covers(FieldPath(names.map(FieldPath.Element.field))) == covers)
    }
}
