internal import Diffing
internal import FoundationEssentials
internal import Health
internal import Planning
internal import Reconciler
internal import Resources

/// An application's revision in force, and its members and their health as a table.
struct StatusText {
    let style: Style
    let now: Date

    func render(_ status: ApplicationStatus) -> String {
        var parts = [head(status)]
        let rows = status.members.map { member in
            [
                Printable.escaped(member.identity.description), member.health.status.words, drift(member),
                member.age.map(\.coarse) ?? "", Printable.escaped(reason(member)),
            ]
        }
        let table = TextTable(header: ["OBJECT", "HEALTH", "DRIFT", "AGE", "REASON"], rows: rows)
        if !rows.isEmpty {
            parts.append(
                table.render { row, column, cell in
                    switch column {
                    case 1: paint(status.members[row].health.status, cell)
                    case 2: style.yellow(cell)
                    default: cell
                    }
                })
        }
        parts.append(warnings(status))
        parts.append(style.bold(conclusion(status)) + "\n")
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Which revision the cluster is at, and what became of a later one.
    private func head(_ status: ApplicationStatus) -> String {
        let words = RevisionText(style: style, now: now)
        var lines = ""
        if let deployed = status.deployed { lines += "\(RevisionText.name(deployed)), \(words.fate(deployed))\n" }
        if let newest = status.newest, newest.number != status.deployed?.number {
            lines += words.paint(newest.state, "\(RevisionText.name(newest)) \(words.fate(newest))") + "\n"
        }
        return lines
    }

    private func warnings(_ status: ApplicationStatus) -> String {
        let unread = status.unreadKinds.sorted { $0.key < $1.key }.map { kind, why in
            style.yellow("\(kind) could not be read: \(Printable.escaped(why))") + "\n"
        }
        let damage = status.damage.map { style.yellow("no drift is known: \(Printable.escaped($0.message))") + "\n" }
        return (unread + damage).joined()
    }

    private func conclusion(_ status: ApplicationStatus) -> String {
        if status.members.isEmpty { return status.unreadKinds.isEmpty ? "no members" : "no members could be read" }
        let healthy = status.members.count { $0.health.status == .current }
        let drifted = status.members.count { !$0.drift.isEmpty }
        return "\(healthy) of \(status.members.count) healthy" + (drifted > 0 ? ", \(drifted) drifted" : "")
    }

    private func drift(_ member: MemberStatus) -> String {
        member.drift.isEmpty ? "" : Count.of(member.drift.count, "field")
    }

    /// Nothing for the healthy, save who changed them: the table is read for what is wrong.
    private func reason(_ member: MemberStatus) -> String {
        guard member.health.status == .current else { return member.diagnosis?.headline ?? member.health.message }
        let shown = member.drift.prefix(2).map(line)
        let rest = member.drift.count - shown.count
        return shown.joined(separator: "; ") + (rest > 0 ? "; \(rest) more" : "")
    }

    /// `spec.replicas: 2 → 6 (kubectl-edit)`, from what is declared to what is there.
    private func line(_ field: FieldDrift) -> String {
        let values = [field.desired, field.live].map { $0.map { ValueText.short($0, limit: 24) } ?? "nothing" }
        let managers = field.managers.isEmpty ? "" : " (\(field.managers.joined(separator: ", ")))"
        let change = field.isSecret ? "changed" : values.joined(separator: " → ")
        return "\(field.path): \(change)\(managers)"
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

extension ApplicationStatus {
    /// `{healthy, revision, newest, members: [{group, kind, namespace, name, health, reason, message, ageSeconds, drift}],
    /// unread: {KIND: WHY}}`.
    var json: Value {
        var value: Value = [
            "apiVersion": "endstate.dev/v1",
            "kind": "Status",
            "healthy": .bool(isHealthy),
            "members": .array(members.map(\.json)),
            "unread": .object(
                Dictionary(uniqueKeysWithValues: unreadKinds.map { ($0.key.description, .string($0.value)) })),
        ]
        value["revision"] = deployed?.output
        if newest?.number != deployed?.number { value["newest"] = newest?.output }
        if !damage.isEmpty { value["damage"] = .array(damage.map { .string($0.message) }) }
        return value
    }

    /// The same for as long as nothing happens but that time goes by.
    var standing: Value {
        var value = json
        value["members"] = .array(
            members.map { member in
                var value = member.json
                value["ageSeconds"] = nil
                return value
            })
        return value
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
        if !drift.isEmpty { value["drift"] = .array(drift.map(\.json)) }
        return value
    }
}

extension FieldDrift {
    /// The values are masked where they are secret.
    fileprivate var json: Value {
        var value: Value = ["path": .string(path.description), "managers": .array(managers.map(Value.string))]
        value["declared"] = desired
        value["live"] = live
        if isSecret { value["secret"] = true }
        return value
    }
}
