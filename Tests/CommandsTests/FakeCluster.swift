import Foundation
import KubeClient
import Resources
import Synchronization
import TestSupport

/// A cluster that knows ConfigMaps, Secrets, Namespaces and Leases, and keeps what is written; applying replaces an object.
final class FakeCluster: Sendable {
    private struct State {
        var objects: [String: Value] = [:]
        var version = 7
    }

    private let state = Mutex(State())
    private let patched: HTTPResponse?

    /// - Parameters:
    ///   - objects: What there is already; namespace `default` and `kube-system` always are.
    ///   - patched: What the server answers to every patch.
    init(_ objects: [KubernetesObject] = [], patched: HTTPResponse? = nil) {
        self.patched = patched
        for object in objects { put(object) }
    }

    static func transport(_ objects: [KubernetesObject] = [], patched: HTTPResponse? = nil) -> FakeTransport {
        FakeCluster(objects, patched: patched).transport
    }

    var transport: FakeTransport {
        FakeTransport { [self] request, _ in answer(request) }
    }

    /// Has an object there as it is.
    func put(_ object: KubernetesObject) {
        let path = "/api/v1/namespaces/\(object.namespace)/\(object.kind.lowercased())s/\(object.name)"
        state.withLock { $0.objects[path] = object.value }
    }

    /// Changes an object as somebody else does, or removes it.
    func change(_ path: String, _ edit: (inout Value?) -> Void) {
        state.withLock { edit(&$0.objects[path]) }
    }

    func object(_ path: String) -> KubernetesObject? {
        state.withLock { $0.objects[path] }.map(KubernetesObject.init)
    }

    /// The names of the objects below a path, sorted.
    func names(in collection: String) -> [String] {
        state.withLock { state in
            state.objects.keys.filter { $0.hasPrefix(collection + "/") }.sorted()
                .map { String($0.dropFirst(collection.count + 1)) }
        }
    }

    // MARK: answering

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
        let parts = request.path.split(separator: "?", maxSplits: 1).map(String.init)
        let path = parts[0]
        let query = parts.count > 1 ? parts[1].removingPercentEncoding ?? "" : ""
        if request.method == .get, let document = Self.documents[path] { return .json(document) }
        let elements = path.split(separator: "/").map(String.init)
        // Of a namespace's objects: /api/v1/namespaces/default/configmaps, /apis/GROUP/v1/namespaces/default/leases.
        let place = elements.count - (elements.first == "apis" ? 3 : 2)
        switch (request.method, place) {
        case (.get, 2): return Self.namespace(elements.last ?? "")
        case (.get, 3): return list(path, query)
        case (.get, 4): return object(path).map { .json($0.value) } ?? .status(404, "NotFound")
        case (.patch, 4): return patched ?? patch(request, path, isDryRun: query.contains("dryRun=All"))
        case (.post, 3), (.put, 4): return write(request, path)
        case (.delete, 4):
            state.withLock { $0.objects[path] = nil }
            return .json(["kind": "Status", "status": "Success"])
        default: return .status(404, "NotFound", "nothing at \(request.path)")
        }
    }

    private static func namespace(_ name: String) -> HTTPResponse {
        guard ["default", "kube-system"].contains(name) else { return .status(404, "NotFound") }
        return .json([
            "apiVersion": "v1", "kind": "Namespace",
            "metadata": ["name": .string(name), "uid": .string("uid-\(name)")],
        ])
    }

    private func list(_ path: String, _ query: String) -> HTTPResponse {
        let selector = query.split(separator: "&").first { $0.hasPrefix("labelSelector=") }?
            .split(separator: "=", maxSplits: 1).last?.split(separator: "=").map(String.init)
        let items = state.withLock { state in
            state.objects.filter { $0.key.hasPrefix(path + "/") }.sorted { $0.key < $1.key }.map(\.value)
        }
        let chosen = items.filter { item in
            guard let selector, selector.count == 2 else { return true }
            return KubernetesObject(item).labels[selector[0]] == selector[1]
        }
        return .json(["kind": "List", "metadata": ["resourceVersion": "7"], "items": .array(chosen)])
    }

    /// Server-side apply, or a merge patch.
    private func patch(_ request: HTTPRequest, _ path: String, isDryRun: Bool) -> HTTPResponse {
        guard let body = request.body, let change = try? Value(json: body) else { return .status(400, "BadRequest") }
        let live = object(path)
        if request.headers["Content-Type"]?.hasPrefix("application/merge-patch") ?? false {
            guard let live else { return .status(404, "NotFound") }
            guard agrees(change, with: live) else { return .status(409, "Conflict") }
            return .json(keep(Self.merged(live.value, change), at: path))
        }
        var applied = change
        applied["metadata"]?["managedFields"] = [Self.entry(change)]
        if isDryRun {
            applied["metadata"]?["uid"] = .string(live?.uid ?? "trial")
            return .json(applied, status: live == nil ? 201 : 200)
        }
        return .json(keep(applied, at: path), status: live == nil ? 201 : 200)
    }

    private func write(_ request: HTTPRequest, _ path: String) -> HTTPResponse {
        guard let body = request.body, let value = try? Value(json: body) else { return .status(400, "BadRequest") }
        if request.method == .put {
            guard let live = object(path) else { return .status(404, "NotFound") }
            guard agrees(value, with: live) else { return .status(409, "Conflict") }
            return .json(keep(value, at: path))
        }
        let key = path + "/" + KubernetesObject(value).name
        if object(key) != nil { return .status(409, "AlreadyExists") }
        return .json(keep(value, at: key), status: 201)
    }

    private func agrees(_ change: Value, with live: KubernetesObject) -> Bool {
        let wanted = change[path: "metadata", "resourceVersion"]
        return wanted == nil || wanted == live.metadata["resourceVersion"]
    }

    private func keep(_ value: Value, at path: String) -> Value {
        state.withLock { state in
            state.version += 1
            var value = value
            let live = state.objects[path]?["metadata"]
            value["metadata"]?["uid"] = live?["uid"] ?? .string("uid-\(state.version)")
            value["metadata"]?["creationTimestamp"] = live?["creationTimestamp"] ?? "2027-01-15T07:59:00Z"
            value["metadata"]?["resourceVersion"] = .string("\(state.version)")
            state.objects[path] = value
            return value
        }
    }

    /// RFC 7386.
    private static func merged(_ value: Value, _ change: Value) -> Value {
        guard case .object(let changes) = change else { return change }
        var result = value.object ?? [:]
        for (key, change) in changes {
            result[key] = change.isNull ? nil : merged(result[key] ?? [:], change)
        }
        return .object(result)
    }

    /// What the server notes of an apply, as if every list were atomic.
    private static func entry(_ applied: Value) -> Value {
        var owned = applied
        owned["apiVersion"] = nil
        owned["kind"] = nil
        for field in ["name", "namespace", "managedFields", "uid", "resourceVersion"] {
            owned["metadata"]?[field] = nil
        }
        return [
            "manager": "endstate", "operation": "Apply", "apiVersion": applied["apiVersion"] ?? "v1",
            "fieldsType": "FieldsV1", "fieldsV1": fields(owned),
        ]
    }

    private static func fields(_ value: Value) -> Value {
        guard case .object(let fields) = value else { return [:] }
        return .object(Dictionary(uniqueKeysWithValues: fields.map { ("f:" + $0.key, self.fields($0.value)) }))
    }

    // MARK: discovery

    private static let documents: [String: Value] = [
        "/version": ["major": "1", "minor": "20", "gitVersion": "v1.20.2"],
        "/api": ["kind": "APIVersions", "versions": ["v1"]],
        "/apis": ["kind": "APIGroupList", "groups": []],
        "/api/v1": [
            "kind": "APIResourceList", "groupVersion": "v1",
            "resources": .array(
                [("configmaps", "ConfigMap", true), ("secrets", "Secret", true), ("namespaces", "Namespace", false)].map
                {
                    name, kind, isNamespaced in
                    [
                        "name": .string(name), "kind": .string(kind), "namespaced": .bool(isNamespaced),
                        "verbs": ["get", "list", "watch", "patch", "delete"],
                    ]
                }),
        ],
    ]
}
