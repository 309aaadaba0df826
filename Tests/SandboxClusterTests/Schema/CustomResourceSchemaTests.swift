import Resources
import Testing

@testable import SandboxCluster

@Suite struct CustomResourceSchemaTests {
    @Test func `each served version is a resource, the preferred one first`() throws {
        let resources = SchemaRegistry.resources(of: Self.definition)
        #expect(resources.map(\.kind.version) == ["v1", "v1beta1"])
        let resource = try #require(resources.first)
        #expect(resource.kind == GroupVersionKind(group: "shop.example.com", version: "v1", kind: "Widget"))
        #expect(resource.plural == "widgets" && resource.singular == "widget" && resource.listKind == "WidgetList")
        #expect(resource.shortNames == ["wd"] && resource.categories == ["all"])
        #expect(resource.isNamespaced && resource.isCustom && resource.hasStatus)
        #expect(resource.scale?.replicas == ["spec", "size"])
        #expect(resource.scale?.statusReplicas == ["status", "size"])
        #expect(resource.scale?.selector == ["status", "selector"])
        #expect(resource.openAPIName == "com.example.shop.v1.Widget")
        let last = try #require(resources.last)
        #expect(!last.hasStatus && last.scale == nil)
        #expect(last.printerColumns.map(\.name) == ["Age"])
    }

    @Test func `a definition without names makes no resources`() {
        #expect(SchemaRegistry.resources(of: KubernetesObject(["spec": ["group": "a.b", "versions": []]])).isEmpty)
    }

    @Test(arguments: [
        (#"{"type":"string","format":"date-time"}"#, "string", #"{"format":"date-time"}"#),
        (#"{"type":"integer","format":"int32","minimum":1}"#, "int64", #"{"format":"int32","minimum":1}"#),
        (#"{"type":"number"}"#, "double", ""),
        (#"{"type":"boolean","nullable":true}"#, "boolean", ""),
        (
            #"{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]}"#, "intOrString",
            #"{"anyOf":[{"type":"integer"},{"type":"string"}]}"#
        ),
        (#"{"x-kubernetes-preserve-unknown-fields":true}"#, "any", ""),
        (#"{"type":"object","x-kubernetes-preserve-unknown-fields":true}"#, "{}", ""),
        (#"{"type":"object","additionalProperties":{"type":"string","maxLength":3}}"#, "{string}", ""),
        (#"{"type":"object","additionalProperties":true}"#, "{any}", ""),
        (
            #"{"type":"object","additionalProperties":{"type":"string"},"x-kubernetes-map-type":"atomic"}"#,
            "{string} atomic", ""
        ),
        (#"{"type":"array","items":{"type":"string"},"maxItems":3}"#, "[string] atomic", #"{"maxItems":3}"#),
        (#"{"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"set"}"#, "[string] set", ""),
        (
            #"""
            {"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name","port"],
             "items":{"type":"object","properties":{"name":{"type":"string"},"port":{"type":"integer"}}}}
            """#, "[{name, port}] name port", ""
        ),
        (
            #"{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}"#,
            "{apiVersion, kind, metadata}", #"{"x-kubernetes-embedded-resource":true}"#
        ),
        (#"{"type":"object","description":"What it is","title":"A title"}"#, "{}", ""),
    ])
    func `a schema becomes a type, and what restricts its values stays as it is`(
        schema: String, type: String, constraints: String
    ) throws {
        let field = try field(try Value(json: schema))
        #expect(describe(field.type) == type)
        #expect(field.type.constraints?.json ?? "" == constraints)
    }

    @Test func `a field knows its default and whether it may be null`() throws {
        let field = try field(["type": "object", "default": ["a": 1], "nullable": true])
        #expect(field.defaultValue == ["a": 1])
        #expect(field.isNullable)
    }

    @Test func `an element that may be null says so among its constraints`() throws {
        let field = try field(["type": "array", "items": ["type": "string", "nullable": true]])
        guard case .list(let element, _) = field.type.shape else { throw Unexpected() }
        #expect(element.constraints == ["nullable": true])
    }

    @Test func `an object keeps unknown fields only where it says so, and knows what it needs`() throws {
        let open = try structure([
            "type": "object", "x-kubernetes-preserve-unknown-fields": true, "required": ["a"],
            "x-kubernetes-map-type": "atomic",
        ])
        #expect(open.keepsUnknownFields && open.isAtomic && open.required == ["a"])
        let closed = try structure(["type": "object"])
        #expect(!closed.keepsUnknownFields && !closed.isAtomic && closed.required.isEmpty)
    }

    @Test func `apiVersion, kind and metadata always have the built-in types`() throws {
        let root = try root([
            "type": "object",
            "properties": [
                "apiVersion": ["type": "integer"],
                "metadata": ["type": "object", "properties": ["name": ["type": "string", "maxLength": 5]]],
            ],
        ])
        #expect(root.fields.keys.sorted() == ["apiVersion", "kind", "metadata"])
        #expect(root.fields["apiVersion"].map { describe($0.type) } == "string")
        let metadata = try #require(root.fields["metadata"]).type
        #expect(describe(metadata) == "-> io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")
        #expect(metadata.constraints == ["properties": ["name": ["type": "string", "maxLength": 5]]])
        #expect(!root.keepsUnknownFields)
    }

    @Test func `nesting without end ends`() throws {
        var schema: Value = ["type": "string"]
        for _ in 0..<5_000 { schema = ["type": "object", "properties": ["a": schema]] }
        #expect(try structure(schema).fields.count == 1)
    }

    private struct Unexpected: Error {}

    private func root(_ schema: Value) throws -> SchemaType.Structure {
        guard case .structure(let structure) = StructuralSchema.resource(schema).shape else { throw Unexpected() }
        return structure
    }

    private func field(_ schema: Value) throws -> SchemaType.Field {
        let root = try root(["type": "object", "properties": ["spec": schema]])
        return try #require(root.fields["spec"])
    }

    private func structure(_ schema: Value) throws -> SchemaType.Structure {
        guard case .structure(let structure) = try field(schema).type.shape else { throw Unexpected() }
        return structure
    }

    static let definition = KubernetesObject([
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": ["name": "widgets.shop.example.com"],
        "spec": [
            "group": "shop.example.com", "scope": "Namespaced",
            "names": [
                "kind": "Widget", "plural": "widgets", "singular": "widget", "shortNames": ["wd"],
                "categories": ["all"],
            ],
            "versions": [
                ["name": "v1alpha1", "served": false, "storage": false],
                ["name": "v1beta1", "served": true, "storage": false],
                [
                    "name": "v1", "served": true, "storage": true,
                    "schema": [
                        "openAPIV3Schema": [
                            "type": "object",
                            "properties": [
                                "spec": [
                                    "type": "object", "required": ["size"],
                                    "properties": ["size": ["type": "integer", "default": 1, "maximum": 9]],
                                ]
                            ],
                        ]
                    ],
                    "subresources": [
                        "status": [:],
                        "scale": [
                            "specReplicasPath": ".spec.size", "statusReplicasPath": ".status.size",
                            "labelSelectorPath": ".status.selector",
                        ],
                    ],
                    "additionalPrinterColumns": [
                        ["name": "Size", "type": "integer", "jsonPath": ".spec.size"],
                        [
                            "name": "Ready", "type": "string", "priority": 1,
                            "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status",
                        ],
                        ["name": "Since", "type": "date", "jsonPath": ".status.since"],
                    ],
                ],
            ],
        ],
    ])
}
