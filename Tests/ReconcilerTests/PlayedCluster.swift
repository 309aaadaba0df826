import Foundation
import KubeClient
import Manifests
import Planning
import Reconciler
import Resources
import Synchronization
import TestSupport

/// An API server in memory that keeps what is written, and fails as a test asks.
///
/// It knows Namespaces, ConfigMaps, Secrets, Services, PersistentVolumeClaims and Jobs; applying replaces an object.
final class PlayedCluster: Sendable {
    /// Answers a request instead of the cluster; nil leaves it to the cluster.
    typealias Interception = @Sendable (HTTPRequest) async throws -> HTTPResponse?

    private struct State {
        var objects: [String: Value] = [:]
        var version = 100
    }

    private let state = Mutex(State())
    private let interception: Mutex<Interception>
    private let recorder = Mutex<[HTTPRequest]>([])

    init(_ interception: @escaping Interception = { _ in nil }) {
        self.interception = Mutex(interception)
        for name in ["default", "kube-system"] {
            put(["apiVersion": "v1", "kind": "Namespace"], at: "/api/v1/namespaces/\(name)", name: name)
        }
    }

    /// Replaces what answers instead of the cluster.
    func intercept(_ interception: @escaping Interception) {
        self.interception.withLock { $0 = interception }
    }

    /// Has an object there that somebody else wrote.
    func put(_ value: Value, at path: String, name: String) {
        _ = write(value, at: path, name: name)
        change(path) { $0["metadata"]?["managedFields"] = nil }
    }

    /// The requests so far, as `METHOD path`, without the query.
    var requests: [String] {
        recorder.withLock { $0.map { "\($0.method.rawValue) \(Self.parts($0).path)" } }
    }

    /// The requests that changed something, or tried to, as `METHOD path`.
    var writes: [String] {
        recorder.withLock { requests in
            requests.filter { $0.method != .get && !$0.path.contains("dryRun=All") }
                .map { "\($0.method.rawValue) \(Self.parts($0).path)" }
        }
    }

    var transport: FakeTransport {
        FakeTransport { [self] request, _ in
            // Answers come at once: whoever asks without end must not keep the others from going on.
            await Task.yield()
            recorder.withLock { $0.append(request) }
            let interception = interception.withLock { $0 }
            if let answer = try await interception(request) { return answer }
            return answer(request)
        }
    }

    func object(_ path: String) -> KubernetesObject? {
        state.withLock { $0.objects[path] }.map(KubernetesObject.init)
    }

    /// Changes an object as something else than the program under test does.
    func change(_ path: String, _ edit: (inout Value) -> Void) {
        state.withLock { state in
            guard var value = state.objects[path] else { return }
            state.version += 1
            edit(&value)
            value["metadata"]?["resourceVersion"] = .string("\(state.version)")
            state.objects[path] = value
        }
    }

    func remove(_ path: String) {
        state.withLock { $0.objects[path] = nil }
    }

    // MARK: answering

    private static func parts(_ request: HTTPRequest) -> (path: String, query: String) {
        let parts = request.path.split(separator: "?", maxSplits: 1).map(String.init)
        return (parts[0], parts.count > 1 ? parts[1].removingPercentEncoding ?? "" : "")
    }

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
        let (path, query) = Self.parts(request)
        if let document = Self.documents[path] { return .json(document) }
        let names = path.split(separator: "/")
        let isCollection = Self.plurals[String(names.last ?? "")] != nil
        switch request.method {
        case .get where query.contains("watch="): return HTTPResponse(status: 200, headers: [:], body: [])
        case .get where isCollection: return list(path, query)
        case .get: return object(path).map { .json($0.value) } ?? .status(404, "NotFound", "not found")
        case .patch, .post: return apply(request, path, isDryRun: query.contains("dryRun=All"))
        case .delete: return delete(request, path)
        default: return .status(405, "MethodNotAllowed")
        }
    }

    private func list(_ path: String, _ query: String) -> HTTPResponse {
        let plural = path.split(separator: "/").last.map(String.init) ?? ""
        let label = query.split(separator: "&").first { $0.hasPrefix("labelSelector=") }?.split(separator: "=").last
        let items = state.withLock { state in
            state.objects.filter { key, value in
                let parent = key.prefix(upTo: key.lastIndex(of: "/") ?? key.startIndex)
                let isHere = parent == path || path == "/api/v1/\(plural)" && parent.hasSuffix("/" + plural)
                let labels = KubernetesObject(value).labels
                return isHere && (label.map { labels["applyset.kubernetes.io/part-of"] == String($0) } ?? true)
            }
            .sorted { $0.key < $1.key }.map(\.value)
        }
        let version = state.withLock { "\($0.version)" }
        return .json([
            "apiVersion": "v1", "kind": "List", "metadata": ["resourceVersion": .string(version)],
            "items": .array(items),
        ])
    }

    private func apply(_ request: HTTPRequest, _ path: String, isDryRun: Bool) -> HTTPResponse {
        guard let body = request.body, let value = try? Value(json: body) else { return .status(400, "BadRequest") }
        let name = KubernetesObject(value).name
        let key = request.method == .post ? path + "/" + name : path
        let exists = object(key) != nil
        if isDryRun {
            var result = value
            result["metadata"]?["uid"] = .string("trial")
            return .json(result, status: exists ? 200 : 201)
        }
        return .json(write(value, at: key, name: name), status: exists ? 200 : 201)
    }

    private func write(_ value: Value, at path: String, name: String) -> Value {
        state.withLock { state in
            state.version += 1
            var result = value
            var metadata = result["metadata"] ?? [:]
            metadata["name"] = .string(name)
            metadata["uid"] = state.objects[path]?[path: "metadata", "uid"] ?? .string("uid-\(state.version)")
            metadata["resourceVersion"] = .string("\(state.version)")
            metadata["managedFields"] = [
                [
                    "manager": "endstate", "operation": "Apply", "apiVersion": value["apiVersion"] ?? "v1",
                    "fieldsV1": ["f:metadata": ["f:labels": ["f:applyset.kubernetes.io/part-of": [:]]]],
                ]
            ]
            result["metadata"] = metadata
            state.objects[path] = result
            return result
        }
    }

    private func delete(_ request: HTTPRequest, _ path: String) -> HTTPResponse {
        guard let live = object(path) else { return .status(404, "NotFound") }
        let conditions = request.body.flatMap { try? Value(json: $0) }?["preconditions"]
        let isMet = ["uid", "resourceVersion"].allSatisfy { field in
            conditions?[field] == nil || conditions?[field] == live.metadata[field]
        }
        guard isMet else { return .status(409, "Conflict", "the precondition does not hold") }
        if live.metadata["finalizers"] != nil {
            change(path) { $0["metadata"]?["deletionTimestamp"] = "2026-01-01T00:00:00Z" }
            return .json(object(path)?.value ?? [:])
        }
        remove(path)
        return .json(["apiVersion": "v1", "kind": "Status", "status": "Success"])
    }

    // MARK: discovery

    private static let plurals = [
        "namespaces": ("Namespace", "v1"), "configmaps": ("ConfigMap", "v1"), "secrets": ("Secret", "v1"),
        "services": ("Service", "v1"), "persistentvolumeclaims": ("PersistentVolumeClaim", "v1"),
        "jobs": ("Job", "batch/v1"), "storageclasses": ("StorageClass", "storage.k8s.io/v1"), "pods": ("Pod", "v1"),
        "events": ("Event", "v1"),
    ]

    private static let documents: [String: Value] = [
        "/version": ["major": "1", "minor": "30", "gitVersion": "v1.30.0"],
        "/api": ["kind": "APIVersions", "versions": ["v1"]],
        "/apis": [
            "kind": "APIGroupList",
            "groups": .array(
                ["batch", "storage.k8s.io"].map { group in
                    ["name": .string(group), "versions": [["groupVersion": .string("\(group)/v1"), "version": "v1"]]]
                }),
        ],
        "/api/v1": resources(of: "v1"),
        "/apis/batch/v1": resources(of: "batch/v1"),
        "/apis/storage.k8s.io/v1": resources(of: "storage.k8s.io/v1"),
    ]

    private static func resources(of version: String) -> Value {
        let resources = plurals.filter { $0.value.1 == version }.sorted { $0.key < $1.key }.map {
            plural, kind -> Value in
            [
                "name": .string(plural), "kind": .string(kind.0),
                "namespaced": .bool(!["namespaces", "storageclasses"].contains(plural)),
                "verbs": ["get", "list", "watch", "patch", "delete", "create"],
            ]
        }
        return ["kind": "APIResourceList", "groupVersion": .string(version), "resources": .array(resources)]
    }
}
