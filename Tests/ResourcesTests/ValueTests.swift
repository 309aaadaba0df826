import Resources
import Testing

@Suite struct ValueTests {
    @Test func `an integral double is the integer`() {
        #expect(Value(3.0) == 3)
        #expect(Value(3.5) == .double(3.5))
        #expect(Value(UInt64(7)) == 7)
    }

    @Test func `setting a field makes the value an object and nil removes it`() {
        var value = Value.null
        value["a"] = 1
        value["b"] = 2
        value["a"] = nil
        #expect(value == ["b": 2])
    }

    @Test func `a path stops at the first missing field`() {
        let value: Value = ["a": ["b": ["c": 1]]]
        #expect(value[path: "a", "b", "c"] == 1)
        #expect(value[path: "a", "x", "c"] == nil)
        #expect((["x"] as Value)[1] == nil)
    }
}

@Suite struct FieldPathTests {
    @Test(arguments: [
        ([FieldPath.Element](), "."),
        ([.field("spec"), .field("containers"), .key(["name": "web"]), .field("image")], "spec.containers[web].image"),
        ([.field("ports"), .key(["port": 80, "protocol": "TCP"])], "ports[80,TCP]"),
        (
            [.field("metadata"), .field("labels"), .field("app.kubernetes.io/name")],
            #"metadata.labels["app.kubernetes.io/name"]"#
        ),
        ([.field("args"), .index(2)], "args[2]"),
        ([.field("finalizers"), .value("x/y")], #"finalizers[="x/y"]"#),
    ])
    func `a path is written as people write it`(elements: [FieldPath.Element], text: String) {
        #expect(FieldPath(elements).description == text)
    }
}

@Suite struct FieldSetTests {
    @Test func `fieldsV1 becomes a set of paths`() throws {
        let value = try Value(
            json:
                #"{"f:spec":{"f:ports":{".":{},"k:{\"port\":80}":{".":{},"f:port":{}}},"f:finalizers":{"v:\"a\"":{}}}}"#
        )
        let set = try #require(FieldSet(fieldsV1: value))
        #expect(
            set.paths.map(\.description)
                == [#"spec.finalizers[="a"]"#, "spec.ports", "spec.ports[80]", "spec.ports[80].port"]
        )
    }

    @Test(arguments: [#"{"x:a":{}}"#, #"{"k:[1]":{}}"#, #"{"i:x":{}}"#, #"{"v:{":{}}"#, "[]", #"{"f:a":1}"#])
    func `an unknown form is no set`(json: String) throws {
        #expect(FieldSet(fieldsV1: try Value(json: json)) == nil)
    }
}

@Suite struct LabelSelectorTests {
    @Test(arguments: [
        (#"{}"#, true),
        (#"{"matchLabels":{"app":"web"}}"#, true),
        (#"{"matchLabels":{"app":"db"}}"#, false),
        (#"{"matchExpressions":[{"key":"app","operator":"In","values":["web","db"]}]}"#, true),
        (#"{"matchExpressions":[{"key":"app","operator":"NotIn","values":["web"]}]}"#, false),
        (#"{"matchExpressions":[{"key":"tier","operator":"NotIn","values":["web"]}]}"#, true),
        (#"{"matchExpressions":[{"key":"tier","operator":"Exists"}]}"#, false),
        (#"{"matchExpressions":[{"key":"tier","operator":"DoesNotExist"}]}"#, true),
        (#"{"matchLabels":{"app":"web"},"matchExpressions":[{"key":"tier","operator":"Exists"}]}"#, false),
    ])
    func `a selector matches labels as the API says`(json: String, expected: Bool) throws {
        let selector = try #require(LabelSelector(try Value(json: json)))
        #expect(selector.matches(["app": "web"]) == expected)
    }

    @Test func `an unknown operator or an absent selector is none`() throws {
        #expect(LabelSelector(try Value(json: #"{"matchExpressions":[{"key":"a","operator":"Gt"}]}"#)) == nil)
        #expect(LabelSelector(nil) == nil)
    }
}

@Suite struct RedactionTests {
    @Test func `a Secret's values are masked with a fixed width`() {
        let secret = KubernetesObject([
            "apiVersion": "v1", "kind": "Secret", "data": ["a": "czNjcjN0", "b": ""], "stringData": ["c": "x"],
            "metadata": [
                "annotations": ["kubectl.kubernetes.io/last-applied-configuration": "s3cr3t", "note": "kept"]
            ],
        ])
        #expect(
            Redaction.masked(secret).value == [
                "apiVersion": "v1", "kind": "Secret", "data": ["a": "******", "b": "******"],
                "stringData": ["c": "******"],
                "metadata": [
                    "annotations": ["kubectl.kubernetes.io/last-applied-configuration": "******", "note": "kept"]
                ],
            ]
        )
    }

    @Test func `malformed secret data is masked as a whole`() {
        let secret = KubernetesObject(["apiVersion": "v1", "kind": "Secret", "data": "s3cr3t"])
        #expect(Redaction.masked(secret).value["data"] == "******")
    }

    @Test func `other kinds stay as they are and a Secret's server message is withheld`() {
        let map = KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "data": ["a": "b"]])
        #expect(Redaction.masked(map) == map)
        let secret = GroupKind(group: "", kind: "Secret")
        #expect(!Redaction.serverMessage("illegal base64: s3cr3t", about: secret).contains("s3cr3t"))
        #expect(Redaction.serverMessage("bad", about: map.identity.groupKind) == "bad")
    }
}
