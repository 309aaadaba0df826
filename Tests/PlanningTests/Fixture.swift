import Manifests
import Planning
import Resources
import Testing
import YAML

/// An object from a title such as `apps/v1 Deployment shop/web` and the rest of its fields in YAML.
func object(_ title: String, _ yaml: String = "{}") throws -> KubernetesObject {
    let words = title.split(separator: " ").map(String.init)
    try #require(words.count == 3)
    var value = try value(yaml)
    value["apiVersion"] = .string(words[0])
    value["kind"] = .string(words[1])
    let place = words[2].split(separator: "/").map(String.init)
    var metadata = value["metadata"] ?? [:]
    metadata["name"] = place.last.map(Value.string)
    if place.count == 2 { metadata["namespace"] = .string(place[0]) }
    value["metadata"] = metadata
    return KubernetesObject(value)
}

/// A workload of one container in namespace `shop`.
func deployment(_ name: String, _ podSpec: String = "{}", labels: String = "{}") throws -> KubernetesObject {
    var object = try object("apps/v1 Deployment shop/\(name)")
    var spec = try value(podSpec)
    if spec["containers"] == nil { spec["containers"] = [["name": "main"]] }
    object.value["spec"] = ["template": ["metadata": ["labels": try value(labels)], "spec": spec]]
    return object
}

func value(_ yaml: String) throws -> Value {
    let (documents, errors) = YAMLReader.documents(in: Array(yaml.utf8))
    try #require(errors.isEmpty, "\(errors)")
    return try #require(documents.first).value
}

/// Manifests with their places, as a file `app.yaml` declares them.
func manifests(_ yaml: String) throws -> [Manifest] {
    try ManifestReader.read([ManifestFile(path: "app.yaml", bytes: Array(yaml.utf8))]).set.manifests
}

func graph(_ objects: [KubernetesObject], useHints: Bool = false) throws -> DependencyGraph {
    try DependencyGraph.build(manifests: objects.map { Manifest(object: $0, file: "app.yaml") }, useHints: useHints)
}

extension DependencyGraph {
    /// Every edge in force as a sentence, sorted.
    var sentences: [String] { edges.map(\.sentence) }
}

extension Edge {
    var sentence: String { "\(dependent) after \(dependency), because \(reason)" }
}

/// The rendered text of the error that the body throws.
func errorText(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch let error as any DiagnosticError {
        return error.rendered()
    } catch {
        return "another error: \(error)"
    }
}
