import KubeClient
import Synchronization
import Testing

/// One request of a run, and what becomes of it.
struct SweepPoint: Sendable, CustomStringConvertible {
    let number: Int
    let kind: String
    /// The request that has this number where nothing fails; others may be faster another time.
    let request: String

    var fault: String { "\(number):\(kind)" }
    var description: String { "\(fault) \(request)" }

    /// After each request, and before each write too.
    static func kills(_ requests: [String]) -> [SweepPoint] {
        requests.enumerated().flatMap { index, request in
            (isWrite(request) ? ["kill-before", "kill-after"] : ["kill-after"])
                .map { SweepPoint(number: index + 1, kind: $0, request: request) }
        }
    }

    static func isWrite(_ request: String) -> Bool {
        !request.hasPrefix("GET ") && !request.contains("dryRun=All") && !request.contains("selfsubject")
    }
}

/// The ways in which requests fail.
enum SweepFaults: String, CaseIterable, CustomStringConvertible {
    case refusals
    case failures
    case reads

    var description: String {
        switch self {
        case .refusals: "each write is refused with 409, 422 or 429"
        case .failures: "each write fails with 500, by a connection that ends before it or after it, or by no answer"
        case .reads: "each read fails with 500 or by a connection that ends"
        }
    }

    func points(_ requests: [String]) -> [SweepPoint] {
        requests.enumerated().flatMap { index, request in
            SweepPoint.isWrite(request) == (self != .reads)
                ? kinds.map { SweepPoint(number: index + 1, kind: $0, request: request) } : []
        }
    }

    private var kinds: [String] {
        switch self {
        case .refusals: ["409", "422", "429"]
        case .failures: ["500", "reset", "lost", "hang"]
        case .reads: ["500", "reset"]
        }
    }
}

/// Tries points, several at once, each of them in one of a few namespaces.
struct Sweep {
    private static let concurrency = 12

    let name: String
    let points: [SweepPoint]

    init(_ name: String, _ points: [SweepPoint]) {
        self.name = name
        self.points = points
    }

    /// - Parameter attempt: Where nothing is wrong, the namespace is in the first or the other state again.
    func run(_ attempt: @escaping @Sendable (SweepSite, SweepPoint) async throws -> SweepVerdict) async {
        let queue = SweepQueue(points)
        let clock = ContinuousClock()
        let start = clock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<min(Self.concurrency, points.count) {
                group.addTask {
                    // A namespace in which something went wrong is of no use any more.
                    while !queue.isEmpty { await work(queue, attempt) }
                }
            }
        }
        let seconds = start.duration(to: clock.now).components.seconds
        print("\(name): \(points.count) points, \(queue.converged) converged, in \(seconds) s (\(queue.outcomes))")
        #expect(queue.converged == points.count)
    }

    private func work(
        _ queue: SweepQueue, _ attempt: @Sendable (SweepSite, SweepPoint) async throws -> SweepVerdict
    ) async {
        var current: SweepPoint?
        do {
            try await Cluster.withNamespace { namespace, client in
                let site = try SweepSite(namespace, client)
                try await site.reset(to: .first)
                while let point = queue.next() {
                    current = point
                    let verdict = try await attempt(site, point)
                    guard verdict.problems.isEmpty else {
                        Issue.record("\(name), \(point):\n\(verdict.problems.joined(separator: "\n"))")
                        return
                    }
                    queue.succeed(verdict.statuses)
                }
            }
        } catch {
            Issue.record("\(name), \(current?.description ?? "at the start"): \(error)")
        }
    }
}

/// What came of a point.
struct SweepVerdict {
    /// How the runs ended in which something failed: exit codes, or minus the signal.
    var statuses: [Int32] = []
    /// What is wrong; empty where all is as it should be.
    var problems: [String] = []

    static func + (left: SweepVerdict, right: SweepVerdict) -> SweepVerdict {
        SweepVerdict(statuses: left.statuses + right.statuses, problems: left.problems + right.problems)
    }
}

/// The points that are left.
private final class SweepQueue: Sendable {
    private struct State {
        var left: [SweepPoint]
        var converged = 0
        var statuses: [Int32: Int] = [:]
    }

    private let state: Mutex<State>

    init(_ points: [SweepPoint]) {
        state = Mutex(State(left: points.reversed()))
    }

    var isEmpty: Bool { state.withLock { $0.left.isEmpty } }
    var converged: Int { state.withLock { $0.converged } }
    /// How many runs ended how.
    var outcomes: String {
        let statuses = state.withLock { $0.statuses }
        return statuses.sorted { $0.key > $1.key }.map { status, count in
            status < 0 ? "\(count) killed" : "\(count) with exit code \(status)"
        }.joined(separator: ", ")
    }

    func next() -> SweepPoint? { state.withLock { $0.left.popLast() } }

    func succeed(_ statuses: [Int32]) {
        state.withLock { state in
            state.converged += 1
            for status in statuses { state.statuses[status, default: 0] += 1 }
        }
    }
}
