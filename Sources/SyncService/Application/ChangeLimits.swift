internal import Diffing
internal import FoundationEssentials
internal import Manifests
internal import Planning
internal import Resources

/// The classes of changes that can be limited.
enum ChangeClass: String, Hashable, Sendable, CaseIterable {
    case deletions
    case replacements
    case restarts
}

/// How many changes of each class were made lately, and how many more may be.
struct ChangeLimits: Sendable {
    private var made: [ChangeClass: [Date]] = [:]

    enum Verdict: Hashable, Sendable {
        case allowed
        /// - Parameter until: When they will be allowed; nil where they never are.
        case refused(String, until: Date?)
    }

    /// Whether a plan's changes keep within the limits.
    func check(_ plan: Plan, _ limits: SyncSettings.Limits, at now: Date) -> Verdict {
        for kind in ChangeClass.allCases {
            guard let limit = limits[kind] else { continue }
            let wanted = Self.count(kind, in: plan)
            let recent = (made[kind] ?? []).filter { now.timeIntervalSince($0) < limit.seconds }.sorted()
            guard wanted > 0, recent.count + wanted > limit.count else { continue }
            let told = "\(kind.rawValue) in the plan: \(wanted); allowed: \(limit.text)"
            guard wanted <= limit.count else { return .refused(told, until: nil) }
            // So many of those made have to be long enough ago.
            let last = recent[recent.count + wanted - limit.count - 1]
            return .refused(
                told + "; made lately: \(recent.count)", until: last.addingTimeInterval(limit.seconds))
        }
        return .allowed
    }

    /// Notes that a plan is executed.
    mutating func note(_ plan: Plan, _ limits: SyncSettings.Limits, at now: Date) {
        for kind in ChangeClass.allCases {
            guard let limit = limits[kind] else { continue }
            made[kind] = (made[kind] ?? []).filter { now.timeIntervalSince($0) < limit.seconds }
            made[kind]?.append(contentsOf: Array(repeating: now, count: Self.count(kind, in: plan)))
        }
    }

    static func count(_ kind: ChangeClass, in plan: Plan) -> Int {
        switch kind {
        case .deletions: plan.deletions.compactMap(\.change).count { $0.action == .delete }
        case .replacements: plan.changes.count { $0.action == .replace }
        case .restarts: plan.changes.count { $0.action == .update && restarts($0) }
        }
    }

    /// Whether pods are made anew, because the template that they are made from changes.
    private static func restarts(_ change: ObjectChange) -> Bool {
        guard ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].contains(change.identity.groupKind.kind) else {
            return false
        }
        let template = FieldPath(fields: "spec", "template")
        return change.fieldChanges.contains { $0.path.hasPrefix(template) }
    }
}

extension SyncSettings.Limits {
    fileprivate subscript(kind: ChangeClass) -> SyncSettings.Limit? {
        switch kind {
        case .deletions: deletions
        case .replacements: replacements
        case .restarts: restarts
        }
    }
}

extension SyncSettings.Limit {
    fileprivate var seconds: TimeInterval { per / .seconds(1) }
    fileprivate var text: String { "\(count) in \(per.brief)" }
}
