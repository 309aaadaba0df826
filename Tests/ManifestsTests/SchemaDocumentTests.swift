import Manifests
import Resources
import Testing

@Suite struct SchemaDocumentTests {
    @Test func `an unknown field is told at its key with what may have been meant`() throws {
        #expect(
            report(workload("replicaz: 3"), schema: try schema()) == """
                error[unknown-field]: Deployment orders: unknown field spec.replicaz
                 --> shop.yaml:5:3
                  |
                5 |   replicaz: 3
                  |   ^
                hint: did you mean replicas?
                """
        )
    }

    @Test(arguments: [
        ("replicas: '3'", "spec.replicas must be an integer, not a string", "remove the quotes"),
        ("replicas: 1.5", "spec.replicas must be an integer, not the number 1.5", nil),
        ("replicas: 3000000000", "spec.replicas must be at most 2147483647", nil),
        ("paused: 'true'", "spec.paused must be true or false, not a string", "remove the quotes"),
        ("containers: {name: a}", "spec.containers must be a list, not an object", nil),
        ("containers: [a]", "spec.containers[0] must be an object, not a string", nil),
        ("containers: [null]", "spec.containers[0] must not be null", "remove the item"),
        (
            "containers: [{name: web, image: 3}]", "spec.containers[web].image must be a string, not the integer 3",
            #"put it in quotes: "3""#
        ),
        ("containers: [{image: x}]", "spec.containers[0].name is missing", "the kind requires it"),
        ("containers: [{name: null}]", "spec.containers[0].name is missing", "the kind requires it"),
        (
            "containers: [{name: a, ports: [{port: 80}, {port: 80}]}]",
            "spec.containers[a].ports has two elements with port 80",
            "server-side apply needs them to differ; remove one of them"
        ),
        (
            "containers: [{name: a}, {name: a}]", "spec.containers has two elements with name \"a\"",
            "server-side apply needs them to differ; remove one of them"
        ),
        (
            "finalizers: [a, b, a]", "spec.finalizers has two elements with the value \"a\"",
            "server-side apply needs them to differ; remove one of them"
        ),
        ("matrix: {}", "spec.matrix.rows is missing", "the kind requires it"),
        ("limits: {cpu: 1x}", "spec.limits.cpu must be a quantity, such as 500m or 2Gi", nil),
        ("limits: {cpu: true}", "spec.limits.cpu must be a quantity, not the boolean true", nil),
        ("port: [80]", "spec.port must be an integer or a string, not a list", nil),
        ("ca: '%%'", "spec.ca must be base64", nil),
        ("selector: {tier: 1}", "spec.selector.tier must be a string, not the integer 1", #"put it in quotes: "1""#),
    ])
    func `what a schema forbids is told`(field: String, message: String, hint: String?) throws {
        let error = try #require(throws: ManifestErrors.self) { try read(workload(field), schema: schema()) }
        #expect(error.diagnostics.map(\.message) == ["Deployment orders: \(message)"])
        #expect(error.diagnostics.first?.hint == hint)
        #expect(error.diagnostics.first?.location?.line == 5)
    }

    @Test(arguments: [
        "replicas: null", "replicas: 3", "paused: true", "limits: {cpu: 500m, memory: 1.5Gi, count: 3, part: 0.5}",
        "port: http",
        "port: 80", "raw: {any: [thing, 1]}", "any: 3", "any: {a: b}", "ca: YQ==", "selector: {tier: a}",
        "containers: []",
        "containers: [{name: a, ports: [{port: 80, protocol: TCP}, {port: 80, protocol: UDP}]}]", "arguments: [a, a]",
        "matrix: {rows: null}",
    ])
    func `what a schema allows is not mentioned`(field: String) throws {
        #expect(report(workload(field), schema: try schema()) == "")
    }

    @Test func `every problem is told, in the order of lines`() throws {
        let text = workload("replicas: a\n  foo: 1\n  containers: [{name: a, bar: 2}]") + "bogus: 1\n"
        let error = try #require(throws: ManifestErrors.self) { try read(text, schema: schema()) }
        #expect(
            error.diagnostics.map(\.message) == [
                "Deployment orders: spec.replicas must be an integer, not a string",
                "Deployment orders: unknown field spec.foo",
                "Deployment orders: unknown field spec.containers[a].bar", "Deployment orders: unknown field bogus",
            ]
        )
    }

    @Test(arguments: [
        ("apps/v1", "Deploymnt", "did you mean apps/v1 Deployment?"),
        ("apps/v1beta1", "Deployment", "did you mean apps/v1 Deployment?"),
        ("extensions/v1beta1", "Deployment", "did you mean apps/v1 Deployment?"),
        ("x.io/v1", "Widget", "check apiVersion and kind, or add the CustomResourceDefinition to the path"),
    ])
    func `an unknown kind is told with what may have been meant`(apiVersion: String, kind: String, hint: String) throws
    {
        #expect(
            report("apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: {name: a}\n", schema: try schema()) == """
                error[unknown-kind]: \(kind)\(apiVersion == "x.io/v1" ? ".x.io" : "") a: the cluster's schema has no \(apiVersion) \(kind)
                 --> shop.yaml:2:7
                  |
                2 | kind: \(kind)
                  |       ^
                hint: \(hint)
                """
        )
    }

    @Test func `the kinds of a document are known`() throws {
        #expect(try schema().knownKinds == [GroupVersionKind(group: "apps", version: "v1", kind: "Deployment")])
        #expect(SchemaDocument().knownKinds.isEmpty)
    }

    @Test(arguments: [
        (FieldPath(fields: "spec", "containers"), ListKind.map(keys: ["name"])),
        (
            FieldPath([.field("spec"), .field("containers"), .index(3), .field("ports")]),
            .map(keys: ["port", "protocol"])
        ),
        (
            FieldPath([.field("spec"), .field("containers"), .key(["name": "a"]), .field("ports")]),
            .map(keys: ["port", "protocol"])
        ),
        (FieldPath(fields: "spec", "finalizers"), .set), (FieldPath(fields: "spec", "arguments"), .atomic),
        (FieldPath(fields: "spec", "replicas"), nil), (FieldPath(fields: "spec", "bogus"), nil),
        (FieldPath(fields: "bogus", "x"), nil),
    ])
    func `lists say how their elements are told apart`(path: FieldPath, kind: ListKind?) throws {
        #expect(
            try schema().listKind(at: path, in: GroupVersionKind(apiVersion: "apps/v1", kind: "Deployment")) == kind)
        #expect(try schema().listKind(at: path, in: GroupVersionKind(apiVersion: "v1", kind: "Pod")) == nil)
    }

    @Test func `a document of OpenAPI v3 is read too`() throws {
        let document = try Value(
            json: #"""
                {"openapi": "3.0.0", "paths": {}, "components": {"schemas": {
                  "Widget": {"type": "object", "required": ["size"],
                    "properties": {
                      "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
                      "size": {"allOf": [{"$ref": "#/components/schemas/Size"}], "default": {}},
                      "port": {"oneOf": [{"type": "integer"}, {"type": "string"}], "format": "int-or-string"}
                    },
                    "x-kubernetes-group-version-kind": [{"group": "x.io", "version": "v1", "kind": "Widget"}]},
                  "Size": {"type": "string", "enum": ["small", "large"]}
                }}}
                """#)
        let schema = try SchemaDocument(openAPI: document)
        let header = "apiVersion: x.io/v1\nkind: Widget\nmetadata: {name: a}\n"
        #expect(report(header + "size: small\nport: 80\n", schema: schema) == "")
        #expect(
            report(header + "size: huge\n", schema: schema) == """
                error[invalid-value]: Widget.x.io a: size must be one of "small", "large"
                 --> shop.yaml:4:7
                  |
                4 | size: huge
                  |       ^
                """
        )
        #expect(report(header, schema: schema).hasPrefix("error[missing-field]: Widget.x.io a: size is missing\n"))
    }

    @Test(arguments: [
        (
            #"{"paths": {"/apis/apps/v1": {}}}"#,
            "this is the index of OpenAPI v3 documents, which has no schemas itself"
        ),
        (#"{"openapi": "3.0.0", "paths": {}}"#, "this is no OpenAPI document of version 2 or 3 with schemas"),
        (#"{"swagger": "1.2"}"#, "this is no OpenAPI document of version 2 or 3 with schemas"),
        ("[]", "this is no OpenAPI document of version 2 or 3 with schemas"),
    ])
    func `what is no such document is refused`(json: String, message: String) throws {
        let document = try Value(json: json)
        let error = try #require(throws: Diagnostic.self) { try SchemaDocument(openAPI: document) }
        #expect(error.message == message)
        #expect(error.hint == "save one with: kubectl get --raw /openapi/v2 > FILE")
    }

    @Test func `references that go in circles allow anything`() throws {
        let document = try Value(
            json: #"""
                {"swagger": "2.0", "definitions": {
                  "A": {"$ref": "#/definitions/B"}, "B": {"$ref": "#/definitions/A"},
                  "W": {"type": "object", "properties": {"apiVersion": {}, "kind": {}, "metadata": {}, "a": {"$ref": "#/definitions/A"},
                    "self": {"$ref": "#/definitions/W"}, "none": {"$ref": "#/definitions/None"}},
                    "x-kubernetes-group-version-kind": [{"group": "x.io", "version": "v1", "kind": "W"}]}}}
                """#)
        let schema = try SchemaDocument(openAPI: document)
        let header = "apiVersion: x.io/v1\nkind: W\nmetadata: {name: a}\n"
        #expect(report(header + "a: [1]\nnone: 3\nself: {self: {a: 1}}\n", schema: schema) == "")
        #expect(
            report(header + "self: {self: {b: 1}}\n", schema: schema).hasPrefix(
                "error[unknown-field]: W.x.io a: unknown field self.self.b\n"))
        let deep = String(repeating: "{self: ", count: 990) + "{}" + String(repeating: "}", count: 990)
        #expect(report(header + "self: \(deep)\n", schema: schema) == "")
    }

    @Test func `a StatefulSet may lack the service name that the document requires`() throws {
        let document = try Value(
            json: #"""
                {"swagger": "2.0", "definitions": {
                  "S": {"type": "object", "properties": {"apiVersion": {}, "kind": {}, "metadata": {},
                    "spec": {"$ref": "#/definitions/io.k8s.api.apps.v1.StatefulSetSpec"}},
                    "x-kubernetes-group-version-kind": [{"group": "apps", "version": "v1", "kind": "StatefulSet"}]},
                  "io.k8s.api.apps.v1.StatefulSetSpec": {"type": "object", "required": ["selector", "serviceName"],
                    "properties": {"selector": {"type": "object"}, "serviceName": {"type": "string"}}}}}
                """#)
        let schema = try SchemaDocument(openAPI: document)
        #expect(
            report(
                "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec: {selector: {}}\n", schema: schema)
                == "")
    }

    private func workload(_ field: String) -> String {
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: orders}\nspec:\n  \(field)\n"
    }

    private func schema() throws -> SchemaDocument {
        try SchemaDocument(openAPI: Value(json: Self.document))
    }

    private static let document = #"""
        {"swagger": "2.0", "definitions": {
          "io.k8s.api.apps.v1.Deployment": {"type": "object",
            "properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
              "spec": {"$ref": "#/definitions/Spec"}},
            "x-kubernetes-group-version-kind": [{"group": "apps", "version": "v1", "kind": "Deployment"}]},
          "Spec": {"type": "object", "properties": {
            "replicas": {"type": "integer", "format": "int32"}, "paused": {"type": "boolean"},
            "containers": {"type": "array", "items": {"$ref": "#/definitions/Container"},
              "x-kubernetes-patch-strategy": "merge,retainKeys", "x-kubernetes-patch-merge-key": "name"},
            "finalizers": {"type": "array", "items": {"type": "string"}, "x-kubernetes-patch-strategy": "merge"},
            "arguments": {"type": "array", "items": {"type": "string"}},
            "limits": {"type": "object", "additionalProperties": {"$ref": "#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity"}},
            "port": {"$ref": "#/definitions/IntOrString"}, "raw": {"type": "object"}, "any": {},
            "ca": {"type": "string", "format": "byte"},
            "matrix": {"type": "object", "required": ["rows"], "properties": {"rows": {"type": "array"}}},
            "selector": {"type": "object", "additionalProperties": {"type": "string"}}}},
          "Container": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "image": {"type": "string"},
            "ports": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["port", "protocol"],
              "x-kubernetes-patch-strategy": "merge", "x-kubernetes-patch-merge-key": "port",
              "items": {"type": "object", "properties": {"port": {"type": "integer"}, "protocol": {"type": "string"}}}}}},
          "io.k8s.apimachinery.pkg.api.resource.Quantity": {"type": "string"},
          "IntOrString": {"type": "string", "format": "int-or-string"}
        }}
        """#
}
