import Resources
import Testing

@testable import SandboxCluster

struct ApplyConflictTests {
    private let merge = MergeFixture.merge()

    private func live(_ merge: ObjectMerge) throws -> Value {
        var live = MergeFixture.stored(
            try merge.update(
                MergeFixture.object(["num": 1, "str": "x", "items": [["name": "i", "v": "1"]]]), from: Optional.none,
                manager: "kubectl-edit", subresource: "", time: MergeFixture.time))
        live = try merge.apply(
            MergeFixture.object(["num": 1, "map": ["a": "1"]]), to: live, manager: "argo", force: false,
            subresource: "", time: MergeFixture.time)
        return live
    }

    private func status(_ spec: Value, _ merge: ObjectMerge) throws -> APIStatus? {
        let live = try live(merge)
        do throws(APIStatus) {
            _ = try merge.apply(
                MergeFixture.object(spec), to: live, manager: "m", force: false, subresource: "",
                time: MergeFixture.later)
            return nil
        } catch {
            return error
        }
    }

    @Test func `one conflict is told on one line`() throws {
        let expected = APIStatus(
            code: 409, reason: "Conflict",
            message: "Apply failed with 1 conflict: conflict with \"kubectl-edit\" using test.io/v1: .spec.str",
            details: [
                "causes": [
                    [
                        "reason": "FieldManagerConflict", "field": ".spec.str",
                        "message": "conflict with \"kubectl-edit\" using test.io/v1",
                    ]
                ]
            ])
        #expect(try status(["str": "y"], merge) == expected)
    }

    @Test func `several are told by managers`() throws {
        let result = try status(["num": 2, "items": [["name": "i", "v": "2"]], "map": ["a": "1"]], merge)
        #expect(
            result?.message == """
                Apply failed with 3 conflicts: conflicts with "argo":
                - .spec.num
                conflicts with "kubectl-edit" using test.io/v1:
                - .spec.num
                - .spec.items[name="i"].v
                """)
        let fields = result?.details?["causes"]?.array?.compactMap { $0["field"]?.string }
        #expect(fields == [".spec.num", ".spec.num", #".spec.items[name="i"].v"#])
    }

    @Test func `equal values are no conflict`() throws {
        #expect(try status(["num": 1, "items": [["name": "i", "v": "1"]]], merge) == nil)
    }

    @Test(arguments: [
        (20, [".spec.struct.inner.y", ".spec.struct.inner.y"]), (23, [".spec.struct.inner.x", ".spec.struct.inner.y"]),
    ])
    func `old servers tell the last of the fields that are four deep`(minor: Int, fields: [String]) throws {
        let merge = MergeFixture.merge(minor: minor)
        let spec = { (value: Int64) -> Value in ["struct": ["inner": ["x": .integer(value), "y": .integer(value)]]] }
        let live = MergeFixture.stored(
            try merge.apply(
                MergeFixture.object(spec(1)), to: Optional.none, manager: "a", force: false, subresource: "",
                time: MergeFixture.time))
        let error = #expect(throws: APIStatus.self) {
            try merge.apply(
                MergeFixture.object(spec(2)), to: live, manager: "b", force: false, subresource: "",
                time: MergeFixture.later)
        }
        #expect(error?.details?["causes"]?.array?.compactMap { $0["field"]?.string } == fields)
    }

    @Test func `a subresource is told since 1.22`() throws {
        let merge = MergeFixture.merge(minor: 32)
        var live = MergeFixture.stored(MergeFixture.object(["num": 1]))
        live = try merge.apply(
            MergeFixture.object(["num": 1]), to: Optional.none, manager: "a", force: false, subresource: "",
            time: MergeFixture.time)
        live = MergeFixture.stored(live)
        var new = live
        new["status"] = ["n": 1]
        live = try merge.update(new, from: live, manager: "k", subresource: "status", time: MergeFixture.time)
        let status = live
        let error = #expect(throws: APIStatus.self) {
            try merge.apply(
                ["apiVersion": "test.io/v1", "kind": "Thing", "metadata": ["name": "a"], "status": ["n": 2]],
                to: status, manager: "b", force: false, subresource: "status", time: MergeFixture.later)
        }
        #expect(
            error?.message
                == "Apply failed with 1 conflict: conflict with \"k\" with subresource \"status\" using test.io/v1: "
                + ".status.n")
    }

    @Test func `what client-side apply has written is no conflict for kubectl`() throws {
        let merge = MergeFixture.merge(kind: MergeFixture.configMap)
        let annotation = "kubectl.kubernetes.io/last-applied-configuration"
        let last = MergeFixture.object(["a": "1", "b": "1"], [:], MergeFixture.configMap)
        let created = MergeFixture.object(
            ["a": "1", "b": "1", "c": "1"], ["annotations": .object([annotation: .string(last.json)])],
            MergeFixture.configMap)
        let live = MergeFixture.stored(
            try merge.update(
                created, from: Optional.none, manager: "kubectl-client-side-apply", subresource: "",
                time: MergeFixture.time))
        let apply = { (data: Value, manager: String) throws(APIStatus) -> Value in
            try merge.apply(
                MergeFixture.object(data, [:], MergeFixture.configMap), to: live, manager: manager, force: false,
                subresource: "", time: MergeFixture.later)
        }
        let result = try apply(["a": "2<", "b": "1"], "kubectl")
        #expect(result["data"] == ["a": "2<", "b": "1", "c": "1"])
        #expect(
            result["metadata"]?["annotations"]?[annotation]?.string
                == #"{"apiVersion":"v1","data":{"a":"2\u003c","b":"1"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"a"}}"#
                .replacing(#""annotations":{},"#, with: "") + "\n")
        #expect(throws: APIStatus.self) { try apply(["c": "2"], "kubectl") }
        #expect(throws: APIStatus.self) { try apply(["a": "2"], "other") }
    }
}
