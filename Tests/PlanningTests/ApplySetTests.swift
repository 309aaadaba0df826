import Planning
import Resources
import Testing

@Suite struct `an ApplySet` {
    static let kinds = [GroupKind(group: "", kind: "ConfigMap"), GroupKind(group: "apps", kind: "Deployment")]

    private func shop() throws -> ApplicationIdentity {
        try ApplicationIdentity(name: "shop", namespace: "default")
    }

    @Test func `has the id that kubectl computes`() {
        #expect(
            ApplySet.identifier(name: "my-set", namespace: "default", kind: "Secret", group: "")
                == "applyset-kdySOVBWs584aaOTmku9Ul1xDuN7LXBjs-R96jQcisk-v1"
        )
    }

    @Test func `has a Secret as its parent`() throws {
        let shop = try shop()
        let set = ApplySet(
            shop,
            members: [
                ObjectIdentity(group: "apps", kind: "Deployment", namespace: "web", name: "web"),
                ObjectIdentity(group: "", kind: "ConfigMap", namespace: "default", name: "settings"),
                ObjectIdentity(group: "", kind: "ConfigMap", namespace: "api", name: "settings"),
                ObjectIdentity(group: "", kind: "Namespace", name: "web"),
            ]
        )
        #expect(
            set.parent(version: "0.1.0").value.prettyJSON == """
                {
                  "apiVersion": "v1",
                  "kind": "Secret",
                  "metadata": {
                    "annotations": {
                      "applyset.kubernetes.io/additional-namespaces": "api,web",
                      "applyset.kubernetes.io/contains-group-kinds": "ConfigMap,Deployment.apps,Namespace",
                      "applyset.kubernetes.io/tooling": "endstate/v0.1.0"
                    },
                    "labels": {
                      "applyset.kubernetes.io/id": "\(shop.applySetID)"
                    },
                    "name": "endstate.shop",
                    "namespace": "default"
                  },
                  "type": "endstate.dev/applyset"
                }
                """
        )
        #expect(set.namespaces == ["api", "default", "web"])
        #expect(shop.parent.description == "Secret default/endstate.shop")
        #expect(
            shop.applySetID
                == ApplySet.identifier(name: "endstate.shop", namespace: "default", kind: "Secret", group: ""))
    }

    @Test func `reads its parent back`() throws {
        let set = ApplySet(try shop(), groupKinds: Set(Self.kinds), namespaces: ["web", "default"])
        #expect(try ApplySet(shop(), parent: set.parent(version: "9.9.9")) == set)
        let empty = ApplySet(try shop())
        #expect(try ApplySet(shop(), parent: empty.parent(version: "1")) == empty)
        #expect(empty.namespaces == ["default"])
    }

    @Test func `is the union of old and new until everything is pruned`() throws {
        let old = ApplySet(try shop(), groupKinds: [Self.kinds[0]], namespaces: ["a"])
        let new = ApplySet(try shop(), groupKinds: [Self.kinds[1]], namespaces: ["b"])
        #expect(old.union(new) == ApplySet(try shop(), groupKinds: Set(Self.kinds), namespaces: ["a", "b"]))
    }

    @Test func `marks its members`() throws {
        let set = ApplySet(try shop())
        let member = set.member(try object("v1 ConfigMap default/x", "{metadata: {labels: {app: x}}}"))
        #expect(member.labels == ["app": "x", "applyset.kubernetes.io/part-of": set.id])
        #expect(Membership(of: member, in: try shop()) == .ours)
        #expect(set.memberSelector == "applyset.kubernetes.io/part-of=\(set.id)")
    }

    /// What is changed about a good parent, and what the error says.
    @Test(arguments: [
        (
            "tooling", nil,
            "exists, and isn't the record of an application: it has no annotation applyset.kubernetes.io/tooling"
        ),
        ("tooling", "kubectl/v1.27.0", "belongs to another tool: kubectl/v1.27.0"),
        ("tooling", "endstate-fork/v1.0.0", "belongs to another tool: endstate-fork/v1.0.0"),
        ("tooling", "our/endstate/v1.0.0", "belongs to another tool: our/endstate/v1.0.0"),
        (
            "contains-group-kinds", nil,
            "is damaged: it has no annotation applyset.kubernetes.io/contains-group-kinds, so members may be of any kind"
        ),
    ])
    func `refuses a parent that isn't its own`(annotation: String, text: String?, message: String) throws {
        let shop = try shop()
        var parent = ApplySet(shop).parent(version: "1.0.0")
        parent.annotations["applyset.kubernetes.io/\(annotation)"] = text
        let error = #expect(throws: Diagnostic.self) { try ApplySet(shop, parent: parent) }
        #expect(error?.message == "Secret default/endstate.shop \(message)")
    }

    @Test(arguments: [("applyset-other-v1", "is applyset-other-v1"), (nil, "is missing")])
    func `refuses a parent with a wrong id`(id: String?, problem: String) throws {
        let shop = try shop()
        var parent = ApplySet(shop).parent(version: "1.0.0")
        parent.labels = id.map { ["applyset.kubernetes.io/id": $0] } ?? [:]
        #expect(
            errorText { _ = try ApplySet(shop, parent: parent) } == """
                error[applyset-parent]: Secret default/endstate.shop has a wrong id: its label applyset.kubernetes.io/id \(problem), and must be \(shop.applySetID)
                hint: give the application another name (--name) or namespace (--namespace), or restore the object; look at it with: kubectl get secret endstate.shop -n default -o yaml
                """
        )
    }

    @Test(arguments: ["", "Shop", "-shop", "shop_1", "a..b", String(repeating: "a", count: 64), "shop/x", "läden"])
    func `needs an application with a name that objects can have`(name: String) {
        let error = #expect(throws: Diagnostic.self) { try ApplicationIdentity(name: name, namespace: "default") }
        #expect(error?.message == "\"\(name)\" can't be an application's name")
    }

    @Test(arguments: ["", "Default", "a.b"])
    func `needs an application with a namespace`(namespace: String) {
        let error = #expect(throws: Diagnostic.self) { try ApplicationIdentity(name: "shop", namespace: namespace) }
        #expect(error?.message == "\"\(namespace)\" can't be the namespace of application shop")
    }
}
