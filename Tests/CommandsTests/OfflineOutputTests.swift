import Commands
import Foundation
import Resources
import Testing

/// `validate`, `render` and `graph`, which need no cluster.
@Suite struct OfflineOutputTests {
    private static let configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"
    private static let widgets = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec:
          group: example.com
          names: {kind: Widget, plural: widgets}
          scope: Namespaced
          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
        ---
        apiVersion: example.com/v1
        kind: Widget
        metadata: {name: w}
        ---
        apiVersion: other.example.com/v1
        kind: Gadget
        metadata: {name: g}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: home}
        """

    @Test func `render fills in the namespace where it knows the kind`() async throws {
        let ending = try await Bench(["m.yaml": Self.widgets]).run(["render", "-n", "shop", "-o", "json"])
        let items = try #require(try Value(json: ending.output)["items"]?.array)
        let namespaces = items.map { $0[path: "metadata", "namespace"]?.string }
        #expect(items.map { $0["kind"] } == ["CustomResourceDefinition", "Widget", "Gadget", "Namespace"])
        #expect(namespaces == [nil, "shop", nil, nil])
    }

    @Test(arguments: ["render", "validate", "graph", "plan"], [["-n", "A b"], ["--name", "A b"]])
    func `a name that no cluster would take is refused at once`(verb: String, option: [String]) async throws {
        let ending = try await Bench(["m.yaml": Self.configMap]).run([verb] + option)
        #expect(ending.status == .usage)
        #expect(ending.notes.hasPrefix("Error: \"A b\" can't be "))
        #expect(ending.output.isEmpty)
    }

    @Test func `validate counts`() async throws {
        let one = try await Bench(["m.yaml": Self.configMap]).run(["validate"])
        #expect(one.output == "1 object in 1 file: no problems\n")
        let two = try await Bench(["m.yaml": Self.configMap, "n.yaml": Self.configMap.replacing("a", with: "b")])
            .run(["validate"])
        #expect(two.status == .failure)
    }

    @Test func `a directory without a manifest is worth a warning`() async throws {
        let bench = try Bench(["README.md": "nothing"])
        let ending = await bench.run(["validate"])
        #expect(ending.status == .success)
        #expect(ending.output == "0 objects in 0 files: no errors, 1 warning\n")
        let warning = """
            warning[nothing-declared]: there is no YAML or JSON file in \(bench.app)
            hint: check the path


            """
        #expect(ending.notes == warning)
        let graph = await bench.run(["graph"])
        #expect(graph.output.isEmpty)
        #expect(graph.notes == warning)
    }

    @Test func `a directory that is not there is no matter of git`() async throws {
        let ending = try await Bench([String: String]()).run(["validate", "nowhere"])
        #expect(ending.notes.hasPrefix("error[source-path-not-found]: "))
    }

    @Test(arguments: [true, false])
    func `places for a code host are below the repository's root`(isRepository: Bool) async throws {
        let bench = try Bench(["shop/ä b/m%.yaml": "kind: ConfigMap\n", "here/x": ""])
        if isRepository { try bench.write([], to: ".git/HEAD") }
        for (directory, source) in [("", "shop"), ("/shop", "."), ("/here", "../shop")] {
            let ending = await bench.run(
                ["validate", "-o", "sarif", source], directory: bench.app + directory)
            let results = try Value(json: ending.output)["runs"]?[0]?["results"]
            let place = results?[0]?["locations"]?[0]
            let uri = try #require(place?[path: "physicalLocation", "artifactLocation", "uri"]?.string)
            let file = "%C3%A4%20b/m%25.yaml"
            let expected =
                isRepository || source == "shop"
                ? "shop/" + file : source == "." ? file : "file://\(bench.app)/shop/\(file)"
            #expect(uri == expected)
        }
    }
}
