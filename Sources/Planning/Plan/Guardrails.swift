internal import Diffing
internal import Manifests
internal import Placement
internal import Resources

/// The checks that come between a plan and the first write: each guards against an accident that has happened elsewhere.
struct Guardrails {
    let application: ApplicationIdentity
    let intent: PlanIntent
    let settings: GuardrailSettings
    let observations: ClusterObservations
    /// With what is kept already told apart from what is deleted.
    let changes: [ObjectChange]
    let manifestCount: Int
    /// The revision of the same set that failed.
    let condemnation: Revision?
    let placement: PlacementReport

    private var deletions: [ObjectChange] { changes.filter { $0.action == .delete } }

    /// Every violation, in a fixed order; empty where the plan may go on.
    var violations: [GuardrailViolation] {
        clusterMismatch + quarantine + incompleteRead + emptySet + (isBudgeted ? budget + kindBudgets : [])
            + protectedKinds
            + deletions.flatMap { notAMember($0) + foreignContents($0) }
            + changes.flatMap { membership($0) + replacement($0) + conflicts($0) } + unschedulable + brokenPolicies
    }
}

// MARK: the run
extension Guardrails {
    private var clusterMismatch: [GuardrailViolation] {
        guard let expected = settings.expectedCluster, observations.cluster != expected else { return [] }
        let found = observations.cluster.map { "is \($0)" } ?? "is unknown"
        let message =
            "this is another cluster: the UID of its namespace kube-system \(found), and \(expected) is expected"
        return [
            GuardrailViolation(
                .clusterMismatch, [], message, remedy: "check --context and KUBECONFIG, or make a new plan")
        ]
    }

    /// What has failed is not tried again by itself; where nothing would be written there is nothing to try.
    private var quarantine: [GuardrailViolation] {
        guard let condemnation, !settings.retriesFailed, changes.contains(where: \.action.isWrite) else { return [] }
        let end = condemnation.state == .rolledBack ? "was rolled back" : "failed"
        let reason = condemnation.failure.map { ": \($0)" } ?? ""
        let message = "revision \(condemnation.number) with the same manifests \(end)\(reason)"
        let remedy = "change the manifests; if the cause lay elsewhere and is mended, pass \(GuardrailFlag.retry)"
        return [GuardrailViolation(.quarantined, [], message, remedy: remedy)]
    }

    /// What the scheduler would refuse is refused before the first write.
    private var unschedulable: [GuardrailViolation] {
        if settings.allowsUnschedulable { return [] }
        return placement.verdicts.filter { $0.certainty == .impossible }.map { verdict in
            let change = changes.first { $0.identity == verdict.workload }
            let blocker = verdict.reason.map { " (\($0))" } ?? ""
            let message = verdict.message.map { ": \($0)" } ?? ""
            let remedy = verdict.hint.map { "\($0); or " } ?? ""
            return GuardrailViolation(
                .unschedulable, [verdict.workload],
                "the pods of \(verdict.workload) find no nodes\(blocker)\(message)",
                remedy: "\(remedy)pass \(GuardrailFlag.allowUnschedulable)",
                at: change?.manifest?.location(of: FieldPath()))
        }
    }

    private var brokenPolicies: [GuardrailViolation] {
        if settings.allowsBrokenPolicies { return [] }
        return placement.policies.filter { $0.outcome == .broken }.map { verdict in
            GuardrailViolation(
                .brokenPolicy, verdict.workloads,
                "the plan breaks the policy \(verdict.policy.name): \(verdict.findings.joined(separator: "; "))",
                remedy: "change the manifests or the policy, or pass \(GuardrailFlag.allowBrokenPolicies)",
                at: verdict.policy.location)
        }
    }

    private var incompleteRead: [GuardrailViolation] {
        // Members of an unread kind would be forgotten with the application's record.
        guard !deletions.isEmpty || intent == .deleteApplication, !observations.unreadKinds.isEmpty else { return [] }
        let errors = observations.unreadKinds.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            .joined(separator: "; ")
        let message = "nothing can be deleted, because the cluster could not be read completely: \(errors)"
        let remedy = intent == .apply ? "remove the cause, or set prune.enabled to false" : "remove the cause"
        return [GuardrailViolation(.incompleteRead, [], message, remedy: remedy)]
    }

    private var isEmptySet: Bool { intent == .apply && manifestCount == 0 }

    private var emptySet: [GuardrailViolation] {
        guard isEmptySet, !deletions.isEmpty, !settings.allowsEmpty else { return [] }
        let message =
            "the source declares no objects, so "
            + (deletions.count == 1 ? "the only member" : "all \(deletions.count) members")
            + " of \(application) would be deleted"
        let remedy = "check the path and the revision; if it is meant, pass \(GuardrailFlag.allowEmpty)"
        return [GuardrailViolation(.emptySet, deletions.map(\.identity), message, remedy: remedy)]
    }
}

// MARK: how much is deleted
extension Guardrails {
    private var isBudgeted: Bool { intent == .apply && !isEmptySet }

    private var members: [ObjectIdentity] {
        changes.filter { change in change.live.map { Membership(of: $0, in: application) == .ours } ?? false }.map(
            \.identity)
    }

    private var budget: [GuardrailViolation] {
        let allowed = settings.budget(ofMembers: members.count)
        guard deletions.count > allowed else { return [] }
        let message = "\(deletions.count) of \(members.count) members would be deleted, and at most \(allowed) may be"
        let remedy = budgetRemedy(deletions.count, of: members.count)
        return [GuardrailViolation(.pruneBudget, deletions.map(\.identity), message, remedy: remedy)]
    }

    private var kindBudgets: [GuardrailViolation] {
        let total = Dictionary(grouping: members, by: \.groupKind)
        return Dictionary(grouping: deletions.map(\.identity), by: \.groupKind).sorted { $0.key < $1.key }
            .compactMap { kind, deleted in
                let count = total[kind]?.count ?? 0
                let allowed = settings.budget(ofKind: count)
                guard deleted.count > allowed else { return nil }
                let message =
                    "\(deleted.count) of \(count) members of kind \(kind) would be deleted, and at most \(allowed) may be"
                let remedy = budgetRemedy(deleted.count, of: count)
                return GuardrailViolation(.pruneBudgetOfKind, deleted, message, remedy: remedy)
            }
    }

    private func budgetRemedy(_ count: Int, of members: Int) -> String {
        var flags: [String] = []
        if count > settings.maximumCount { flags.append("\(GuardrailFlag.pruneMaxCount) \(count)") }
        let percent = members > 0 ? (100 * count + members - 1) / members : 100
        if percent > settings.maximumPercent { flags.append("\(GuardrailFlag.pruneMaxPercent) \(percent)") }
        return "check the source; if it is meant, pass \(flags.joined(separator: " "))"
    }

    private var protectedKinds: [GuardrailViolation] {
        let protected = deletions.map(\.identity).filter { settings.protects($0.groupKind) }
        return Dictionary(grouping: protected, by: \.groupKind).sorted { $0.key < $1.key }.map { kind, objects in
            let names = objects.sorted().map(\.description).joined(separator: ", ")
            let message = "\(names) would be deleted, and objects of kind \(kind) are protected"
            let remedy = "if it is meant, pass \(GuardrailFlag.pruneAllowKind) \(kind)"
            return GuardrailViolation(.protectedKind, objects, message, remedy: remedy)
        }
    }
}

// MARK: each deletion
extension Guardrails {
    /// A deletion needs the label and a UID; that the identities agree is checked before.
    private func notAMember(_ change: ObjectChange) -> [GuardrailViolation] {
        let isMember = change.live.map { Membership(of: $0, in: application) == .ours } ?? false
        if isMember, change.live?.uid != nil { return [] }
        let reason = isMember ? "its UID isn't known" : "its label \(ApplySet.memberLabel) isn't the application's"
        let message = "\(change.identity) would be deleted, but \(reason)"
        return [GuardrailViolation(.notAMember, [change.identity], message, remedy: "make a new plan")]
    }

    private func foreignContents(_ change: ObjectChange) -> [GuardrailViolation] {
        let kind = change.identity.groupKind.kind
        guard ["Namespace", "CustomResourceDefinition"].contains(kind) else { return [] }
        let place = kind == "Namespace" ? "in it" : "of its kind"
        let contents =
            observations.contents[change.identity] ?? ForeignContents(objects: [], unknown: "nobody has looked")
        var reasons: [String] = []
        if !contents.objects.isEmpty {
            let names = contents.objects.prefix(3).map(\.description).joined(separator: ", ")
            let rest = contents.objects.count > 3 ? " and \(contents.objects.count - 3) more" : ""
            reasons.append("there are objects \(place) that aren't the application's: \(names)\(rest)")
        }
        if let unknown = contents.unknown { reasons.append("it isn't known what is \(place): \(unknown)") }
        if reasons.isEmpty { return [] }
        let message = "\(change.identity) would be deleted, but \(reasons.joined(separator: "; "))"
        let remedy = "remove them, or keep the object with the annotation helm.sh/resource-policy: keep"
        return [GuardrailViolation(.foreignContents, [change.identity], message, remedy: remedy)]
    }
}

// MARK: each write
extension Guardrails {
    private func violation(_ code: GuardrailViolation.Code, _ change: ObjectChange, _ message: String, remedy: String)
        -> [GuardrailViolation]
    {
        let text = "\(change.identity) \(message)"
        let place = change.manifest?.location(of: FieldPath())
        return [GuardrailViolation(code, [change.identity], text, remedy: remedy, at: place)]
    }

    /// What another set owns is never taken; what another tool manages only object by object.
    private func membership(_ change: ObjectChange) -> [GuardrailViolation] {
        guard let live = change.live, change.action != .delete, change.action != .keep else { return [] }
        switch Membership(of: live, in: application) {
        case .ours: return []
        case .anotherSet(let id):
            let remedy = "remove it from the other set, or from this source"
            return violation(.belongsToAnotherSet, change, "belongs to another ApplySet: \(id)", remedy: remedy)
        case _ where change.optsIn("adopt"): return []
        case .anotherTool(let manager):
            let remedy = "remove it there, or annotate the manifest with endstate.dev/adopt: \"true\""
            return violation(.belongsToAnotherTool, change, "is managed by \(manager)", remedy: remedy)
        case .nobody:
            if settings.adoption == .unowned { return [] }
            let remedy = "pass \(GuardrailFlag.adopt), or annotate the manifest with endstate.dev/adopt: \"true\""
            return violation(.notAdopted, change, "exists and isn't part of the application", remedy: remedy)
        }
    }

    private func replacement(_ change: ObjectChange) -> [GuardrailViolation] {
        guard change.action == .replace else { return [] }
        let message = "has a change that the server refuses, so it would have to be deleted and created anew"
        if GuardrailSettings.protectedKinds.contains(change.identity.groupKind) {
            let text = "\(message), which is never done to a \(change.identity.groupKind.kind)"
            return violation(.neverReplaced, change, text, remedy: "undo the change, or give the object another name")
        }
        if let live = change.live, Membership(of: live, in: application) != .ours {
            let text = "\(message), and it isn't part of the application"
            return violation(.neverReplaced, change, text, remedy: "undo the change, or give the object another name")
        }
        if let annotation = change.live.flatMap({ Protection.annotation(of: $0) }) {
            let text = "\(message), but its annotation \(annotation) protects it"
            return violation(.neverReplaced, change, text, remedy: "undo the change, or give the object another name")
        }
        if settings.replacement == .optIn, change.optsIn("replace") { return [] }
        let remedy =
            settings.replacement == .optIn
            ? "if it is meant, annotate the manifest with endstate.dev/replace: \"true\""
            : "undo the change, or set replace to optIn and annotate the manifest with endstate.dev/replace: \"true\""
        return violation(.replaceNotAllowed, change, message, remedy: remedy)
    }

    private func conflicts(_ change: ObjectChange) -> [GuardrailViolation] {
        guard !change.conflicts.isEmpty, !settings.forcesConflicts else { return [] }
        let fields = change.conflicts.map { "\($0.path) (\($0.manager))" }.joined(separator: ", ")
        let remedy = "leave the fields out of the manifest, or take them over with \(GuardrailFlag.forceConflicts)"
        return violation(.ownershipConflict, change, "has fields that others manage: \(fields)", remedy: remedy)
    }
}
