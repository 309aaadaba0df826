import Resources
import Testing

@testable import SandboxCluster

@Suite struct OpenAPIDocumentsTests {
    private let registry = SchemaRegistry.builtIn
    private let resources =
        SchemaRegistry.builtIn.resources + SchemaRegistry.resources(of: CustomResourceSchemaTests.definition)

    @Test func `every version has a document that the index names`() {
        let index = OpenAPIDocuments.index(resources, registry: registry)
        let paths = index["paths"]?.object ?? [:]
        #expect(paths.count == Set(resources.map(\.kind.apiVersion)).count)
        for (path, entry) in paths {
            #expect(entry["serverRelativeURL"]?.string?.hasPrefix("/openapi/v3/\(path)?hash=") == true)
        }
    }

    @Test func `a document's address changes with its definition and with the server's version`() throws {
        var definition = CustomResourceSchemaTests.definition
        definition.value["spec"]?["versions"] = [
            ["name": "v1", "served": true, "schema": ["openAPIV3Schema": ["type": "object"]]]
        ]
        let changed = registry.resources + SchemaRegistry.resources(of: definition)
        func address(_ resources: [ResourceDefinition], _ path: String, minor: Int = 32) -> Value? {
            OpenAPIDocuments.index(resources, registry: registry, serving: KubernetesVersion(minor: minor))["paths"]?[
                path]
        }
        #expect(address(resources, "apis/shop.example.com/v1") != address(changed, "apis/shop.example.com/v1"))
        #expect(address(resources, "api/v1") == address(changed, "api/v1"))
        #expect(address(resources, "api/v1") != address(resources, "api/v1", minor: 24))
    }

    @Test(arguments: [(32, true), (24, false)])
    func `a patch of a kind tells its parameters`(minor: Int, validates: Bool) throws {
        let document = try #require(v3("apps", "v1", minor: minor))
        let path = document["paths"]?["/apis/apps/v1/namespaces/{namespace}/deployments/{name}"]
        let patch = try #require(path?["patch"])
        #expect(patch["x-kubernetes-group-version-kind"] == ["group": "apps", "version": "v1", "kind": "Deployment"])
        let names = (patch["parameters"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(
            names
                == (validates
                    ? ["dryRun", "fieldManager", "fieldValidation", "force"] : ["dryRun", "fieldManager", "force"]))
        #expect(patch["requestBody"]?["content"]?["application/strategic-merge-patch+json"] != nil)
        #expect(path?["get"] != nil && path?["put"] != nil && path?["delete"] != nil && path?["post"] == nil)
    }

    @Test func `schemas carry what patches and apply go by`() throws {
        let document = try #require(v3("apps", "v1"))
        let schemas = try #require(document[path: "components", "schemas"])
        #expect(
            schemas["io.k8s.api.apps.v1.Deployment"]?["x-kubernetes-group-version-kind"]
                == [["group": "apps", "version": "v1", "kind": "Deployment"]])
        let ports = schemas[path: "io.k8s.api.core.v1.Container", "properties", "ports"]?.json
        let expectedPorts = ##"""
            {"items":{"$ref":"#/components/schemas/io.k8s.api.core.v1.ContainerPort"},"type":"array",\
            "x-kubernetes-list-map-keys":["containerPort","protocol"],"x-kubernetes-list-type":"map",\
            "x-kubernetes-patch-merge-key":"containerPort","x-kubernetes-patch-strategy":"merge"}
            """##
        #expect(ports == expectedPorts.replacing("\\\n", with: ""))
        let strategy = schemas[path: "io.k8s.api.apps.v1.DeploymentSpec", "properties", "strategy"]
        let reference: Value = ["$ref": "#/components/schemas/io.k8s.api.apps.v1.DeploymentStrategy"]
        #expect(strategy == ["allOf": [reference], "x-kubernetes-patch-strategy": "retainKeys"])
        #expect(schemas["io.k8s.api.apps.v1.DeploymentSpec"]?["required"] == ["selector", "template"])
        #expect(schemas["io.k8s.api.core.v1.ContainerPort"]?["properties"]?["protocol"]?["default"] == "TCP")
        #expect(schemas["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"]?["x-kubernetes-map-type"] == "atomic")
    }

    @Test(arguments: [
        "/api/v1", "/apis/apps/v1", "/apis/batch/v1", "/apis/autoscaling/v2", "/apis/shop.example.com/v1",
    ])
    func `a document refers to nothing that it does not have`(path: String) throws {
        let parts = path.split(separator: "/").map(String.init)
        let document = try #require(v3(parts.count == 2 ? "" : parts[1], parts.last ?? ""))
        let prefix = "#/components/schemas/"
        let schemas = Set((document["components"]?["schemas"]?.object ?? [:]).keys.map { prefix + $0 })
        #expect(references(in: document).subtracting(schemas).isEmpty)
        #expect(!schemas.isEmpty)
    }

    @Test func `a custom resource's schema stands there with its constraints and metadata`() throws {
        let document = try #require(v3("shop.example.com", "v1"))
        let widget = try #require(document["components"]?["schemas"]?["com.example.shop.v1.Widget"])
        #expect(
            widget["properties"]?["spec"]?.json
                == #"{"properties":{"size":{"default":1,"maximum":9,"type":"integer"}},"required":["size"],"type":"object"}"#
        )
        #expect(
            widget["properties"]?["metadata"]
                == ["$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"])
        let path = "/apis/shop.example.com/v1/namespaces/{namespace}/widgets/{name}"
        #expect(document["paths"]?["\(path)/scale"]?["patch"] != nil)
        #expect(
            document["paths"]?[path]?["patch"]?["requestBody"]?["content"]?["application/strategic-merge-patch+json"]
                == nil)
    }

    @Test func `version 2 has all kinds in one document`() throws {
        let document = OpenAPIDocuments.v2(resources, registry: registry)
        #expect(document["swagger"] == "2.0")
        let definitions = document["definitions"]?.object ?? [:]
        let kinds = Set(
            definitions.values.flatMap { $0["x-kubernetes-group-version-kind"]?.array ?? [] }.map {
                GroupVersionKind(
                    group: $0["group"]?.string ?? "", version: $0["version"]?.string ?? "",
                    kind: $0["kind"]?.string ?? "")
            })
        #expect(Set(resources.map(\.kind)).isSubset(of: kinds))
        #expect(references(in: document).subtracting(definitions.keys.map { "#/definitions/" + $0 }).isEmpty)
        // Version 2 knows no defaults.
        let size = definitions["com.example.shop.v1.Widget"]?[path: "properties", "spec", "properties", "size"]
        #expect(size == ["type": "integer", "maximum": 9])
    }

    @Test func `what is not served has no document`() {
        #expect(v3("extensions", "v1beta1") == nil)
    }

    private func v3(_ group: String, _ version: String, minor: Int = 32) -> Value? {
        OpenAPIDocuments.v3(
            group: group, version: version, resources, registry: registry, serving: KubernetesVersion(minor: minor))
    }

    private func references(in value: Value) -> Set<String> {
        switch value {
        case .object(let fields):
            fields.reduce(into: []) { found, field in
                if field.key == "$ref", let name = field.value.string { found.insert(name) }
                found.formUnion(references(in: field.value))
            }
        case .array(let elements): elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
        default: []
        }
    }
}
