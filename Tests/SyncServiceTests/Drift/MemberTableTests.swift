import Health
import Resources
import Testing

@testable import SyncService

struct MemberTableTests {
    private let set = "applyset-x-v1"

    private func object(
        _ name: String = "a", value: String = "1", version: Int = 1, uid: String = "u", owned: Bool = true,
        status: String? = nil
    ) -> KubernetesObject {
        let fields: Value =
            owned
            ? [
                "f:data": ["f:key": [:]], "f:metadata": ["f:labels": ["f:applyset.kubernetes.io/part-of": [:]]],
            ] : ["f:metadata": ["f:labels": ["f:applyset.kubernetes.io/part-of": [:]]]]
        var value: Value = [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": [
                "name": .string(name), "namespace": "shop", "uid": .string(uid),
                "resourceVersion": .string(String(version)),
                "labels": ["applyset.kubernetes.io/part-of": .string(set)],
                "managedFields": [
                    ["manager": "endstate", "operation": "Apply", "apiVersion": "v1", "fieldsV1": fields]
                ],
            ],
            "data": ["key": .string(value), "theirs": .string(String(version))],
        ]
        if let status { value["status"] = ["phase": .string(status)] }
        return KubernetesObject(value)
    }

    private func sighting(_ object: KubernetesObject) -> MemberSighting {
        MemberSighting(object, context: HealthContext())
    }

    private func check(_ table: inout MemberTable, _ objects: KubernetesObject...) -> Set<ObjectIdentity> {
        table.check(
            objects.map(sighting), of: set, kinds: [GroupKind(group: "", kind: "ConfigMap")], namespaces: ["shop"])
    }

    private func table(_ objects: KubernetesObject...) -> MemberTable {
        var table = MemberTable()
        table.add(set)
        let drifted = table.check(
            objects.map(sighting), of: set, kinds: [GroupKind(group: "", kind: "ConfigMap")], namespaces: ["shop"])
        #expect(drifted.isEmpty)
        return table
    }

    @Test func `what others add and what the server notes is no drift`() {
        var table = table(object())
        let isDrift = table.see(sighting(object(version: 2, status: "Bound")))
        #expect(!isDrift)
    }

    @Test func `another value, owner or UID is drift`() {
        for changed in [
            object(value: "2", version: 2), object(version: 2, owned: false), object(version: 2, uid: "v"),
        ] {
            var table = table(object())
            let isDrift = table.see(sighting(changed))
            #expect(isDrift)
        }
    }

    @Test func `what is deleted is drift, and what is created again as it was is not`() {
        var table = table(object())
        let isLost = table.lose(sighting(object(version: 2)))
        #expect(isLost)
        let drifted = check(&table, object(version: 3, uid: "v"))
        #expect(drifted.isEmpty)
        let isDrift = table.see(sighting(object(version: 3, uid: "v")))
        #expect(!isDrift)
    }

    @Test func `a member that nobody has declared is drift`() {
        var table = table(object())
        let isDrift = table.see(sighting(object("b", version: 2)))
        #expect(isDrift)
    }

    @Test func `what a watch tells late is no drift`() {
        var table = table(object(value: "2", version: 7))
        let isDrift = table.see(sighting(object(value: "1", version: 6)))
        #expect(!isDrift)
        let isLost = table.lose(sighting(object(version: 5)))
        #expect(!isLost)
    }

    @Test func `what changed between the plan's list and the check is drift`() {
        var table = table(object())
        _ = table.see(sighting(object(value: "3", version: 9)))
        let drifted = check(&table, object(value: "2", version: 8))
        #expect(drifted == [object().identity])
    }

    @Test func `a list tells what has gone while nobody watched`() {
        var table = table(object("a"), object("b"))
        let kind = GroupKind(group: "", kind: "ConfigMap")
        let drifted = table.replace(kind, namespace: nil, with: [sighting(object("a", version: 4))])
        #expect(drifted == [set: [object("b").identity]])
        let other = table.replace(GroupKind(group: "", kind: "Secret"), namespace: nil, with: [])
        #expect(other.isEmpty)
    }

    @Test func `a copy in another namespace, where no plan looks, is no member`() {
        var table = table(object())
        var copy = object("copy", version: 5)
        copy.namespace = "backup"
        let isDrift = table.see(sighting(copy))
        #expect(!isDrift)
        #expect(table.members(of: set).count == 1)
    }

    @Test func `before the first check nothing is drift`() {
        var table = MemberTable()
        table.add(set)
        let isDrift = table.see(sighting(object()))
        #expect(!isDrift)
        let isStranger = table.see(sighting(object()))
        #expect(!isStranger)
    }

    @Test func `health is counted as the cluster last told`() {
        var table = table(object("a"), object("b"))
        #expect(table.health(of: set) == [.current: 2])
        _ = table.lose(sighting(object("b", version: 3)))
        #expect(table.health(of: set) == [.current: 1])
        #expect(table.healthy(of: set) == [object("a").identity])
    }

    @Test func `an application that is not followed is not there`() {
        var table = table(object())
        table.remove(set)
        let isDrift = table.see(sighting(object(value: "2", version: 2)))
        #expect(!isDrift)
        #expect(table.members(of: set).isEmpty)
    }
}
