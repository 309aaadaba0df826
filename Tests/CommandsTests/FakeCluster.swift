import KubeClient
import Resources
import TestSupport

/// A cluster that knows ConfigMaps, Secrets and Namespaces, holds a few of them, and takes writes without keeping them.
enum FakeCluster {
    /// - Parameter objects: What there is already; namespace `default` and `kube-system` always are.
    static func transport(_ objects: [KubernetesObject] = [], patched: HTTPResponse? = nil) -> FakeTransport {
        FakeTransport { request, _ in
            let parts = request.path.split(separator: "?", maxSplits: 1).map(String.init)
            let path = parts[0].split(separator: "/").map(String.init)
            switch (request.method, path.first ?? "", path.count) {
            case (.get, "version", _): return .json(["major": "1", "minor": "20", "gitVersion": "v1.20.2"])
            case (.get, "api", 1): return .json(["kind": "APIVersions", "versions": ["v1"]])
            case (.get, "apis", 1): return .json(["kind": "APIGroupList", "groups": []])
            case (.get, "api", 2): return .json(resources)
            case (.get, "api", 4) where path[2] == "namespaces": return namespace(path[3])
            case (.get, "api", 5): return list(path, of: objects)
            case (.get, "api", 6): return object(path, of: objects)
            case (.patch, "api", 6): return patched ?? patch(request, path, objects)
            case (.delete, "api", 6): return .json(["kind": "Status", "status": "Success"])
            default: return .status(404, "NotFound", "nothing at \(request.path)")
            }
        }
    }

    private static let resources: Value = [
        "kind": "APIResourceList", "groupVersion": "v1",
        "resources": .array(
            [("configmaps", "ConfigMap", true), ("secrets", "Secret", true), ("namespaces", "Namespace", false)].map {
                name, kind, isNamespaced in
                [
                    "name": .string(name), "kind": .string(kind), "namespaced": .bool(isNamespaced),
                    "verbs": ["get", "list", "watch", "patch", "delete"],
                ]
            }),
    ]

    private static func namespace(_ name: String) -> HTTPResponse {
        guard ["default", "kube-system"].contains(name) else { return .status(404, "NotFound") }
        return .json([
            "apiVersion": "v1", "kind": "Namespace",
            "metadata": ["name": .string(name), "uid": .string("uid-\(name)")],
        ])
    }

    private static func plural(_ object: KubernetesObject) -> String { object.kind.lowercased() + "s" }

    private static func list(_ path: [String], of objects: [KubernetesObject]) -> HTTPResponse {
        let items = objects.filter { $0.namespace == path[3] && plural($0) == path[4] }
        return .json(["kind": "List", "metadata": ["resourceVersion": "7"], "items": .array(items.map(\.value))])
    }

    private static func object(_ path: [String], of objects: [KubernetesObject]) -> HTTPResponse {
        let found = objects.first { $0.namespace == path[3] && plural($0) == path[4] && $0.name == path[5] }
        return found.map { .json($0.value) } ?? .status(404, "NotFound")
    }

    private static func patch(_ request: HTTPRequest, _ path: [String], _ objects: [KubernetesObject]) -> HTTPResponse {
        guard let body = request.body, var value = try? Value(json: body) else { return .status(400, "BadRequest") }
        let exists = objects.contains { $0.namespace == path[3] && plural($0) == path[4] && $0.name == path[5] }
        value["metadata"]?["uid"] = "uid"
        value["metadata"]?["resourceVersion"] = "8"
        return .json(value, status: exists ? 200 : 201)
    }
}
