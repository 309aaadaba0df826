import Resources
import Testing

@testable import SandboxCluster

/// Whom the fields of an applied configuration belong to, as Kubernetes 1.20.2 has it.
struct ApplySetTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let spec: Value
        let fields: String
        var minor = 20
        var testDescription: String { spec.json }
    }

    static let rows = [
        Row(spec: ["num": 1, "struct": ["a": "1"]], fields: #"{"f:num":{},"f:struct":{"f:a":{}}}"#),
        Row(spec: ["map": ["a": "1"]], fields: #"{"f:map":{"f:a":{}}}"#),
        Row(spec: ["map": [:], "set": [], "items": []], fields: #"null"#),
        Row(spec: ["map": [:], "set": []], fields: #"{"f:map":{}}"#, minor: 21),
        Row(spec: ["struct": ["inner": [:], "a": .null]], fields: #"{"f:struct":{"f:a":{}}}"#),
        Row(spec: ["struct": ["inner": [:]]], fields: #"{"f:struct":{"f:inner":{}}}"#, minor: 32),
        Row(
            spec: ["atomicMap": ["a": "1"], "atomicStruct": ["a": "1"], "atomicList": ["x"]],
            fields: #"{"f:atomicList":{},"f:atomicMap":{},"f:atomicStruct":{}}"#),
        Row(spec: ["set": ["x", "y<"]], fields: #"{"f:set":{"v:\"x\"":{},"v:\"y\\u003c\"":{}}}"#),
        Row(
            spec: ["items": [["name": "x", "v": "1", "set": ["p"]]]],
            fields: ##"{"f:items":{"k:{\"name\":\"x\"}":{".":{},"f:name":{},"f:set":{"v:\"p\"":{}},"f:v":{}}}}"##),
        Row(
            spec: ["ports": [["port": 80]]],
            fields: ##"{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}"##),
        Row(
            spec: ["open": ["known": "x", "new": ["a": ["b": 1], "c": [1]]]],
            fields: #"{"f:open":{"f:known":{},"f:new":{".":{},"f:a":{".":{},"f:b":{}},"f:c":{}}}}"#),
        Row(spec: ["any": ["a": ["b": 1]], "raw": ["a": 1]], fields: #"{"f:any":{"f:a":{}},"f:raw":{}}"#),
        Row(spec: ["num": .null], fields: #"{"f:num":{}}"#),
    ]

    @Test(arguments: rows) func `an applier owns the leaves, the entries and the items of what it applies`(
        row: Row
    ) throws {
        let merge = MergeFixture.merge(minor: row.minor)
        let result = try merge.apply(
            MergeFixture.object(row.spec), to: Optional.none, manager: "m", force: false, subresource: "",
            time: MergeFixture.time)
        let fields = result.managedFieldsList.first?["fieldsV1"]?["f:spec"] ?? .null
        #expect(fields.json == row.fields)
    }

    @Test func `an entry tells manager, operation, version and time`() throws {
        let result = try MergeFixture.merge().apply(
            MergeFixture.object(["num": 1], ["labels": ["a": "b"]]), to: Optional.none, manager: "m", force: false,
            subresource: "", time: MergeFixture.time)
        let entry: Value = [
            "manager": "m", "operation": "Apply", "apiVersion": "test.io/v1", "time": .string(MergeFixture.time),
            "fieldsType": "FieldsV1",
            "fieldsV1": ["f:metadata": ["f:labels": ["f:a": [:]]], "f:spec": ["f:num": [:]]],
        ]
        #expect(result["metadata"]?["managedFields"] == .array([entry]))
    }

    @Test func `nobody is recorded for an object without fields of its own`() throws {
        let result = try MergeFixture.merge().apply(
            ["apiVersion": "test.io/v1", "kind": "Thing", "metadata": ["name": "a"]], to: Optional.none, manager: "m",
            force: false, subresource: "", time: MergeFixture.time)
        #expect(result["metadata"] == ["name": "a"])
    }

    @Test(arguments: [
        (20, #"{"f:spec":{".":{},"f:set":{}}}"#), (21, ##"{"f:spec":{"f:set":{"v:\"x\"":{}}}}"##),
    ]) func `a schema with int-or-string is none to a server of 1.20`(minor: Int, fields: String) throws {
        let type = MergeFixture.structure([
            "apiVersion": MergeFixture.string, "kind": MergeFixture.string,
            "metadata": SchemaType(.reference("ObjectMeta")),
            "spec": MergeFixture.structure([
                "ios": SchemaType(.scalar(.intOrString)), "set": MergeFixture.list(MergeFixture.string),
            ]),
        ])
        let merge = ObjectMerge(type: type, registry: MergeFixture.registry, version: KubernetesVersion(minor: minor))
        let result = try merge.apply(
            MergeFixture.object(["set": ["x"]]), to: Optional.none, manager: "m", force: false, subresource: "",
            time: MergeFixture.time)
        #expect(MergeFixture.fields("m", result) == fields)
    }
}
