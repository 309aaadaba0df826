import Resources
import Testing

@testable import SandboxCluster

/// Sequences of writes whose results were observed on Kubernetes 1.20.2.
struct ApplySequenceTests {
    enum Step: Sendable {
        case apply(String, Value, force: Bool = false)
        case update(String, Value)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var minor = 20
        let steps: [Step]
        /// The `spec` in the end; nulls are what a server's decoder drops.
        let spec: Value
        let owners: [String]

        init(_ name: String, minor: Int = 20, _ steps: [Step], spec: Value, owners: [String]) {
            testDescription = name
            self.minor = minor
            self.steps = steps
            self.spec = spec
            self.owners = owners
        }
    }

    static let rows = [
        Row(
            "equal values are owned together",
            [.apply("a", ["num": 1, "str": "x"]), .apply("b", ["num": 1])], spec: ["num": 1, "str": "x"],
            owners: [#"a {"f:spec":{"f:num":{},"f:str":{}}}"#, #"b {"f:spec":{"f:num":{}}}"#]),
        Row(
            "what is not applied any more goes",
            [.apply("a", ["num": 1, "str": "x"]), .apply("a", ["num": 1])], spec: ["num": 1],
            owners: [#"a {"f:spec":{"f:num":{}}}"#]),
        Row(
            "what another one owns stays",
            [.apply("a", ["num": 1, "str": "x"]), .apply("b", ["str": "x"]), .apply("a", ["num": 1])],
            spec: ["num": 1, "str": "x"],
            owners: [#"a {"f:spec":{"f:num":{}}}"#, #"b {"f:spec":{"f:str":{}}}"#]),
        Row(
            "force takes fields away",
            [.apply("a", ["num": 1, "str": "x"]), .apply("b", ["num": 2], force: true)],
            spec: ["num": 2, "str": "x"],
            owners: [#"a {"f:spec":{"f:str":{}}}"#, #"b {"f:spec":{"f:num":{}}}"#]),
        Row(
            "who loses everything has no entry", [.apply("a", ["num": 1]), .apply("b", ["num": 2], force: true)],
            spec: ["num": 2], owners: [#"b {"f:spec":{"f:num":{}}}"#]),
        Row(
            "an update takes what it changes",
            [.apply("a", ["num": 1, "str": "x"]), .update("u", ["num": 2, "str": "x"])],
            spec: ["num": 2, "str": "x"],
            owners: [#"a {"f:spec":{"f:str":{}}}"#, #"u {"f:spec":{"f:num":{}}}"#]),
        Row(
            "an update that removes a field leaves it to nobody",
            [.apply("a", ["num": 1, "str": "x"]), .update("u", ["str": "x"])], spec: ["str": "x"],
            owners: [#"a {"f:spec":{"f:str":{}}}"#]),
        Row(
            "an applier doesn't remove what only updates gave it",
            [.update("u", ["num": 1]), .apply("a", ["str": "x"]), .apply("a", ["map": [:]])],
            spec: ["num": 1, "map": [:]],
            owners: [#"u {"f:spec":{".":{},"f:num":{}}}"#]),
        Row(
            "lists with keys keep their order and add at the end",
            [
                .apply("a", ["items": [["name": "x", "v": "1"], ["name": "y"]]]),
                .apply("b", ["items": [["name": "z"], ["name": "x", "v": "1"]]]),
            ], spec: ["items": [["name": "x", "v": "1"], ["name": "y"], ["name": "z"]]],
            owners: [
                ##"a {"f:spec":{"f:items":{"k:{\"name\":\"x\"}":{".":{},"f:name":{},"f:v":{}},"k:{\"name\":\"y\"}":{".":{},"f:name":{}}}}}"##,
                ##"b {"f:spec":{"f:items":{"k:{\"name\":\"x\"}":{".":{},"f:name":{},"f:v":{}},"k:{\"name\":\"z\"}":{".":{},"f:name":{}}}}}"##,
            ]),
        Row(
            "lists keep the order of what is applied since 1.25", minor: 25,
            [
                .apply("a", ["set": ["p", "q", "r"]]), .apply("b", ["set": ["r", "s", "p"]]),
            ], spec: ["set": ["q", "r", "s", "p"]],
            owners: [
                ##"a {"f:spec":{"f:set":{"v:\"p\"":{},"v:\"q\"":{},"v:\"r\"":{}}}}"##,
                ##"b {"f:spec":{"f:set":{"v:\"p\"":{},"v:\"r\"":{},"v:\"s\"":{}}}}"##,
            ]),
        Row(
            "an item of a list goes with what nobody owns in it",
            [
                .apply("a", ["items": [["name": "x"], ["name": "y"]]]),
                .update("u", ["items": [["name": "x"], ["name": "y", "v": "1"]]]),
                .apply("a", ["items": [["name": "x"]]]),
            ], spec: ["items": [["name": "x"]]],
            owners: [
                ##"a {"f:spec":{"f:items":{"k:{\"name\":\"x\"}":{".":{},"f:name":{}}}}}"##
            ]),
        Row(
            "members of a set are owned one by one",
            [.apply("a", ["set": ["p", "q"]]), .apply("b", ["set": ["q", "r"]]), .apply("a", ["set": ["p"]])],
            spec: ["set": ["p", "q", "r"]],
            owners: [
                ##"a {"f:spec":{"f:set":{"v:\"p\"":{}}}}"##, ##"b {"f:spec":{"f:set":{"v:\"q\"":{},"v:\"r\"":{}}}}"##,
            ]),
        Row(
            "what loses its last field is null",
            [.apply("a", ["num": 1, "struct": ["a": "1"]]), .apply("a", ["num": 1])],
            spec: ["num": 1, "struct": .null], owners: [#"a {"f:spec":{"f:num":{}}}"#]),
        Row(
            "what loses its last field goes since 1.21", minor: 21,
            [.apply("a", ["num": 1, "struct": ["a": "1"]]), .apply("a", ["num": 1])], spec: ["num": 1],
            owners: [#"a {"f:spec":{"f:num":{}}}"#]),
        Row(
            "whoever owned an empty object owns what comes into it",
            [
                .update("u", ["struct": ["inner": [:]]]), .apply("a", ["struct": ["inner": ["x": 1]]]),
                .apply("b", ["num": 1]),
            ],
            spec: ["num": 1, "struct": ["inner": ["x": 1]]],
            owners: [
                #"a {"f:spec":{"f:struct":{"f:inner":{"f:x":{}}}}}"#, #"b {"f:spec":{"f:num":{}}}"#,
                #"u {"f:spec":{".":{},"f:struct":{".":{},"f:inner":{".":{},"f:x":{}}}}}"#,
            ]),
        Row(
            "null doesn't change a map that has entries",
            [.apply("a", ["map": ["a": "1"]]), .apply("b", ["map": .null, "num": 1])],
            spec: ["map": ["a": "1"], "num": 1],
            owners: [#"a {"f:spec":{"f:map":{"f:a":{}}}}"#, #"b {"f:spec":{"f:num":{}}}"#]),
        Row(
            "an indivisible map is replaced",
            [.apply("a", ["atomicMap": ["a": "1"]]), .apply("a", ["atomicMap": ["b": "1"]])],
            spec: ["atomicMap": ["b": "1"]], owners: [#"a {"f:spec":{"f:atomicMap":{}}}"#]),
        Row(
            "an object without a schema may become a text",
            [.apply("a", ["open": ["x": ["y": 1]]]), .apply("a", ["open": ["x": "z"]])], spec: ["open": ["x": "z"]],
            owners: [#"a {"f:spec":{"f:open":{"f:x":{}}}}"#]),
    ]

    @Test(arguments: rows) func `writes in a row`(row: Row) throws {
        let merge = MergeFixture.merge(minor: row.minor)
        var live: Value?
        for step in row.steps {
            switch step {
            case .apply(let manager, let spec, let force):
                live = try merge.apply(
                    MergeFixture.object(spec), to: live, manager: manager, force: force, subresource: "",
                    time: MergeFixture.time)
            case .update(let manager, let spec):
                var new = MergeFixture.object(spec)
                if live != nil { new = MergeFixture.stored(new) }
                live = try merge.update(new, from: live, manager: manager, subresource: "", time: MergeFixture.time)
            }
            live = live.map(MergeFixture.stored)
        }
        let result = try #require(live)
        #expect(result["spec"]?.json == row.spec.json)
        #expect(MergeFixture.owners(result) == row.owners)
    }

    @Test func `nothing changes where the same is applied again`() throws {
        let merge = MergeFixture.merge()
        let object = MergeFixture.object(["num": 1, "items": [["name": "x"]]])
        let first = MergeFixture.stored(
            try merge.apply(
                object, to: Optional.none, manager: "a", force: false, subresource: "", time: MergeFixture.time))
        let second = try merge.apply(
            object, to: first, manager: "a", force: false, subresource: "", time: MergeFixture.later)
        #expect(second == first)
    }

    @Test func `the time changes with the set of fields only`() throws {
        let merge = MergeFixture.merge()
        var live = MergeFixture.stored(
            try merge.apply(
                MergeFixture.object(["num": 1]), to: Optional.none, manager: "a", force: false, subresource: "",
                time: MergeFixture.time))
        live = try merge.apply(
            MergeFixture.object(["num": 1]), to: live, manager: "b", force: false, subresource: "",
            time: MergeFixture.later)
        #expect(live.managedFieldsList.map { $0["time"]?.string } == [MergeFixture.time, MergeFixture.later])
    }
}
