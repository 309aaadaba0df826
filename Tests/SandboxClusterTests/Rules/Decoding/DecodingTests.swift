import Resources
import Testing

@testable import SandboxCluster

@Suite struct DecodingTests {
    private func decode(_ object: Value, as kind: GroupVersionKind) throws -> Value {
        let resource = try #require(SchemaRegistry.builtIn.resources.first { $0.kind == kind })
        return try Validation.decode(object, type: resource.type, registry: .builtIn, kind: kind)
    }

    @Test(arguments: ObservedCase.decoding)
    func `values of other types are told as Go tells them`(_ observed: ObservedCase) throws {
        let text = try #require(ValidObjects.texts[observed.base])
        let valid = try Value(json: text)
        let kind = KubernetesObject(valid).groupVersionKind
        let object = try observed.changed(valid)
        let error = #expect(throws: APIStatus.self) { try decode(object, as: kind) }
        let status = try #require(error)
        let prefix = "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): "
        #expect(status.code == 400 && status.reason == "BadRequest")
        #expect(status.message.replacing("\n", with: "\\n") == prefix + observed.finds[0])
    }

    private func configMap(_ fields: Value) throws -> Value {
        var object: Value = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"]]
        for (name, value) in try #require(fields.object) { object[name] = value }
        return try decode(object, as: GroupVersionKind(group: "", version: "v1", kind: "ConfigMap"))
    }

    @Test func `fields that the type does not have are left out, those in other letters too`() throws {
        let decoded = try configMap(["Data": ["a": "b"], "data": ["c": "d"], "foo": 1])
        #expect(decoded["Data"] == nil && decoded["foo"] == nil)
        #expect(decoded["data"] == ["c": "d"])
    }

    @Test func `null is nothing, but in maps and lists it is what Go starts with`() throws {
        let decoded = try configMap(["data": ["a": nil], "binaryData": nil])
        #expect(decoded["data"] == ["a": ""])
        #expect(decoded.object?.keys.contains("binaryData") == false)
    }

    @Test(arguments: [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"), ("2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"), ("2024-02-28T23:30:00-01:00", "2024-02-29T00:30:00Z"),
    ])
    func `times are in UTC and in whole seconds`(_ given: String, _ stored: String) throws {
        let decoded = try configMap(["metadata": ["creationTimestamp": .string(given)]])
        #expect(decoded["metadata"]?["creationTimestamp"] == .string(stored))
    }

    @Test(arguments: [
        (#"{"spec": {"replicas": 1}}"#, []),
        (
            #"{"foo": 1, "spec": {"bar": 2, "template": {"spec": {"containers": [{"name": "a", "baz": 3}]}}}}"#,
            [
                "unknown field \"foo\"", "unknown field \"spec.bar\"",
                "unknown field \"spec.template.spec.containers[0].baz\"",
            ]
        ),
        (#"{"metadata": {"labels": {"anything": "x"}, "nonsense": true}}"#, ["unknown field \"metadata.nonsense\""]),
    ])
    func `unknown fields are named by their paths`(_ text: String, _ expected: [String]) throws {
        let kind = GroupVersionKind(group: "apps", version: "v1", kind: "Deployment")
        let resource = try #require(SchemaRegistry.builtIn.resources.first { $0.kind == kind })
        let found = Validation.unknownFields(
            of: try Value(json: text), type: resource.type, registry: .builtIn)
        #expect(found == expected)
    }
}
