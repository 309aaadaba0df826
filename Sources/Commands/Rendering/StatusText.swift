internal import Health
internal import Reconciler
internal import Resources

/// An application's members and their health as a table.
struct StatusText {
    let style: Style

    func render(_ status: ApplicationStatus) -> String {
        let rows = status.members.map { member in
            [
                Printable.escaped(member.identity.description), member.health.status.words,
                member.age.map(\.coarse) ?? "", Printable.escaped(reason(member)),
            ]
        }
        let table = TextTable(header: ["OBJECT", "HEALTH", "AGE", "REASON"], rows: rows).render { row, column, cell in
            column == 1 ? paint(status.members[row].health.status, cell) : cell
        }
        var text = rows.isEmpty ? "" : table
        for (kind, why) in status.unreadKinds.sorted(by: { $0.key < $1.key }) {
            text += style.yellow("\(kind) could not be read: \(Printable.escaped(why))") + "\n"
        }
        return (text.isEmpty ? "" : text + "\n") + style.bold(conclusion(status)) + "\n"
    }

    private func conclusion(_ status: ApplicationStatus) -> String {
        if status.members.isEmpty { return status.unreadKinds.isEmpty ? "no members" : "no members could be read" }
        let healthy = status.members.count { $0.health.status == .current }
        return "\(healthy) of \(status.members.count) healthy"
    }

    /// Nothing for the healthy: the table is read for what is wrong.
    private func reason(_ member: MemberStatus) -> String {
        member.health.status == .current ? "" : member.diagnosis?.headline ?? member.health.message
    }

    private func paint(_ status: HealthStatus, _ text: String) -> String {
        switch status {
        case .current: style.green(text)
        case .failed, .notFound: style.red(text)
        case .inProgress, .terminating, .unknown: style.yellow(text)
        }
    }
}

extension HealthStatus {
    fileprivate var words: String {
        switch self {
        case .current: "healthy"
        case .inProgress: "in progress"
        case .failed: "failed"
        case .terminating: "terminating"
        case .notFound: "not found"
        case .unknown: "unknown"
        }
    }
}

extension Duration {
    /// The largest unit alone, as kubectl shows ages: `45s`, `3m`, `7h`, `12d`.
    fileprivate var coarse: String {
        let seconds = components.seconds
        return switch seconds {
        case ..<120: "\(seconds)s"
        case ..<7200: "\(seconds / 60)m"
        case ..<172_800: "\(seconds / 3600)h"
        default: "\(seconds / 86400)d"
        }
    }
}

extension ApplicationStatus {
    /// `{healthy, members: [{group, kind, namespace, name, health, reason, message, ageSeconds}], unread: {KIND: WHY}}`.
    var json: Value {
        [
            "apiVersion": "endstate.dev/v1",
            "kind": "Status",
            "healthy": .bool(isHealthy),
            "members": .array(members.map(\.json)),
            "unread": .object(
                Dictionary(uniqueKeysWithValues: unreadKinds.map { ($0.key.description, .string($0.value)) })),
        ]
    }
}

extension MemberStatus {
    fileprivate var json: Value {
        var value: Value = [
            "group": .string(identity.groupKind.group), "kind": .string(identity.groupKind.kind),
            "namespace": .string(identity.namespace), "name": .string(identity.name),
            "health": .string(health.status.rawValue), "reason": .string(diagnosis?.reason ?? health.reason),
            "message": .string(diagnosis?.headline ?? health.message),
        ]
        if let age { value["ageSeconds"] = .integer(age.components.seconds) }
        return value
    }
}
