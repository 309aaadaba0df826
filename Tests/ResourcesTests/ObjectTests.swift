import Resources
import Testing

@Suite struct ObjectIdentityTests {
    @Test(arguments: [
        (
            ObjectIdentity(group: "apps", kind: "Deployment", namespace: "shop", name: "orders"),
            "Deployment shop/orders"
        ),
        (ObjectIdentity(group: "", kind: "Namespace", name: "shop"), "Namespace shop"),
        (ObjectIdentity(group: "rbac.authorization.k8s.io", kind: "Role", namespace: "a", name: "b"), "Role a/b"),
        (ObjectIdentity(group: "example.com", kind: "Widget", namespace: "a", name: "b"), "Widget.example.com a/b"),
    ])
    func `an identity is named as people name it`(identity: ObjectIdentity, text: String) {
        #expect(identity.description == text)
    }

    @Test func `the version is no part of the identity`() {
        let old = KubernetesObject(["apiVersion": "apps/v1beta1", "kind": "Deployment", "metadata": ["name": "a"]])
        let new = KubernetesObject(["apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "a"]])
        #expect(old.identity == new.identity)
    }
}

@Suite struct KubernetesObjectTests {
    @Test func `labels and the namespace can be set on an object without metadata`() {
        var object = KubernetesObject(["kind": "ConfigMap"])
        object.namespace = "shop"
        object.labels["app"] = "web"
        #expect(object.value == ["kind": "ConfigMap", "metadata": ["namespace": "shop", "labels": ["app": "web"]]])
    }

    @Test func `owners without a UID are left out`() {
        let object = KubernetesObject([
            "metadata": [
                "ownerReferences": [
                    ["apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "a", "uid": "1", "controller": true],
                    ["kind": "X"],
                ]
            ]
        ])
        #expect(object.owners.map(\.groupKind.description) == ["ReplicaSet.apps"])
        #expect(object.owners.map(\.isController) == [true])
    }
}
