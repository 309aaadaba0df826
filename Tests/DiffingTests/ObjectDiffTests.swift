import Diffing
import Resources
import Testing

struct ObjectDiffTests {
    /// The changes as lines: path, old and new value.
    private func lines(_ old: String?, _ new: String?) throws -> [String] {
        try ObjectDiff.changes(from: old.map(Fixtures.object), to: new.map(Fixtures.object)).map(\.line)
    }

    private func lines(spec old: String, _ new: String, managedFields: [Value] = []) throws -> [String] {
        let old = try Fixtures.object(spec: old, managedFields: managedFields)
        return try ObjectDiff.changes(from: old, to: Fixtures.object(spec: new)).map(\.line)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let old: String
        let new: String
        let changes: [String]
        var testDescription: String { name }

        init(_ name: String, _ old: String, _ new: String, _ changes: [String]) {
            self.name = name
            self.old = old
            self.new = new
            self.changes = changes
        }
    }

    @Test(arguments: [
        Case("nothing", #"{"a":1}"#, #"{"a":1}"#, []),
        Case("a value", #"{"a":1,"b":2}"#, #"{"a":2,"b":2}"#, ["spec.a: 1 -> 2"]),
        Case("a type", #"{"a":1}"#, #"{"a":"1"}"#, [#"spec.a: 1 -> "1""#]),
        Case("added and removed", #"{"a":1}"#, #"{"b":{"c":2}}"#, ["spec.a: 1 -> -", #"spec.b: - -> {"c":2}"#]),
        Case("null and absent", #"{"a":null}"#, "{}", ["spec.a: null -> -"]),
        Case(
            "the same letter in other bytes", "{\"a\":\"\u{E9}\"}", "{\"a\":\"e\u{301}\"}",
            ["spec.a: \"\u{E9}\" -> \"e\u{301}\""]),
        Case(
            "an image of a container", #"{"containers":[{"name":"a","image":"x"},{"name":"b","image":"y"}]}"#,
            #"{"containers":[{"name":"a","image":"x"},{"name":"b","image":"z"}]}"#,
            [#"spec.containers[b].image: "y" -> "z""#]),
        Case(
            "a container added before another", #"{"containers":[{"name":"a"}]}"#,
            #"{"containers":[{"name":"b"},{"name":"a"}]}"#, [#"spec.containers[b]: - -> {"name":"b"}"#]),
        Case(
            "ports by both keys, the protocol defaulted",
            #"{"ports":[{"port":80,"targetPort":1},{"port":80,"protocol":"UDP","targetPort":1}]}"#,
            #"{"ports":[{"port":80,"protocol":"TCP","targetPort":1},{"port":80,"protocol":"UDP","targetPort":2}]}"#,
            [#"spec.ports[80,TCP].protocol: - -> "TCP""#, "spec.ports[80,UDP].targetPort: 1 -> 2"]),
        Case(
            "another order", #"{"env":[{"name":"a"},{"name":"b"},{"name":"c"}]}"#,
            #"{"env":[{"name":"c"},{"name":"a"}]}"#,
            [#"spec.env[b]: {"name":"b"} -> -"#, #"spec.env (order): ["a","c"] -> ["c","a"]"#]),
        Case(
            "a key twice: by position", #"{"env":[{"name":"a","v":1},{"name":"a","v":2}]}"#,
            #"{"env":[{"name":"a","v":1},{"name":"a","v":3}]}"#, ["spec.env[1].v: 2 -> 3"]),
        Case(
            "scalars by position", #"{"args":["a","b","c"]}"#, #"{"args":["a","x","c"]}"#,
            [#"spec.args[1]: "b" -> "x""#]),
        Case("a scalar inserted", #"{"args":["a","b"]}"#, #"{"args":["n","a","b"]}"#, [#"spec.args[0]: - -> "n""#]),
        Case("a scalar removed", #"{"args":["a","b","c"]}"#, #"{"args":["a","c"]}"#, [#"spec.args[1]: "b" -> -"#]),
        Case(
            "an object in a list without keys", #"{"rules":[{"verbs":["get"]},{"verbs":["list"]}]}"#,
            #"{"rules":[{"verbs":["get","watch"]},{"verbs":["list"]}]}"#, [#"spec.rules[0].verbs[1]: - -> "watch""#]),
        Case("a list replaced by a map", #"{"a":[1]}"#, #"{"a":{"b":1}}"#, [#"spec.a: [1] -> {"b":1}"#]),
    ])
    func `changes name their fields`(_ test: Case) throws {
        #expect(try lines(spec: test.old, test.new) == test.changes)
    }

    @Test func `managed fields tell which lists have keys and which are sets`() throws {
        let entry = try Fixtures.entry(
            spec: #"{"f:things":{"k:{\"id\":1}":{".":{},"f:id":{}}},"f:tags":{"v:\"a\"":{}}}"#, manager: "other")
        let found = try lines(
            spec: #"{"things":[{"id":1,"v":1},{"id":2,"v":1}],"tags":["a","b"]}"#,
            #"{"things":[{"id":2,"v":1},{"id":1,"v":2}],"tags":["b","c"]}"#, managedFields: [entry])
        #expect(
            found == [
                #"spec.tags[="a"]: "a" -> -"#, #"spec.tags[="c"]: - -> "c""#, "spec.things[1].v: 1 -> 2",
                #"spec.things (order): ["1","2"] -> ["2","1"]"#,
            ])
    }

    @Test func `what only the server writes is no change`() throws {
        let found = try lines(
            #"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","uid":"1","resourceVersion":"1","generation":1,
             "creationTimestamp":"x","selfLink":"/a","managedFields":[]},"status":{"phase":"Pending"}}
            """#,
            #"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":{"a":"b"}},"status":{"phase":"Running"}}
            """#)
        #expect(found == [#"metadata.labels: - -> {"a":"b"}"#])
    }

    @Test func `a status that was applied is compared`() throws {
        let entry = Fixtures.entry(fields: ["f:status": ["f:x": [:]]], apiVersion: "example.dev/v1")
        var old = try Fixtures.object(spec: "{}", apiVersion: "example.dev/v1", managedFields: [entry])
        old.value["status"] = ["x": 1]
        var new = old
        new.value["status"] = ["x": 2]
        #expect(ObjectDiff.changes(from: old, to: new).map(\.line) == ["status.x: 1 -> 2"])
    }

    @Test func `an object that appears or goes is told by its top fields`() throws {
        let json = #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","uid":"1"},"data":{"k":"v"}}"#
        #expect(
            try lines(nil, json) == [
                #"apiVersion: - -> "v1""#, #"data: - -> {"k":"v"}"#, #"kind: - -> "ConfigMap""#,
                #"metadata.name: - -> "a""#,
            ])
        #expect(try lines(json, nil).first == #"apiVersion: "v1" -> -"#)
        #expect(try lines(nil, nil).isEmpty)
    }

    @Test(arguments: [
        (#""data":{"p":"b25l","q":"x"}"#, #""data":{"p":"dHdv","q":"x"}"#, [#"data.p: "******" -> "******" (secret)"#]),
        (#""data":{}"#, #""data":{"p":"b25l"}"#, [#"data.p: - -> "******" (secret)"#]),
        (#""type":"x""#, #""type":"x","data":{"p":"b25l"}"#, [#"data.p: - -> "******" (secret)"#]),
        (
            #""stringData":{"p":"one"}"#, #""type":"x""#,
            [#"stringData.p: "******" -> - (secret)"#, #"type: - -> "x""#]
        ),
        (#""data":"b25l""#, #""data":"dHdv""#, [#"data: "******" -> "******" (secret)"#]),
        (#""type":"x""#, #""type":"y""#, [#"type: "x" -> "y""#]),
    ])
    func `secret values are masked`(old: String, new: String, changes: [String]) throws {
        let head = #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"#
        let found = try ObjectDiff.changes(
            from: Fixtures.object(head + old + "}"), to: Fixtures.object(head + new + "}"))
        #expect(found.map(\.line) == changes)
    }

    @Test func `no secret value is anywhere in the changes of a Secret`() throws {
        let annotation = #""annotations":{"kubectl.kubernetes.io/last-applied-configuration":"hunter2","a":"b"}"#
        let secret = try Fixtures.object(
            #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a",\#(annotation)},"data":{"p":"hunter2"}}"#)
        for changes in [ObjectDiff.changes(from: nil, to: secret), ObjectDiff.changes(from: secret, to: nil)] {
            #expect(changes.contains { $0.path.description == "data.p" && $0.isSecret })
            #expect(!"\(changes)".contains("hunter2"))
        }
    }

    @Test func `the change of a text is a line diff`() throws {
        let change = try #require(
            ObjectDiff.changes(
                from: Fixtures.object(spec: #"{"a":"one\ntwo\n"}"#), to: Fixtures.object(spec: #"{"a":"one\n2\n"}"#)
            ).first)
        let hunk = try #require(change.textHunks?.first)
        #expect(hunk.lines.map(\.text) == ["one", "two", "2"])
        let single = FieldChange(path: FieldPath(fields: "a"), old: "x", new: "y")
        #expect(single.textHunks == nil)
        let secret = FieldChange(path: FieldPath(fields: "a"), old: "x\n", new: "y\n", isSecret: true)
        #expect(secret.textHunks == nil)
    }

    @Test func `very long lists and deep values are compared as well`() throws {
        let old = Value.array((0..<5_000).map { .integer($0) })
        let new = Value.array((0..<5_000).map { .integer($0 == 2_500 ? -1 : $0) })
        let object = { (value: Value) in KubernetesObject(["kind": "A", "spec": ["a": value]]) }
        #expect(ObjectDiff.changes(from: object(old), to: object(new)).map(\.line) == ["spec.a[2500]: 2500 -> -1"])
        let deep = { (leaf: Value) in (0..<5_000).reduce(leaf) { value, _ in ["a": value] } }
        #expect(ObjectDiff.changes(from: object(deep(1)), to: object(deep(2))).count == 1)
    }
}

extension FieldChange {
    var line: String {
        let values = "\(old?.json ?? "-") -> \(new?.json ?? "-")"
        return "\(path)\(isReordering ? " (order)" : ""): \(values)\(isSecret ? " (secret)" : "")"
    }
}
