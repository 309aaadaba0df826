import Resources
import Testing

@testable import SandboxCluster

struct PatchTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let patch: Value
        let old: Value
        /// Nil where the patch is refused.
        let new: Value?
        var testDescription: String { "\(patch.json) on \(old.json)" }

        init(_ patch: Value, _ old: Value, _ new: Value?) {
            self.patch = patch
            self.old = old
            self.new = new
        }
    }

    private static func operation(_ name: String, _ path: String, _ value: Value? = nil) -> Value {
        var operation: Value = ["op": .string(name), "path": .string(path)]
        operation["value"] = value
        return [operation]
    }

    static let json = [
        Row(operation("add", "/a/b", 1), ["a": [:]], ["a": ["b": 1]]),
        Row(operation("add", "/a/b", 1), [:], .none),
        Row(operation("add", "/l/0", "x"), ["l": ["y"]], ["l": ["x", "y"]]),
        Row(operation("add", "/l/-", "x"), ["l": ["y"]], ["l": ["y", "x"]]),
        Row(operation("add", "/l/-1", "x"), ["l": ["y"]], ["l": ["y", "x"]]),
        Row(operation("add", "/l/2", "x"), ["l": ["y"]], .none),
        Row(operation("add", "/l/x", "x"), ["l": ["y"]], .none),
        Row(operation("add", "", 1), [:], .none),
        Row(operation("add", "/a~1b~0c", 1), [:], ["a/b~c": 1]),
        Row(operation("remove", "/a"), ["a": 1], [:]),
        Row(operation("remove", "/a"), [:], .none),
        Row(operation("remove", "/l/-1"), ["l": [1, 2]], ["l": [1]]),
        Row(operation("replace", "/a", 2), ["a": 1], ["a": 2]),
        Row(operation("replace", "/a", 2), [:], ["a": 2]),
        Row(operation("replace", "/l/1", 2), ["l": [1]], .none),
        Row(operation("test", "/a", 1), ["a": 1], ["a": 1]),
        Row(operation("test", "/a", ["b": [1]]), ["a": ["b": [1]]], ["a": ["b": [1]]]),
        Row(operation("test", "/a", 2), ["a": 1], .none),
        Row(operation("test", "/a", .null), [:], [:]),
        Row([["op": "copy", "from": "/a", "path": "/b"]], ["a": 1], ["a": 1, "b": 1]),
        Row([["op": "move", "from": "/a", "path": "/b"]], ["a": 1], ["b": 1]),
        Row([["op": "move", "from": "/a", "path": "/b/c"]], ["a": 1], .none),
        Row(operation("jump", "/a"), ["a": 1], .none),
    ]

    @Test(arguments: json) func `a JSON patch`(row: Row) throws {
        guard let new = row.new else {
            let expected = APIStatus(
                code: 422, reason: "Invalid",
                message: "the server rejected our request due to an error in our request", details: [:])
            #expect(throws: expected) {
                try Patch.json(row.patch, on: row.old, version: KubernetesVersion(minor: 20))
            }
            return
        }
        #expect(try Patch.json(row.patch, on: row.old, version: KubernetesVersion(minor: 20)) == new)
    }

    @Test func `what isn't there can't be replaced since 1.22`() {
        #expect(throws: APIStatus.self) { try Patch.json(Self.operation("replace", "/a", 2), on: [:]) }
    }

    static let noPatches: [(Value, String)] = [
        (["a": 1], "object into Go value of type jsonpatch.Patch"),
        (.array(["x"]), "string into Go value of type jsonpatch.Operation"),
    ]

    @Test(arguments: noPatches) func `what is no JSON patch is refused`(patch: Value, message: String) {
        let expected = APIStatus(code: 400, reason: "BadRequest", message: "json: cannot unmarshal " + message)
        #expect(throws: expected) { try Patch.json(patch, on: [:]) }
    }

    @Test func `a JSON patch has ten thousand operations at most`() {
        let patch = Value.array(Array(repeating: ["op": "test", "path": "/a", "value": .null], count: 10_001))
        let expected = APIStatus(
            code: 413, reason: "RequestEntityTooLarge",
            message: "The allowed maximum operations in a JSON patch is 10000, got 10001")
        #expect(throws: expected) { try Patch.json(patch, on: [:]) }
    }

    static let mergePatches = [
        Row(["a": 1], ["b": 1], ["a": 1, "b": 1]), Row(["a": .null], ["a": 1, "b": 1], ["b": 1]),
        Row(["a": ["b": .null, "c": 1]], [:], ["a": ["c": 1]]),
        Row(["a": ["b": .null, "c": 1]], ["a": ["b": 1, "d": 1]], ["a": ["c": 1, "d": 1]]),
        Row(["a": [1, .null, ["b": .null]]], ["a": 1], ["a": [1, [:]]]),
        Row(["a": [1, .null]], ["a": ["b": 1]], ["a": [1, .null]]),
        Row([1, .null], ["a": 1], [1]),
    ]

    @Test(arguments: mergePatches) func `a merge patch`(row: Row) throws {
        #expect(try Patch.merge(row.patch, on: row.old) == row.new)
    }

    @Test func `a merge patch is no text`() {
        let expected = APIStatus(code: 500, reason: "", message: "Invalid JSON Patch")
        #expect(throws: expected) { try Patch.merge("x", on: [:]) }
    }
}
