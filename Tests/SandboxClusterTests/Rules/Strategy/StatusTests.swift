import Resources
import Testing

@testable import SandboxCluster

struct StatusTests {
    private static let deployment = ResourceDefinition.of(GroupVersionKind(apiVersion: "apps/v1", kind: "Deployment"))

    private static let old: Value = [
        "metadata": ["name": "a", "uid": "uid-1", "generation": 3, "creationTimestamp": "2020-01-01T00:00:00Z"],
        "spec": ["replicas": 1], "status": ["replicas": 1],
    ]

    @Test(arguments: [
        // The subresource, what is sent, and what is stored.
        ("", "status.replicas 7", ""),
        ("", "status -", ""),
        ("", #"metadata.creationTimestamp "2001-01-01T00:00:00Z""#, ""),
        ("", "metadata.uid -", ""),
        ("status", "status.replicas 7", "status.replicas 7"),
        ("status", "spec.replicas 7", ""),
        ("status", #"metadata.labels {"x":"y"}"#, ""),
        ("status", #"metadata.annotations {"x":"y"}"#, #"metadata.annotations {"x":"y"}"#),
    ])
    func `status and the rest are written separately`(subresource: String, sent: String, stored: String) throws {
        var old = Self.old
        Defaults.apply(to: &old, as: Self.deployment.kind, version: .v1_20)
        var object = try old.changed(by: sent)
        Strategy.prepareForUpdate(
            &object, old: old, of: Self.deployment, subresource: subresource, version: .v1_20)
        #expect(object.differences(from: try old.changed(by: stored)) == [])
    }

    @Test(arguments: [
        ("v1 Node", true), ("v1 Pod", false), ("v1 PersistentVolumeClaim", false), ("apps/v1 Deployment", false),
    ])
    func `only nodes may bring a status along`(name: String, keeps: Bool) throws {
        let parts = name.split(separator: " ").map(String.init)
        let resource = ResourceDefinition.of(GroupVersionKind(apiVersion: parts[0], kind: parts[1]))
        let condition: Value = ["type": "Here", "status": "True", "reason": "R"]
        var object: Value = ["metadata": ["name": "a"], "status": ["conditions": [condition]]]
        Strategy.prepareForCreate(&object, of: resource, in: RulesView(), version: .v1_20)
        #expect((object[path: "status", "conditions"]?[0]?["reason"] == "R") == keeps)
    }

    @Test func `a custom resource's status changes nothing but the status`() throws {
        let resource = ResourceDefinition.of(GroupVersionKind(apiVersion: "shop.dev/v1", kind: "Thing"), isCustom: true)
        let old: Value = ["metadata": ["name": "a", "generation": 1], "spec": ["a": 1], "status": ["x": 1]]
        var object: Value = [
            "metadata": ["name": "a", "labels": ["x": "y"], "managedFields": [["manager": "m"]]], "spec": ["a": 2],
            "status": ["x": 2],
        ]
        Strategy.prepareForUpdate(&object, old: old, of: resource, subresource: "status")
        let expected = try old.changed(by: #"metadata.managedFields [{"manager":"m"}]"# + "\nstatus.x 2")
        #expect(object.differences(from: expected) == [])
    }

    @Test func `a pod's status leaves its owners alone`() {
        let resource = ResourceDefinition.of(GroupVersionKind(apiVersion: "v1", kind: "Pod"))
        var old: Value = ["metadata": ["name": "a"], "spec": [:], "status": [:]]
        Defaults.apply(to: &old, as: resource.kind, version: .v1_20)
        var object = old
        object["metadata"]?["ownerReferences"] = [["kind": "X", "name": "x", "uid": "y", "apiVersion": "v1"]]
        object["status"]?["podIP"] = "1.2.3.4"
        Strategy.prepareForUpdate(&object, old: old, of: resource, subresource: "status", version: .v1_20)
        #expect(object[path: "metadata", "ownerReferences"] == nil)
        #expect(object[path: "status", "podIPs"] == [["ip": "1.2.3.4"]])
    }

    @Test func `a namespace loses its finalizers only by the subresource for them`() {
        let resource = ResourceDefinition.of(GroupVersionKind(apiVersion: "v1", kind: "Namespace"), isNamespaced: false)
        let old: Value = [
            "metadata": ["name": "a"], "spec": ["finalizers": ["kubernetes"]], "status": ["phase": "Active"],
        ]
        for (subresource, isKept) in [("", true), ("status", true), ("finalize", false)] {
            var object = old
            object["spec"] = [:]
            Strategy.prepareForUpdate(&object, old: old, of: resource, subresource: subresource, version: .v1_20)
            #expect((object["spec"] == ["finalizers": ["kubernetes"]]) == isKept)
            #expect(object[path: "status", "phase"] == "Active")
        }
    }

    @Test func `what is being deleted stays so`() {
        var old = Self.old
        old["metadata"]?["deletionTimestamp"] = "2020-01-02T00:00:00Z"
        old["metadata"]?["deletionGracePeriodSeconds"] = 0
        var object = Self.old
        Strategy.prepareForUpdate(&object, old: old, of: Self.deployment, subresource: "", version: .v1_20)
        #expect(object[path: "metadata", "deletionTimestamp"] == "2020-01-02T00:00:00Z")
        #expect(object[path: "metadata", "deletionGracePeriodSeconds"] == 0)
    }
}
