import Resources
import Testing

@testable import SandboxCluster

/// Strategic merge patches of a pod's containers and of an object's metadata.
struct StrategicPatchTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let patch: Value
        let old: Value
        let new: Value
        var testDescription: String { "\(patch.json) on \(old.json)" }

        init(_ patch: Value, _ old: Value, _ new: Value) {
            self.patch = patch
            self.old = old
            self.new = new
        }
    }

    private static let two: Value = [["name": "a", "image": "1"], ["name": "b", "image": "1"]]

    static let containers = [
        Row([["name": "a", "image": "2"]], two, [["name": "a", "image": "2"], ["name": "b", "image": "1"]]),
        Row([["name": "c"]], two, [["name": "c"], ["name": "a", "image": "1"], ["name": "b", "image": "1"]]),
        Row(
            [["name": "c"], ["name": "b", "image": "2"]], two,
            [["name": "c"], ["name": "a", "image": "1"], ["name": "b", "image": "2"]]),
        Row([["name": "a", "$patch": "delete"]], two, [["name": "b", "image": "1"]]),
        Row([["name": "c"], ["$patch": "replace"]], two, [["name": "c"]]),
        Row(
            [["name": "a", "args": ["x"], "image": .null]], two,
            [["name": "a", "args": ["x"]], ["name": "b", "image": "1"]]),
    ]

    @Test(arguments: containers) func `containers are merged by name`(row: Row) throws {
        let result = try strategic(["template": ["spec": ["containers": row.patch]]], row.old)
        #expect(result["spec"]?["template"]?["spec"]?["containers"]?.json == row.new.json)
    }

    static let orders = [
        Row([["name": "b"], ["name": "a"]], two, [["name": "b", "image": "1"], ["name": "a", "image": "1"]]),
        Row([["name": "b"]], two, [["name": "a", "image": "1"], ["name": "b", "image": "1"]]),
    ]

    @Test(arguments: orders) func `an order of elements sorts the list`(row: Row) throws {
        let result = try strategic(
            ["template": ["spec": ["$setElementOrder/containers": row.patch]]], row.old)
        #expect(result["spec"]?["template"]?["spec"]?["containers"]?.json == row.new.json)
    }

    @Test func `an order must name what is patched`() {
        let expected = APIStatus(
            code: 500, reason: "",
            message: "The order in patch list:\n[map[name:c]]\n doesn't match $setElementOrder list:\n[map[name:a]]\n")
        #expect(throws: expected) {
            try strategic(
                [
                    "template": [
                        "spec": ["$setElementOrder/containers": [["name": "a"]], "containers": [["name": "c"]]]
                    ]
                ],
                Self.two)
        }
    }

    static let metadata = [
        Row(["labels": ["a": .null, "b": "2"]], ["labels": ["a": "1", "c": "1"]], ["labels": ["b": "2", "c": "1"]]),
        Row(["labels": ["$patch": "delete"]], ["labels": ["a": "1"]], ["labels": [:]]),
        Row(["labels": ["$patch": "replace", "b": "1"]], ["labels": ["a": "1"]], ["labels": ["b": "1"]]),
        Row(["finalizers": ["x", "z"]], ["finalizers": ["x", "y"]], ["finalizers": ["x", "z", "y"]]),
        Row(
            ["$deleteFromPrimitiveList/finalizers": ["x"]], ["finalizers": ["x", "y"]], ["finalizers": ["y"]]),
        Row(
            ["$setElementOrder/finalizers": ["y", "x"], "finalizers": ["y"]], ["finalizers": ["x", "z"]],
            ["finalizers": ["y", "x", "z"]]),
    ]

    @Test(arguments: metadata) func `metadata are merged field by field`(row: Row) throws {
        let result = try Patch.strategic(
            ["metadata": row.patch], on: ["metadata": row.old], type: MergeFixture.type(MergeFixture.deployment),
            registry: MergeFixture.registry, version: KubernetesVersion(minor: 20))
        #expect(result["metadata"] == row.new)
    }

    @Test func `only what is retained stays`() throws {
        let result = try Patch.strategic(
            ["spec": ["strategy": ["$retainKeys": ["type"], "type": "Recreate"]]],
            on: ["spec": ["strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1]]]],
            type: MergeFixture.type(MergeFixture.deployment), registry: MergeFixture.registry)
        #expect(result == ["spec": ["strategy": ["type": "Recreate"]]])
    }

    struct ErrorRow: Sendable, CustomTestStringConvertible {
        let patch: Value
        let status: APIStatus
        var testDescription: String { status.message }

        init(_ code: Int, _ reason: String, _ message: String, _ patch: Value) {
            self.patch = patch
            status = APIStatus(code: code, reason: reason, message: message)
        }
    }

    static let errors = [
        ErrorRow(
            400, "BadRequest", "invalid patch format of retainKeys",
            ["spec": ["strategy": ["$retainKeys": ["type"], "x": 1]]]),
        ErrorRow(
            400, "BadRequest", "invalid patch format of primitive list",
            ["metadata": ["$deleteFromPrimitiveList": ["x"]]]),
        ErrorRow(
            500, "", "map: map[image:x] does not contain declared merge key: name",
            ["spec": ["template": ["spec": ["containers": [["image": "x"]]]]]]),
        ErrorRow(
            500, "", "unknown patch type: merge in map: map[$patch:merge name:a]",
            ["spec": ["template": ["spec": ["$patch": "merge", "name": "a"]]]]),
        ErrorRow(
            500, "", "merging lists cannot yet be specified in the patch",
            ["spec": ["template": ["spec": ["containers": [["$patch": "merge"]]]]]]),
        ErrorRow(
            400, "BadRequest", "json: cannot unmarshal array into Go value of type map[string]interface {}", []),
    ]

    @Test(arguments: errors) func `directives that can't be followed are refused`(row: ErrorRow) {
        #expect(throws: row.status) {
            try Patch.strategic(
                row.patch,
                on: [
                    "metadata": ["finalizers": ["x"]],
                    "spec": ["strategy": ["type": "x"], "template": ["spec": ["containers": Self.two]]],
                ], type: MergeFixture.type(MergeFixture.deployment), registry: MergeFixture.registry)
        }
    }

    @Test func `what is new has no directives since 1.27`() throws {
        let patch: Value = [
            "spec": ["template": ["spec": ["containers": [["name": "a", "$patch": "delete"], ["name": "b"]]]]]
        ]
        func containers(_ minor: Int) throws -> Value? {
            try Patch.strategic(
                patch, on: ["spec": ["template": ["spec": [:]]]], type: MergeFixture.type(MergeFixture.deployment),
                registry: MergeFixture.registry, version: KubernetesVersion(minor: minor)
            )["spec"]?["template"]?["spec"]?["containers"]
        }
        #expect(try containers(20) == [["name": "a", "$patch": "delete"], ["name": "b"]])
        #expect(try containers(27) == [["name": "b"]])
    }

    private func strategic(_ spec: Value, _ containers: Value) throws -> Value {
        try Patch.strategic(
            ["spec": spec], on: ["spec": ["template": ["spec": ["containers": containers]]]],
            type: MergeFixture.type(MergeFixture.deployment), registry: MergeFixture.registry)
    }
}
