import FoundationEssentials
import KubeClient
import Planning
import Reconciler
import Resources
import Synchronization
import TestSupport

/// The Secrets of an API server in memory, with what revisions depend on: preconditions, the limit of size, lists of
/// metadata. A request can fail before or after it has taken effect.
final class RevisionSecretServer: Sendable {
    enum Fault: Sendable {
        case answer(HTTPResponse)
        /// The request does not arrive.
        case lostRequest
        /// The request is carried out.
        case lostAnswer
    }

    /// The process's end: nothing retries it.
    struct Killed: Error {}

    /// What becomes of a write, given how many came before it; nil where nothing is in its way.
    typealias Faults = @Sendable (HTTPRequest, Int) -> Fault?

    private struct State {
        var secrets: [String: Value] = [:]
        var version = 100
        var requests: [HTTPRequest] = []
        var writes = 0
        var faults: Faults = { _, _ in nil }
        var error: any Error = KubeClientError(.connectionLost, "the connection was lost")
    }

    private let state = Mutex(State())
    private static let collection = "/api/v1/namespaces/default/secrets"

    func store(partSize: Int? = nil, application: String = "shop") throws -> RevisionStore {
        let client = KubeClient(
            transport: FakeTransport { [self] request, _ in try answer(request) }, clock: ShortClock(), random: { 0 })
        var store = RevisionStore(
            client: client, application: try ApplicationIdentity(name: application, namespace: "default"))
        if let partSize { store.partSize = partSize }
        return store
    }

    /// Has writes fail from now on, counted from 0.
    func fail(_ faults: @escaping Faults) {
        state.withLock { state in
            state.writes = 0
            state.faults = faults
        }
    }

    /// Has the process killed at a write: from it on nothing arrives, or it alone.
    func kill(at write: Int, afterIt: Bool) {
        fail { _, index in
            if index < write { nil } else { index == write && afterIt ? .lostAnswer : .lostRequest }
        }
        state.withLock { $0.error = Killed() }
    }

    func heal() {
        fail { _, _ in nil }
        state.withLock { $0.error = KubeClientError(.connectionLost, "the connection was lost") }
    }

    /// The Secrets' names, sorted.
    var names: [String] { state.withLock { $0.secrets.keys.sorted() } }
    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    /// The requests that change something, as `METHOD name`.
    var writes: [String] {
        requests.filter { $0.method != .get }.map { request in
            let name = Self.name(request).isEmpty ? KubernetesObject(Self.body(request)).name : Self.name(request)
            return "\(request.method.rawValue) \(name)"
        }
    }

    func secret(_ name: String) -> KubernetesObject? {
        state.withLock { $0.secrets[name] }.map(KubernetesObject.init)
    }

    /// Changes a Secret as something else than the program under test does; nil removes it.
    func change(_ name: String, _ edit: (inout Value?) -> Void) {
        state.withLock { state in
            var secret = state.secrets[name]
            edit(&secret)
            state.version += 1
            secret?["metadata"]?["resourceVersion"] = .string("\(state.version)")
            state.secrets[name] = secret
        }
    }
}

// MARK: answering
extension RevisionSecretServer {
    private static func name(_ request: HTTPRequest) -> String {
        String(request.path.prefix { $0 != "?" }.dropFirst(collection.count + 1))
    }

    private static func body(_ request: HTTPRequest) -> Value {
        request.body.flatMap { try? Value(json: $0) } ?? .null
    }

    private func answer(_ request: HTTPRequest) throws -> HTTPResponse {
        try state.withLock { state in
            state.requests.append(request)
            guard request.path.hasPrefix(Self.collection) else { return .unserved }
            guard request.method != .get else { return read(request, &state) }
            state.writes += 1
            switch state.faults(request, state.writes - 1) {
            case nil: return write(request, &state)
            case .answer(let response): return response
            case .lostRequest: throw state.error
            case .lostAnswer:
                _ = write(request, &state)
                throw state.error
            }
        }
    }

    private func read(_ request: HTTPRequest, _ state: inout State) -> HTTPResponse {
        let name = Self.name(request)
        if !name.isEmpty { return state.secrets[name].map { .json($0) } ?? .status(404, "NotFound") }
        let query = request.path.split(separator: "?").last?.split(separator: "&") ?? []
        let selector = query.first { $0.hasPrefix("labelSelector=") }?.dropFirst("labelSelector=".count) ?? ""
        let label = selector.replacing("%2F", with: "/").replacing("%3D", with: "=").split(separator: "=")
        let isPartial = request.headers["Accept"]?.contains("as=PartialObjectMetadataList") ?? false
        let items = state.secrets.sorted { $0.key < $1.key }.map(\.value)
            .filter { label.count == 2 && KubernetesObject($0).labels[String(label[0])] == String(label[1]) }
            .map { secret in
                var item = secret
                if isPartial { (item["data"], item["type"], item["kind"]) = (nil, nil, "PartialObjectMetadata") }
                return item
            }
        return .json([
            "apiVersion": "v1", "kind": "List", "items": .array(items),
            "metadata": ["resourceVersion": .string("\(state.version)")],
        ])
    }

    private func write(_ request: HTTPRequest, _ state: inout State) -> HTTPResponse {
        let body = Self.body(request)
        let name = Self.name(request)
        let live = state.secrets[name]
        switch (request.method, request.headers["Content-Type"]) {
        case (.post, _):
            let name = KubernetesObject(body).name
            if state.secrets[name] != nil { return .status(409, "AlreadyExists") }
            return put(body, name, &state)
        case (.patch, "application/apply-patch+yaml"): return put(body, name, &state)
        case (.patch, _):
            guard let live else { return .status(404, "NotFound") }
            let expected = KubernetesObject(body).resourceVersion
            if let expected, expected != KubernetesObject(live).resourceVersion { return .status(409, "Conflict") }
            return put(Self.merged(live, body), name, &state)
        case (.delete, _):
            guard let live else { return .status(404, "NotFound") }
            let isMet = body[path: "preconditions", "uid"]?.string == KubernetesObject(live).uid
            guard isMet else { return .status(409, "Conflict") }
            state.secrets[name] = nil
            return .json(["apiVersion": "v1", "kind": "Status", "status": "Success"])
        default: return .status(405, "MethodNotAllowed")
        }
    }

    private func put(_ value: Value, _ name: String, _ state: inout State) -> HTTPResponse {
        let sizes = (value["data"]?.object ?? [:]).values.map { $0.string.flatMap(Base64.decode)?.count ?? 0 }
        guard sizes.reduce(0, +) <= 1 << 20 else { return .status(422, "Invalid", "Too long") }
        state.version += 1
        var secret = value
        let uid = state.secrets[name].flatMap { KubernetesObject($0).uid } ?? "uid-\(state.version)"
        secret["metadata"]?["uid"] = .string(uid)
        secret["metadata"]?["resourceVersion"] = .string("\(state.version)")
        let isNew = state.secrets.updateValue(secret, forKey: name) == nil
        return .json(secret, status: isNew ? 201 : 200)
    }

    /// RFC 7386.
    private static func merged(_ target: Value, _ patch: Value) -> Value {
        guard let fields = patch.object else { return patch }
        var result = target.object ?? [:]
        for (key, value) in fields { result[key] = value.isNull ? nil : merged(result[key] ?? .null, value) }
        return .object(result)
    }
}

// MARK: revisions
extension Revision {
    static func sample(_ number: Int, _ state: State = .pending, digest: String? = nil) -> Revision {
        Revision(
            number: number, state: state, manifestDigest: digest ?? "digest-\(number)", planDigest: "plan",
            source: PlanSource(path: "deploy"), who: "alice@ci-7", tool: "endstate/v0.1.0",
            startedAt: Date(timeIntervalSince1970: 1_785_000_000), summary: [.create: 1])
    }
}

extension RevisionContents {
    /// A Secret that can't be compressed to less than about the given number of bytes; always the same one.
    static func sample(_ seed: UInt64, bytes: Int = 200) -> RevisionContents {
        var random = SplitMix64(seed: seed)
        let noise = (0..<bytes / 8).flatMap { _ -> [UInt8] in
            let word = random.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
        let secret = KubernetesObject([
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "password", "namespace": "default"],
            "data": ["noise": .string(Base64.encode(noise)), "password": "aHVudGVyMg=="],
        ])
        return RevisionContents(objects: [secret], actions: [secret.identity: .create])
    }
}
