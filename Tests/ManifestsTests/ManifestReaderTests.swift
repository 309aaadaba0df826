import Manifests
import Resources
import Testing

@Suite struct ManifestReaderTests {
    @Test func `objects keep the order of files and documents, and know their lines`() throws {
        let set = try read([
            ("b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n---\n# none\n---\n\(configMap("two"))"),
            ("a.json", #"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "three"}}"#),
        ]).set
        #expect(set.manifests.map(\.object.name) == ["one", "two", "three"])
        #expect(set.fileCount == 2)
        let second = try #require(set.manifests.dropFirst().first)
        #expect(second.location(of: FieldPath(fields: "metadata", "name")).description == "b.yaml:10:9")
        #expect(second.keyLocation(of: FieldPath(fields: "metadata", "name")).description == "b.yaml:10:3")
        #expect(second.location(of: FieldPath(fields: "data", "missing")).description == "b.yaml:7:1")
    }

    @Test(arguments: ["notes.txt", "README.md", ".github/workflows/ci.yaml", "a/.hidden.yaml", "values.yaml.gotmpl"])
    func `other files and hidden ones are left out`(path: String) throws {
        let set = try read([(path, "not: [a manifest")]).set
        #expect(set.manifests.isEmpty)
        #expect(set.fileCount == 0)
    }

    @Test func `a path with empty files differs from one without manifest files`() throws {
        let set = try read([("a.yaml", "# nothing yet\n---\n")]).set
        #expect(set.manifests.isEmpty)
        #expect(set.fileCount == 1)
    }

    @Test func `Lists are flattened, and their items keep their places`() throws {
        let set = try read(
            """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: ConfigMap
              metadata: {name: one}
            - apiVersion: v1
              kind: List
              items:
              - apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: two
            - {apiVersion: v1, kind: ConfigMapList, items: [{metadata: {name: three}}]}
            - {apiVersion: v1, kind: List, items: []}
            """
        ).set
        #expect(
            set.manifests.map(\.object.identity.description) == ["ConfigMap one", "ConfigMap two", "ConfigMap three"])
        #expect(set.manifests.map(\.object.apiVersion) == ["v1", "v1", "v1"])
        let places = set.manifests.map { $0.location(of: FieldPath(fields: "metadata", "name")).description }
        #expect(places == ["shop.yaml:6:20", "shop.yaml:13:13", "shop.yaml:14:67"])
    }

    @Test func `a kind that ends in List but has no items is an object`() throws {
        let set = try read("apiVersion: x.io/v1\nkind: AllowList\nmetadata: {name: a}\nspec: {}\n").set
        #expect(set.manifests.map(\.object.kind) == ["AllowList"])
    }

    @Test func `objects for local use are left out and counted`() throws {
        let set = try read(
            """
            apiVersion: kpt.dev/v1
            kind: Kptfile
            metadata:
              name: NOT CHECKED
              annotations: {config.kubernetes.io/local-config: "true"}
            ---
            \(configMap("kept"))
            """
        ).set
        #expect(set.manifests.map(\.object.name) == ["kept"])
        #expect(set.localOnly == 1)
    }

    @Test func `fields of the server are left out with a warning, and without one where they say nothing`() throws {
        let (set, warnings) = try read(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: orders
              creationTimestamp: null
              uid: 7f3c
              resourceVersion: "12"
              generation: 3
            spec: {replicas: 1}
            status: {}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, namespace: shop}
            status: {phase: Active}
            """
        )
        let deployment = try #require(set.manifests.first?.object)
        #expect(
            deployment.value == [
                "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "orders"], "spec": ["replicas": 1],
            ])
        #expect(set.manifests.last?.object.identity.description == "Namespace shop")
        #expect(
            warnings.map(\.message) == [
                "Deployment orders: metadata.uid is the server's to write; it is left out",
                "Deployment orders: metadata.resourceVersion is the server's to write; it is left out",
                "Deployment orders: metadata.generation is the server's to write; it is left out",
                "Namespace shop: a Namespace lives in no namespace; metadata.namespace is left out",
                "Namespace shop: status is the server's to write; it is left out",
            ]
        )
        #expect(warnings.allSatisfy { $0.severity == .warning })
    }

    @Test func `a manifest without a text has its file's first line for every place`() {
        let manifest = Manifest(object: KubernetesObject(["kind": "ConfigMap"]), file: "revision 3")
        #expect(manifest.location(of: FieldPath(fields: "metadata", "name")).description == "revision 3:1:1")
    }

    @Test func `an object may be nested 1,000 deep`() throws {
        let text =
            configMap("deep") + "spec: " + String(repeating: "[", count: 999) + String(repeating: "]", count: 999)
        let object = try #require(try read(text).set.manifests.first).object
        #expect(ManifestSet.digest(of: [object]) == ManifestSet.digest(of: [object.normalised()]))
    }
}

private func configMap(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\n"
}
