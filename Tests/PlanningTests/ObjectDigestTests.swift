import Planning
import Resources
import Testing

struct ObjectDigestTests {
    private func object(_ change: (inout Value) -> Void = { _ in }) -> ObjectDigest {
        var value: Value = [
            "apiVersion": "v1", "kind": "ConfigMap", "data": ["a": "b"], "status": ["seen": 1],
            "metadata": ["name": "x", "labels": ["l": "1"], "resourceVersion": "7", "managedFields": ["anything"]],
        ]
        change(&value)
        return ObjectDigest(KubernetesObject(value))
    }

    @Test func `it has the form of a digest`() {
        #expect(object().text.hasPrefix("sha256:"))
        #expect(object().text.utf8.count == 7 + 64)
    }

    @Test func `what the server and controllers keep up to date is not part of it`() {
        let other = object { value in
            value["status"] = ["seen": 2]
            value.change(at: ["metadata"]) { $0["resourceVersion"] = "8" }
            value.change(at: ["metadata"]) { $0["managedFields"] = nil }
        }
        #expect(other == object())
    }

    @Test func `a value, a label or another name change it`() {
        #expect(object { $0["data"] = ["a": "c"] } != object())
        #expect(object { $0.change(at: ["metadata", "labels"]) { $0["l"] = "2" } } != object())
        #expect(object { $0.change(at: ["metadata"]) { $0["name"] = "y" } } != object())
    }

    private func secret(_ data: Value, type: Value = "Opaque", applied: Value = "none") -> ObjectDigest {
        let annotations: Value = ["kubectl.kubernetes.io/last-applied-configuration": applied]
        return ObjectDigest(
            KubernetesObject([
                "apiVersion": "v1", "kind": "Secret", "type": type, "data": data,
                "metadata": ["name": "x", "annotations": annotations],
            ]))
    }

    @Test func `a Secret's values leave no trace, so that nobody can guess them`() {
        #expect(secret(["password": "aHVudGVyMg=="]) == secret(["password": "b3RoZXI="]))
        #expect(secret(["p": "YQ=="], applied: "a") == secret(["p": "YQ=="], applied: "b"))
        #expect(secret(["password": "YQ=="]) != secret(["token": "YQ=="]))
        #expect(secret(["p": "YQ=="]) != secret(["p": "YQ=="], type: "kubernetes.io/tls"))
    }
}
