import Diffing
import Resources
import Testing

struct FieldDriftTests {
    private func drift(_ desired: KubernetesObject, _ live: KubernetesObject) -> [String] {
        ObjectDiff.drift(desired: desired, live: live, manager: Fixtures.manager).map { drift in
            let values = "\(drift.desired?.json ?? "-") -> \(drift.live?.json ?? "-")"
            return "\(drift.path): \(values) by \(drift.managers.joined(separator: ","))"
        }
    }

    @Test func `what a server recorded is no drift`() throws {
        #expect(try drift(RecordedObjects.desired(), RecordedObjects.live()).isEmpty)
    }

    @Test func `drift names the field and who owns it now`() throws {
        let ours = try Fixtures.entry(
            spec: #"{"f:containers":{"k:{\"name\":\"a\"}":{".":{},"f:name":{},"f:args":{}}},"f:old":{}}"#)
        let theirs = try Fixtures.entry(
            spec: #"{"f:replicas":{},"f:containers":{"k:{\"name\":\"a\"}":{"f:image":{}}}}"#, manager: "kubectl-edit",
            operation: "Update")
        let live = try Fixtures.object(
            spec: #"""
                {"replicas":3,"containers":[{"name":"x"},{"name":"a","image":"2","args":["b"],"extra":1}],"old":1}
                """#, managedFields: [ours, theirs])
        let desired = try Fixtures.object(
            spec: #"{"replicas":1,"containers":[{"name":"a","image":"1","args":["a"]},{"name":"gone"}]}"#)
        #expect(
            drift(desired.asManifest, live) == [
                #"spec.containers[a].args: ["a"] -> ["b"] by "#,
                #"spec.containers[a].image: "1" -> "2" by kubectl-edit"#,
                #"spec.containers[gone]: {"name":"gone"} -> - by "#,
                "spec.replicas: 1 -> 3 by kubectl-edit",
                "spec.old: - -> 1 by ",
            ])
    }

    @Test(arguments: [
        (#"{"resources":{"limits":{"cpu":"1000m"}}}"#, #"{"resources":{"limits":{"cpu":"1"}}}"#, 0),
        (#"{"resources":{"limits":{"cpu":"1000m"}}}"#, #"{"resources":{"limits":{"cpu":"2"}}}"#, 1),
        (#"{"a":{},"b":[],"c":null}"#, "{}", 0),
        (#"{"a":{}}"#, #"{"a":{"filled":1}}"#, 0),
    ])
    func `another way of writing the same is no drift`(desired: String, live: String, count: Int) throws {
        #expect(try drift(Fixtures.object(spec: desired).asManifest, Fixtures.object(spec: live)).count == count)
    }

    @Test func `the drift of a Secret is masked`() throws {
        let head = #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"p":""#
        let found = try ObjectDiff.drift(
            desired: Fixtures.object(head + #"hunter2"}}"#), live: Fixtures.object(head + #"hunter3"}}"#),
            manager: Fixtures.manager)
        #expect(found.map(\.isSecret) == [true])
        #expect(!"\(found)".contains("hunter"))
    }
}
