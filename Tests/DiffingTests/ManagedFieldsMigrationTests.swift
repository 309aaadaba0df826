import Diffing
import Resources
import Testing

struct ManagedFieldsMigrationTests {
    private static let former = ManagedFieldsMigration.clientSideApply
    private static let lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

    private func live(_ entries: [Value], lastApplied: String? = nil) throws -> KubernetesObject {
        var live = try Fixtures.object(spec: #"{"replicas":1}"#, managedFields: entries)
        if let lastApplied { live.annotations[Self.lastApplied] = lastApplied }
        return live
    }

    /// The patched entries as `manager operation apiVersion fields`.
    private func migrated(_ live: KubernetesObject, served: Set<String> = []) throws -> [String]? {
        let patch = ManagedFieldsMigration.patch(
            for: live, manager: Fixtures.manager, apiVersion: "apps/v1", servedVersions: served)
        guard let patch else { return nil }
        #expect(patch.map { $0["op"] } == ["replace", "replace"])
        #expect(patch.map { $0["path"] } == ["/metadata/managedFields", "/metadata/resourceVersion"])
        #expect(patch.last?["value"] == "7")
        return try #require(patch.first?["value"]?.array).map { entry in
            let words = ["manager", "operation", "apiVersion", "subresource"].compactMap { entry[$0]?.string }
            return (words + [entry["fieldsV1"]?.json ?? ""]).joined(separator: " ")
        }
    }

    @Test func `kubectl's entry becomes ours`() throws {
        let fields: Value = [
            "f:metadata": [
                "f:annotations": [".": [:], "f:kubectl.kubernetes.io/last-applied-configuration": [:], "f:note": [:]]
            ],
            "f:spec": ["f:replicas": [:]],
        ]
        let status = Fixtures.entry(
            fields: ["f:status": ["f:x": [:]]], manager: Self.former, operation: "Update", subresource: "status")
        let own = Fixtures.entry(fields: fields, manager: Self.former, operation: "Update")
        #expect(
            try migrated(live([status, own])) == [
                #"endstate Apply apps/v1 {"f:metadata":{"f:annotations":{".":{},"f:note":{}}},"f:spec":{"f:replicas":{}}}"#,
                #"kubectl-client-side-apply Update apps/v1 status {"f:status":{"f:x":{}}}"#,
            ])
    }

    @Test func `kubectl's fields join ours`() throws {
        let entries = [
            try Fixtures.entry(spec: #"{"f:a":{},"f:l":{"k:{\"n\":1}":{".":{},"f:n":{}}}}"#),
            try Fixtures.entry(
                spec: #"{"f:b":{},"f:l":{"k:{\"n\":1}":{".":{},"f:v":{}}}}"#, manager: Self.former,
                operation: "Update"),
            try Fixtures.entry(spec: #"{"f:c":{}}"#, manager: "kubectl-edit", operation: "Update"),
        ]
        #expect(
            try migrated(live(entries)) == [
                #"endstate Apply apps/v1 {"f:spec":{"f:a":{},"f:b":{},"f:l":{"k:{\"n\":1}":{".":{},"f:n":{},"f:v":{}}}}}"#,
                #"kubectl-edit Update apps/v1 {"f:spec":{"f:c":{}}}"#,
            ])
    }

    @Test func `fields of another version are given up`() throws {
        let entries = [
            try Fixtures.entry(spec: #"{"f:a":{}}"#),
            try Fixtures.entry(
                spec: #"{"f:b":{}}"#, manager: Self.former, operation: "Update", apiVersion: "apps/v1beta1"),
        ]
        #expect(try migrated(live(entries)) == [#"endstate Apply apps/v1 {"f:spec":{"f:a":{}}}"#])
    }

    @Test func `of what was there before the first apply only kubectl's part is taken`() throws {
        let before = try Fixtures.entry(
            spec: #"{"f:replicas":{},"f:volumeName":{}}"#, manager: ManagedFieldsMigration.beforeFirstApply,
            operation: "Update")
        #expect(try migrated(live([before])) == nil)
        #expect(
            try migrated(live([before], lastApplied: #"{"spec":{"replicas":1}}"#)) == [
                #"endstate Apply apps/v1 {"f:spec":{"f:replicas":{}}}"#,
                #"before-first-apply Update apps/v1 {"f:spec":{"f:volumeName":{}}}"#,
            ])
        #expect(try migrated(live([before], lastApplied: #"{"spec":{}}"#)) == nil)
        #expect(try migrated(live([before], lastApplied: "no JSON")) == nil)
    }

    @Test func `our entry of an older version is rewritten`() throws {
        let old = try Fixtures.entry(spec: #"{"f:a":{}}"#, apiVersion: "apps/v1beta1")
        let new = try Fixtures.entry(spec: #"{"f:b":{}}"#)
        let other = try Fixtures.entry(
            spec: #"{"f:c":{}}"#, manager: "x", operation: "Update", apiVersion: "apps/v1beta1")
        #expect(try migrated(live([old])) == [#"endstate Apply apps/v1 {"f:spec":{"f:a":{}}}"#])
        #expect(
            try migrated(live([old, new, other])) == [
                #"endstate Apply apps/v1 {"f:spec":{"f:a":{},"f:b":{}}}"#,
                #"x Update apps/v1beta1 {"f:spec":{"f:c":{}}}"#,
            ])
    }

    @Test func `with known versions all entries of vanished ones are rewritten, and no others`() throws {
        let entries = [
            try Fixtures.entry(spec: #"{"f:a":{}}"#, apiVersion: "apps/v1beta2"),
            try Fixtures.entry(spec: #"{"f:c":{}}"#, manager: "x", operation: "Update", apiVersion: "apps/v1beta1"),
        ]
        #expect(try migrated(live(entries), served: ["apps/v1", "apps/v1beta1", "apps/v1beta2"]) == nil)
        #expect(
            try migrated(live(entries), served: ["apps/v1", "apps/v1beta2"]) == [
                #"endstate Apply apps/v1beta2 {"f:spec":{"f:a":{}}}"#, #"x Update apps/v1 {"f:spec":{"f:c":{}}}"#,
            ])
    }

    @Test func `an object that needs nothing gets no patch`() throws {
        let own = try Fixtures.entry(spec: #"{"f:a":{}}"#)
        #expect(try migrated(live([own])) == nil)
        #expect(try migrated(live([])) == nil)
        var unread = try live([Fixtures.entry(spec: #"{"f:a":{}}"#, manager: Self.former, operation: "Update")])
        unread.value["metadata"]?["resourceVersion"] = nil
        #expect(try migrated(unread) == nil)
        let strange = try live([Fixtures.entry(spec: #"{"x:a":{}}"#, manager: Self.former, operation: "Update")])
        #expect(try migrated(strange) == nil)
    }
}
