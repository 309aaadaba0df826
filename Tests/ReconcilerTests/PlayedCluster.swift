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
/// It knows Namespaces, ConfigMaps, Secrets, Services, PersistentVolumeClaims, Jobs and Leases; applying replaces an
/// object.
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

    /// The requests that changed something, or tried to, as `METHOD path`, those of locks aside.
    var writes: [String] {
        recorder.withLock { requests in
            requests.filter { $0.method != .get && !$0.path.contains("dryRun=All") && !$0.path.contains("/leases") }
                .map { "\($0.method.rawValue) \(Self.parts($0).path)" }
        }
    }

    /// The writes of members: neither the parent's nor those of revisions.
    var memberWrites: [String] {
        writes.filter { !$0.contains("/secrets") || !$0.contains("endstate") && !$0.hasPrefix("POST") }
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
        case .patch where request.headers["Content-Type"] == "application/merge-patch+json":
            return merge(request, path)
        case .patch where request.headers["Content-Type"] == "application/json-patch+json":
            return edit(request, path)
        case .put: return replace(request, path)
        case .patch, .post: return apply(request, path, isDryRun: query.contains("dryRun=All"))
        case .delete: return delete(request, path)
        }
    }

    private func list(_ path: String, _ query: String) -> HTTPResponse {
        let plural = path.split(separator: "/").last.map(String.init) ?? ""
        let selector =
            query.split(separator: "&").first { $0.hasPrefix("labelSelector=") }
            .map { $0.dropFirst("labelSelector=".count).split(separator: ",") } ?? []
        let items = state.withLock { state in
            state.objects.filter { key, value in
                let parent = key.prefix(upTo: key.lastIndex(of: "/") ?? key.startIndex)
                let isHere = parent == path || path == "/api/v1/\(plural)" && parent.hasSuffix("/" + plural)
                let labels = KubernetesObject(value).labels
                let isSelected = selector.allSatisfy { term in
                    let parts = term.split(separator: "=", maxSplits: 1).map(String.init)
                    return parts.count == 2 ? labels[parts[0]] == parts[1] : labels[parts[0]] != nil
                }
                return isHere && isSelected
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
        if request.method == .post, exists { return .status(409, "AlreadyExists", "\(name) exists") }
        if isDryRun {
            var result = value
            result["metadata"]?["uid"] = .string("trial")
            return .json(result, status: exists ? 200 : 201)
        }
        if let uid = KubernetesObject(value).uid, uid != object(key)?.uid {
            return .status(409, "Conflict", "uid mismatch: the provided object specified uid \(uid)")
        }
        return .json(write(value, at: key, name: name), status: exists ? 200 : 201)
    }

    private func replace(_ request: HTTPRequest, _ path: String) -> HTTPResponse {
        guard let value = request.body.flatMap({ try? Value(json: $0) }), let live = object(path) else {
            return .status(404, "NotFound")
        }
        guard KubernetesObject(value).resourceVersion == live.resourceVersion else { return Self.conflict }
        change(path) { $0 = value }
        return .json(object(path)?.value ?? [:])
    }

    private func merge(_ request: HTTPRequest, _ path: String) -> HTTPResponse {
        guard let patch = request.body.flatMap({ try? Value(json: $0) }), let live = object(path) else {
            return .status(404, "NotFound")
        }
        let version = patch[path: "metadata", "resourceVersion"]
        guard version == nil || version?.string == live.resourceVersion else { return Self.conflict }
        change(path) { $0 = Self.merged($0, patch) }
        return .json(object(path)?.value ?? [:])
    }

    private static func merged(_ value: Value, _ patch: Value) -> Value {
        guard let fields = patch.object else { return patch }
        var result = value.object == nil ? [:] : value
        for (name, field) in fields {
            result[name] = field.isNull ? nil : merged(result[name] ?? .null, field)
        }
        return result
    }

    /// Understands edits of whole fields of the object and of its metadata.
    private func edit(_ request: HTTPRequest, _ path: String) -> HTTPResponse {
        guard let patch = request.body.flatMap({ try? Value(json: $0) })?.array, let live = object(path) else {
            return .status(404, "NotFound")
        }
        for operation in patch where operation["path"]?.string == "/metadata/resourceVersion" {
            guard operation["value"]?.string == live.resourceVersion else { return Self.conflict }
        }
        change(path) { value in
            for operation in patch {
                let path = (operation["path"]?.string ?? "").split(separator: "/").map(String.init)
                if path.count == 1 { value[path[0]] = operation["value"] }
                if path.count == 2 { value[path[0]]?[path[1]] = operation["value"] }
            }
        }
        return .json(object(path)?.value ?? [:])
    }

    private static let conflict = HTTPResponse.status(409, "Conflict", "the object has been modified")

    private func write(_ value: Value, at path: String, name: String) -> Value {
        state.withLock { state in
            state.version += 1
            var result = value
            var metadata = result["metadata"] ?? [:]
            metadata["name"] = .string(name)
            metadata["uid"] = state.objects[path]?[path: "metadata", "uid"] ?? .string("uid-\(state.version)")
            metadata["resourceVersion"] = .string("\(state.version)")
            metadata["creationTimestamp"] =
                state.objects[path]?[path: "metadata", "creationTimestamp"] ?? "2026-01-01T00:00:00Z"
            metadata["managedFields"] = [
                [
                    "manager": "endstate", "operation": "Apply", "apiVersion": value["apiVersion"] ?? "v1",
                    "fieldsType": "FieldsV1", "fieldsV1": Self.fields(of: value),
                ]
            ]
            result["metadata"] = metadata
            state.objects[path] = result
            return result
        }
    }

    /// What an apply owns, with lists as a whole.
    private static func fields(of object: Value) -> Value {
        var declared = object
        for field in ["apiVersion", "kind"] { declared[field] = nil }
        for field in ["name", "namespace", "uid"] { declared["metadata"]?[field] = nil }
        return owned(declared)
    }

    private static func owned(_ value: Value) -> Value {
        guard let fields = value.object else { return [:] }
        return .object(
            Dictionary(uniqueKeysWithValues: fields.map { name, field in ("f:" + name, owned(field)) }))
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
        "events": ("Event", "v1"), "leases": ("Lease", "coordination.k8s.io/v1"),
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
