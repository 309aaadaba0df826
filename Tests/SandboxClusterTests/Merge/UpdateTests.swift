import Resources
import Testing

@testable import SandboxCluster

struct UpdateTests {
    private let merge = MergeFixture.merge(kind: MergeFixture.configMap)

    private func map(_ data: Value, _ metadata: Value = [:]) -> Value {
        MergeFixture.object(data, metadata, MergeFixture.configMap)
    }

    private func update(
        _ new: Value, from live: Value?, _ manager: String = "u", time: String = MergeFixture.time
    ) throws -> Value {
        MergeFixture.stored(try merge.update(new, from: live, manager: manager, subresource: "", time: time))
    }

    @Test func `who creates an object owns what Go doesn't always write`() throws {
        let merge = MergeFixture.merge(kind: MergeFixture.deployment)
        let new: Value = [
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "a", "creationTimestamp": .null],
            "spec": [
                "replicas": 1, "strategy": ["type": "Recreate"],
                "template": [
                    "spec": [
                        "containers": [["name": "c", "image": "i", "resources": [:]]], "nodeSelector": ["a": "b"],
                    ]
                ],
            ], "status": [:],
        ]
        let result = try merge.update(
            new, from: Optional.none, manager: "u", subresource: "", time: MergeFixture.time)
        #expect(
            MergeFixture.fields("u", result)
                == ##"{"f:spec":{"f:replicas":{},"f:strategy":{"f:type":{}},"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{},"f:resources":{}}},"f:nodeSelector":{".":{},"f:a":{}}}}}}"##
        )
    }

    @Test func `later changes are added to the manager's entry`() throws {
        let first = try update(map(["a": "1"]), from: Optional.none)
        let second = try update(map(["a": "1", "b": "1"]), from: first, time: MergeFixture.later)
        #expect(MergeFixture.fields("u", second) == #"{"f:data":{".":{},"f:a":{},"f:b":{}}}"#)
        #expect(second.managedFieldsList.first?["time"]?.string == MergeFixture.later)
    }

    @Test(arguments: [(20, MergeFixture.time), (25, MergeFixture.later)])
    func `a new value of a field of one's own is told by the time since 1.25`(minor: Int, time: String) throws {
        let merge = MergeFixture.merge(minor: minor, kind: MergeFixture.configMap)
        let live = MergeFixture.stored(
            try merge.update(
                map(["a": "1"]), from: Optional.none, manager: "u", subresource: "", time: MergeFixture.time))
        let result = try merge.update(
            map(["a": "2"]), from: live, manager: "u", subresource: "", time: MergeFixture.later)
        #expect(result.managedFieldsList.map { $0["time"]?.string } == [time])
    }

    @Test(arguments: [.array([]), .array([[:]])] as [Value]) func `empty managed fields reset them`(given: Value) throws
    {
        let live = try update(map(["a": "1"]), from: Optional.none)
        var new = map(["a": "2"], ["managedFields": given, "uid": "7"])
        var result = try update(new, from: live, "v")
        #expect(result.managedFieldsList.isEmpty)
        // Nobody is recorded from then on, until somebody applies.
        new = map(["a": "3"], ["uid": "7"])
        result = try update(new, from: result, "v")
        #expect(result.managedFieldsList.isEmpty)
        let applied = try merge.apply(
            map(["b": "1"]), to: result, manager: "m", force: false, subresource: "", time: MergeFixture.time)
        #expect(
            MergeFixture.owners(applied) == [
                #"m {"f:data":{"f:b":{}}}"#, #"before-first-apply {"f:data":{".":{},"f:a":{}}}"#,
            ])
    }

    @Test func `managed fields of the request count, whatever their form`() throws {
        let live = try update(map(["a": "1"]), from: Optional.none)
        let entry: Value = [
            "manager": "x", "operation": "Apply", "apiVersion": "v1", "fieldsType": "FieldsV1",
            "fieldsV1": ["f:data": ["f:a": [:]]],
        ]
        let result = try update(map(["a": "1"], ["managedFields": .array([entry])]), from: live)
        #expect(result["metadata"]?["managedFields"] == .array([entry]))
    }

    @Test(arguments: ["fieldsType", "operation"]) func `managed fields that can't be read leave the object without any`(
        missing: String
    ) throws {
        let live = try update(map(["a": "1"]), from: Optional.none)
        var entry: Value = [
            "manager": "x", "operation": "Apply", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": [:],
        ]
        entry[missing] = Optional.none
        let result = try update(map(["a": "1"], ["managedFields": .array([entry])]), from: live)
        #expect(result.managedFieldsList == [])
    }

    @Test func `a subresource doesn't take managed fields from the request`() throws {
        let live = try update(map(["a": "1"]), from: Optional.none)
        let new = map(["a": "1"], ["managedFields": []])
        let result = try merge.update(
            new, from: live, manager: "u", subresource: "status", time: MergeFixture.later)
        #expect(result.managedFieldsList == live.managedFieldsList)
    }

    @Test(arguments: [(20, ["a"]), (22, ["a", "s"])]) func `who scales owns the replicas since 1.22`(
        minor: Int, managers: [String]
    ) throws {
        let merge = MergeFixture.merge(minor: minor)
        let live = MergeFixture.stored(
            try merge.apply(
                MergeFixture.object(["num": 1, "str": "x"]), to: Optional.none, manager: "a", force: false,
                subresource: "", time: MergeFixture.time))
        var new = live
        new["spec"]?["num"] = 2
        let result = try merge.update(
            new, from: live, manager: "s", subresource: "scale", time: MergeFixture.later)
        #expect(result.managedFieldsList.compactMap { $0["manager"]?.string } == managers)
        #expect(result.managedFieldsList.last?["subresource"] == (minor == 20 ? Optional.none : Value.string("scale")))
    }

    @Test func `duplicates leave an object without managers`() throws {
        let merge = MergeFixture.merge()
        let new = MergeFixture.object(["items": [["name": "a"], ["name": "a"]]])
        let live = try merge.update(
            new, from: Optional.none, manager: "u", subresource: "", time: MergeFixture.time)
        #expect(live == new)
        let error = #expect(throws: APIStatus.self) {
            try merge.apply(
                MergeFixture.object(["num": 1]), to: MergeFixture.stored(live), manager: "m", force: false,
                subresource: "", time: MergeFixture.time)
        }
        #expect(
            error?.message
                == "failed to create manager for existing fields: failed to convert new object (test.io/v1, Kind=Thing) "
                + "to smd typed: .spec.items: duplicate entries for key [name=\"a\"]")
    }

    @Test func `the oldest of more than ten updaters are put together`() throws {
        var live = try update(map(["a": "0"]), from: Optional.none, "m00")
        for index in 1...12 {
            var data = live["data"] ?? [:]
            data["k\(index)"] = "1"
            let manager = index < 10 ? "m0\(index)" : "m\(index)"
            live = try update(map(data), from: live, manager, time: "2021-01-01T00:00:\(10 + index)Z")
        }
        let names = live.managedFieldsList.compactMap { $0["manager"]?.string }
        #expect(names == ["ancient-changes"] + (4...12).map { $0 < 10 ? "m0\($0)" : "m\($0)" })
        #expect(
            MergeFixture.fields("ancient-changes", live)
                == #"{"f:data":{".":{},"f:a":{},"f:k1":{},"f:k2":{},"f:k3":{}}}"#)
    }

    @Test func `managers of versions that aren't served are forgotten`() throws {
        let old: Value = [
            "manager": "x", "operation": "Update", "apiVersion": "v9", "fieldsType": "FieldsV1",
            "fieldsV1": ["f:data": ["f:a": [:]]],
        ]
        let live = MergeFixture.stored(map(["a": "1"], ["managedFields": .array([old])]))
        let result = try merge.apply(
            map(["a": "2"]), to: live, manager: "m", force: false, subresource: "", time: MergeFixture.time)
        #expect(MergeFixture.owners(result) == [#"m {"f:data":{"f:a":{}}}"#])
    }

    @Test func `the status is nobody's where it can't be written since 1.22`() throws {
        let merge = MergeFixture.merge(minor: 22)
        var object = MergeFixture.object(["num": 1])
        object["status"] = ["n": 1]
        let result = try merge.apply(
            object, to: Optional.none, manager: "m", force: false, subresource: "", time: MergeFixture.time)
        #expect(MergeFixture.fields("m", result) == #"{"f:spec":{"f:num":{}}}"#)
    }
}
