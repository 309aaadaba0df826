import Resources
import Testing

@testable import SandboxCluster

/// The words and codes of Kubernetes 1.20.2.
struct ApplyErrorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let applied: Value
        var minor = 20
        let message: String
        var testDescription: String { message }

        init(_ spec: Value, minor: Int = 20, _ message: String) {
            applied = MergeFixture.object(spec)
            self.minor = minor
            self.message = message
        }
    }

    static let rows = [
        Row(["foo": 1], ".spec.foo: field not declared in schema"),
        Row(["str": 3], ".spec.str: expected string, got &value.valueUnstructured{Value:3}"),
        Row(
            ["str": ["a": [1, "x", .null, .double(1.5), true]]],
            ".spec.str: expected string, got &value.valueUnstructured{Value:map[string]interface {}"
                + "{\"a\":[]interface {}{1, \"x\", interface {}(nil), 1.5, true}}}"),
        Row(["num": "x"], ".spec.num: expected numeric (int or float), got *value.valueUnstructured"),
        Row(["map": ["x"]], ".spec.map: expected map, got &{[x]}"),
        Row(["items": ["a": 1]], ".spec.items: expected list, got &{map[a:1]}"),
        Row(["struct": 3], ".spec.struct: expected map, got &{3}"),
        Row(["items": [["name": "a"], ["name": "a"]]], #".spec.items: duplicate entries for key [name="a"]"#),
        Row(["set": ["x", "y", "x"]], #".spec.set: duplicate entries for key [="x"]"#),
        Row(
            ["ports": [["port": 1], ["port": 1, "protocol": "TCP"]]],
            #".spec.ports: duplicate entries for key [port=1,protocol="TCP"]"#),
        Row(
            ["items": [["v": "a"]]],
            ".spec.items: element 0: associative list with keys has an element that omits key field \"name\" "
                + "(and doesn't have default value)"),
        Row(["items": [3]], ".spec.items: element 0: associative list with keys may not have non-map elements"),
        Row(["items": [.null]], ".spec.items: element 0: associative list with keys may not have a null element"),
        Row(
            ["set": [["a": 1]]],
            ".spec.set: element 0: associative list without keys has an element that's a map type"),
        Row(["set": [["a"]]], ".spec.set: element 0: not supported: associative list with lists as elements"),
        Row(
            ["set": [.null]],
            ".spec.set: element 0: associative list without keys has an element that's an explicit null"),
        Row(["items": [["name": "a", "w": 1]]], #".spec.items[name="a"].w: field not declared in schema"#),
        Row(["atomicList": [1]], ".spec.atomicList[0]: expected string, got &value.valueUnstructured{Value:1}"),
        Row(
            ["str": 1_000_000, "map": ["a": true]],
            "errors:\n  .spec.map.a: expected string, got &value.valueUnstructured{Value:true}\n"
                + "  .spec.str: expected string, got &value.valueUnstructured{Value:1000000}"),
        Row(
            ["str": .double(12_345_678.5)],
            ".spec.str: expected string, got &value.valueUnstructured{Value:1.23456785e+07}"),
    ]

    @Test(arguments: rows) func `a configuration that doesn't fit its type is refused`(row: Row) {
        let expected = APIStatus(
            code: 500, reason: "", message: "failed to create typed patch object: " + row.message)
        #expect(throws: expected) { try apply(row.applied, minor: row.minor) }
    }

    @Test func `later versions name the object and Go's type`() {
        let expected = APIStatus(
            code: 500, reason: "",
            message: "failed to create typed patch object (/a; test.io/v1, Kind=Thing): "
                + ".spec.num: expected numeric (int or float), got string")
        #expect(throws: expected) { try apply(MergeFixture.object(["num": "x"]), minor: 32) }
    }

    @Test(arguments: [.array([]), .array([[:]])] as [Value]) func `an applied object has no managed fields`(
        given: Value
    ) {
        let applied = MergeFixture.object(["num": 1], ["managedFields": given])
        let expected = APIStatus(code: 400, reason: "BadRequest", message: "metadata.managedFields must be nil")
        #expect(throws: expected) { try apply(applied, minor: 20) }
    }

    @Test func `the version is that of the request`() {
        var applied = MergeFixture.object(["num": 1])
        applied["apiVersion"] = "v2"
        let expected = APIStatus(
            code: 400, reason: "BadRequest",
            message: "Incorrect version specified in apply patch. Specified patch version: v2, expected: test.io/v1")
        #expect(throws: expected) { try apply(applied, minor: 20) }
    }

    @Test func `an element without a required key is the one with an empty key in Kubernetes' own types`() throws {
        let merge = MergeFixture.merge(kind: MergeFixture.deployment)
        let applied = MergeFixture.object(
            ["template": ["spec": ["containers": [["image": "x"]]]]], [:], MergeFixture.deployment)
        let result = try merge.apply(
            applied, to: Optional.none, manager: "m", force: false, subresource: "", time: MergeFixture.time)
        #expect(
            MergeFixture.fields("m", result)
                == ##"{"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"\"}":{".":{},"f:image":{}}}}}}}"##
        )
    }

    @discardableResult private func apply(_ applied: Value, minor: Int) throws -> Value {
        try MergeFixture.merge(minor: minor).apply(
            applied, to: Optional.none, manager: "m", force: false, subresource: "", time: MergeFixture.time)
    }
}
