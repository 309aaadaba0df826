import FoundationEssentials
import KubeClient
import Resources
import Synchronization
import TestSupport

@testable import Reconciler

/// An API server that has the one Lease `shop/endstate.web`, or none.
final class LeaseServer: Sendable {
    /// Answers a request instead of the server; nil leaves it to the server.
    typealias Interception = @Sendable (HTTPRequest) async throws -> HTTPResponse?

    private struct State {
        var lease: Value?
        var version = 100
        var requests: [HTTPRequest] = []
        var interception: Interception = { _ in nil }
    }

    private let state = Mutex(State())

    /// - Parameter spec: Of the lease that is there from the start.
    init(_ spec: Value? = nil, annotations: [String: String] = [:]) {
        guard let spec else { return }
        put(spec, annotations: annotations)
    }

    var lease: KubernetesObject? { state.withLock { $0.lease }.map(KubernetesObject.init) }
    var holder: String? { lease?.value[path: "spec", "holderIdentity"]?.string }
    /// The requests so far, by method.
    var methods: [HTTPMethod] { state.withLock { $0.requests.map(\.method) } }
    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func intercept(_ interception: @escaping Interception) {
        state.withLock { $0.interception = interception }
    }

    /// Has a lease there that somebody else wrote.
    func put(_ spec: Value, annotations: [String: String] = [:]) {
        state.withLock { state in
            state.version += 1
            let uid = state.lease?[path: "metadata", "uid"] ?? .string("uid-\(state.version)")
            var object = Lease(namespace: "shop", name: "endstate.web").object
            object.value["spec"] = spec
            object.value["metadata"]?["uid"] = uid
            object.value["metadata"]?["resourceVersion"] = .string("\(state.version)")
            if !annotations.isEmpty { object.annotations = annotations }
            state.lease = object.value
        }
    }

    /// Changes the lease without touching who holds it.
    func label() {
        state.withLock { state in
            state.version += 1
            state.lease?["metadata"]?["labels"] = ["seen": "yes"]
            state.lease?["metadata"]?["resourceVersion"] = .string("\(state.version)")
        }
    }

    /// Has whoever holds the lease renew it.
    func renew(_ second: Int) {
        state.withLock { state in
            state.version += 1
            state.lease?["spec"]?["renewTime"] = .string("2026-11-21T09:14:\(second).000000Z")
            state.lease?["metadata"]?["resourceVersion"] = .string("\(state.version)")
        }
    }

    func remove() {
        state.withLock { $0.lease = nil }
    }

    func client(_ clock: any Clock<Duration>) -> KubeClient {
        KubeClient(
            transport: FakeTransport { [self] request, _ in
                state.withLock { $0.requests.append(request) }
                let interception = state.withLock { $0.interception }
                if let answer = try await interception(request) { return answer }
                return answer(request)
            },
            retryPolicy: RetryPolicy(maximumRetries: 0), clock: clock, random: { 0 })
    }

    /// What the server itself answers to a request, once it gets there.
    func answer(_ request: HTTPRequest) -> HTTPResponse {
        state.withLock { state in
            let body = request.body.flatMap { try? Value(json: $0) }
            switch (request.method, state.lease) {
            case (.post, nil): return Self.store(body, &state, uid: .string("uid-\(state.version + 1)"), status: 201)
            case (.post, _): return .status(409, "AlreadyExists", "leases \"endstate.web\" already exists")
            case (_, nil): return .status(404, "NotFound", "leases \"endstate.web\" not found")
            case (.get, let lease?): return .json(lease)
            case (.put, let lease?):
                guard body?[path: "metadata", "resourceVersion"] == lease[path: "metadata", "resourceVersion"] else {
                    return .status(409, "Conflict", "the object has been modified")
                }
                return Self.store(body, &state, uid: lease[path: "metadata", "uid"], status: 200)
            case (.delete, let lease?):
                for field in ["uid", "resourceVersion"] {
                    guard body?[path: "preconditions", field] == lease[path: "metadata", field] else {
                        return .status(409, "Conflict", "the \(field) in the precondition")
                    }
                }
                state.lease = nil
                return .json(["kind": "Status", "apiVersion": "v1", "status": "Success"])
            default: return .status(405, "MethodNotAllowed")
            }
        }
    }

    private static func store(_ body: Value?, _ state: inout State, uid: Value?, status: Int) -> HTTPResponse {
        guard var lease = body else { return .status(400, "BadRequest") }
        state.version += 1
        lease["metadata"]?["uid"] = uid
        lease["metadata"]?["resourceVersion"] = .string("\(state.version)")
        state.lease = lease
        return .json(lease, status: status)
    }
}

/// A machine with some processes, of which `me` is this one.
struct PlayedMachine: Sendable {
    var boot = "boot-1"
    var namespace = "pid:[1]"
    var status = "Name:\tendstate\nNSpid:\t50\n"
    var me: Int32 = 50
    /// The `stat` of each process; nil where it is hidden.
    var processes: [Int32: String?] = [50: PlayedMachine.stat(50, start: 500)]

    static func stat(_ pid: Int32, _ name: String = "endstate", state: String = "S", threads: Int = 8, start: Int)
        -> String
    {
        "\(pid) (\(name)) \(state) 1 1 1 0 -1 4194304 1 0 0 0 1 1 0 0 20 0 \(threads) 0 \(start) 1000 10\n"
    }

    var table: ProcessTable {
        ProcessTable(
            text: { path in
                switch path {
                case "/proc/sys/kernel/random/boot_id": return boot + "\n"
                case "/proc/self/status": return status
                case "/proc/self/stat": return processes[me].flatMap { $0 }
                default:
                    let number = path.split(separator: "/").dropFirst().first.flatMap { Int32($0) }
                    return number.flatMap { processes[$0] }.flatMap { $0 }
                }
            },
            link: { $0 == "/proc/self/ns/pid" ? namespace : "time:[2]" },
            exists: { processes[$0] != nil })
    }
}

extension LeaseLock {
    static let start = Date(timeIntervalSince1970: 1_800_000_000.25)

    /// The lock of application `shop/web`, as a run `USER@ci/50-0000000N` wants it.
    static func of(
        _ server: LeaseServer, _ clock: SteppedClock, user: String = "ann", machine: PlayedMachine = PlayedMachine(),
        skew: TimeInterval = 0
    ) -> LeaseLock {
        LeaseLock(
            client: server.client(clock), namespace: "shop", name: "web",
            holder: LockHolder(user: user, host: "ci", pid: 50, processes: machine.table, random: { 0xA1 }),
            now: { start.addingTimeInterval(skew + clock.elapsed.seconds) })
    }
}

/// The diagnostic of an error as text: code, message, causes, hint.
func told(_ error: (any Error)?) -> String {
    guard let diagnostic = (error as? any DiagnosticError)?.diagnostics.first else {
        return error.map { "\($0)" } ?? "no error"
    }
    let lines = ["\(diagnostic.code): \(diagnostic.message)"] + diagnostic.causes.map { "cause: \($0)" }
    return (lines + (diagnostic.hint.map { ["hint: \($0)"] } ?? [])).joined(separator: "\n")
}

/// Something that happens once and that others wait for.
final class Signal: Sendable {
    private let stream = AsyncStream<Void>.makeStream()

    func fire() { stream.continuation.finish() }
    /// Returns once it has fired, or when the task is cancelled.
    func wait() async { for await _ in stream.stream {} }
}

/// What happened, in order.
final class Journal: Sendable {
    private let lines = Mutex<[String]>([])

    var entries: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
