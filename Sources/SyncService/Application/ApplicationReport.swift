internal import FoundationEssentials
internal import Health
internal import Manifests
internal import Planning
internal import Resources

/// An application as the status API tells of it; nothing secret is in it.
struct ApplicationReport {
    let snapshot: ApplicationWorker.Snapshot
    let target: SyncTarget

    /// For the list of all.
    var summary: Value {
        var value: Value = [
            "name": .string(target.name), "namespace": .string(target.identity.namespace),
            "cluster": .string(target.cluster), "state": .string(state), "source": source,
            "health": .object(
                Dictionary(
                    snapshot.health.map { ($0.key.rawValue, .integer(Int64($0.value))) },
                    uniquingKeysWith: { first, _ in first })),
        ]
        value["parent"] = snapshot.application.parent.map(Value.string)
        value["observed"] = snapshot.observed.map(Self.commit)
        value["applied"] = snapshot.inForce.map(Self.commit)
        value["hold"] = snapshot.hold.map(Self.hold)
        value["breaker"] = snapshot.stoppage.breaker.map(Value.string)
        value["fetchError"] = snapshot.fetchFailure.map(Value.string)
        value["lastSuccess"] = snapshot.lastSuccess.map(Self.time)
        value["last"] = snapshot.last.map(Self.run)
        if !snapshot.drifted.isEmpty {
            value["drifted"] = .array(snapshot.drifted.sorted().map { .string($0.description) })
        }
        return value
    }

    /// - Parameter members: With their health.
    func detail(members: [(identity: ObjectIdentity, health: HealthStatus)]) -> Value {
        var value = summary
        value["members"] = .array(
            members.map { ["object": .string($0.identity.description), "health": .string($0.health.rawValue)] })
        value["history"] = .array(snapshot.history.reversed().map(Self.run))
        value["lastDiff"] = snapshot.diff?.json
        value["pendingPlan"] = snapshot.pending?.json
        value["graph"] = snapshot.graph?.value
        if let running = snapshot.running {
            value["running"] = [
                "id": .string(running.id.text), "reason": .string(running.reason.rawValue),
                "startedAt": Self.time(running.startedAt), "commit": .string(running.source.commit ?? ""),
                "waitingFor": .array(
                    snapshot.waiting.map {
                        ["object": .string($0.object.description), "message": .string(Printable.escaped($0.message))]
                    }),
            ]
        }
        return value
    }

    /// One word for how it is.
    private var state: String {
        if snapshot.running != nil { return "running" }
        if snapshot.stoppage.isSuspended { return "suspended" }
        switch snapshot.hold {
        case .suspended: return "suspended"
        case .breaker: return "stopped"
        case .failed: return "failed"
        case .window, .dependencies, .limit: return "waiting"
        case .backoff: return "retrying"
        case nil: break
        }
        guard snapshot.settled != nil, snapshot.observed != nil else { return "starting" }
        if !snapshot.drifted.isEmpty { return "drifted" }
        return snapshot.health.allSatisfy { $0.key == .current || $0.value == 0 } ? "synced" : "unhealthy"
    }

    private var source: Value {
        let source = snapshot.application.settings.source
        return [
            "repository": .string(snapshot.observed?.repository ?? ""), "revision": .string(source?.revision ?? "HEAD"),
            "path": .string(source?.path ?? ""),
        ]
    }

    private static func commit(_ source: PlanSource) -> Value {
        ["commit": .string(source.commit ?? ""), "subject": .string(Printable.escaped(source.subject ?? ""))]
    }

    private static func run(_ entry: (run: SyncRun, end: SyncEnd)) -> Value {
        var value: Value = [
            "id": .string(entry.run.id.text), "reason": .string(entry.run.reason.rawValue),
            "commit": .string(entry.run.source.commit ?? ""), "startedAt": time(entry.run.startedAt),
            "seconds": Value(entry.end.seconds), "result": .string(entry.end.result.rawValue),
        ]
        if !entry.end.message.isEmpty { value["message"] = .string(entry.end.message) }
        value["revision"] = entry.end.revision.map { .integer(Int64($0)) }
        return value
    }

    private static func hold(_ hold: SyncHold) -> Value {
        var value: Value = ["reason": .string(hold.word), "message": .string(hold.message)]
        value["until"] = hold.until.map(time)
        return value
    }

    private static func time(_ date: Date) -> Value { .string(date.formatted(.iso8601)) }
}

extension SyncHold {
    /// One word for machines.
    package var word: String {
        switch self {
        case .suspended: "suspended"
        case .window: "window"
        case .dependencies: "dependencies"
        case .breaker: "breaker"
        case .limit: "limit"
        case .backoff: "backoff"
        case .failed: "failed"
        }
    }

    /// One sentence without a full stop.
    package var message: String {
        switch self {
        case .suspended: "it is suspended"
        case .window(let opens):
            opens.map { "no change window is open before \($0.formatted(.iso8601))" } ?? "no change window ever opens"
        case .dependencies(let names): "it depends on \(names.joined(separator: ", ")), which is not healthy"
        case .breaker(let why): "it has stopped: \(why)"
        case .limit(let why, let until):
            why + (until == nil ? "; only a person can let it through" : "")
        case .backoff(let until): "it is tried again at \(until.formatted(.iso8601))"
        case .failed(let why): "this commit has failed: \(why)"
        }
    }

    var until: Date? {
        switch self {
        case .window(let date): date
        case .limit(_, let date): date
        case .backoff(let date): date
        default: nil
        }
    }
}
