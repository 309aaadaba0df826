package import Placement
package import Resources

/// What a plan is for.
package enum PlanIntent: String, Hashable, Sendable {
    case apply
    case deleteApplication
}

/// Where the manifests are from.
package struct PlanSource: Hashable, Sendable {
    /// The repository's URL, without credentials; nil for a directory.
    package var repository: String?
    package var revision: String?
    package var commit: String?
    package var path: String
    /// Whether the directory has changes that no commit has.
    package var isDirty: Bool
    /// The first line of the commit's message; it can hold control characters.
    package var subject: String?

    package init(
        repository: String? = nil,
        revision: String? = nil,
        commit: String? = nil,
        path: String,
        isDirty: Bool = false,
        subject: String? = nil
    ) {
        self.repository = repository
        self.revision = revision
        self.commit = commit
        self.path = path
        self.isDirty = isDirty
        self.subject = subject
    }
}

/// One thing to be done, and what must be done before.
package struct Step: Sendable {
    package enum Work: Sendable {
        /// Also an object that does not change: its dependents wait for it to be healthy, since existence isn't health.
        case change(ObjectChange)
        /// Wait until an object outside of the set is healthy.
        case external(ObjectIdentity)
        /// Nothing: done as soon as its dependencies are.
        case barrier
    }

    package let node: GraphNode
    package let work: Work
    package let dependsOn: [Edge]
    /// What its dependents wait for besides the object's health; nil where they start as soon as it is healthy.
    package let pause: Pause?

    /// The change of an object of the set; nil for external objects and barriers.
    package var change: ObjectChange? {
        if case .change(let change) = work { change } else { nil }
    }
}

/// How many objects of each action a plan has.
package struct PlanSummary: Hashable, Sendable, CustomStringConvertible {
    private let counts: [Action: Int]

    init(_ changes: [ObjectChange]) {
        counts = Dictionary(changes.map { ($0.action, 1) }, uniquingKeysWith: +)
    }

    package subscript(action: Action) -> Int { counts[action] ?? 0 }

    /// Whether executing the plan writes any object.
    package var hasChanges: Bool { counts.keys.contains(where: \.isWrite) }

    /// `Plan: 1 to create, 2 to update, 0 to delete; 9 unchanged.`
    package var description: String {
        var parts = ["\(self[.create]) to create", "\(self[.update]) to update"]
        if self[.replace] > 0 { parts.append("\(self[.replace]) to replace") }
        if self[.adopt] > 0 { parts.append("\(self[.adopt]) to adopt") }
        parts.append("\(self[.delete]) to delete")
        let kept = self[.keep] > 0 ? ", \(self[.keep]) kept" : ""
        return "Plan: \(parts.joined(separator: ", ")); \(self[.unchanged]) unchanged\(kept)."
    }
}

/// What a run will do, why in that order, and why it may not: a value that is printed, saved, compared and executed.
package struct Plan: Sendable {
    package let intent: PlanIntent
    package let application: ApplicationIdentity
    package let source: PlanSource
    package let cluster: ClusterFingerprint?
    /// SHA-256 over all manifests, in lower-case hexadecimal.
    package let manifestDigest: String
    package let manifestCount: Int
    /// Each after all that it depends on.
    package let steps: [Step]
    /// Done once all steps are; each after all that it depends on, so that dependents go first.
    package let deletions: [Step]
    /// Members that are no longer declared and stay.
    package let kept: [ObjectChange]
    /// Where members may be that could not be read: unknown is not absent, so that the record keeps naming it.
    package let unread: (groupKinds: Set<GroupKind>, namespaces: Set<String>)
    /// The order of applying.
    package let graph: DependencyGraph
    /// Whether the pods of the workloads that it changes find nodes.
    package let placement: PlacementReport
    package let warnings: [Diagnostic]
    /// Why the plan must not be executed; empty where it may.
    package let violations: [GuardrailViolation]
    package let summary: PlanSummary

    /// The changes of the steps and the deletions, in the order of execution.
    package var changes: [ObjectChange] { (steps + deletions).compactMap(\.change) }

    /// What the ApplySet's parent says once the plan is executed: where members are then.
    package var applySet: ApplySet {
        ApplySet(application, members: steps.compactMap(\.change?.identity) + kept.map(\.identity))
            .union(ApplySet(application, groupKinds: unread.groupKinds, namespaces: unread.namespaces))
    }

    /// - Throws: `GuardrailError` where this is not the cluster that is meant, whatever else the plan violates.
    package func checkCluster() throws(GuardrailError) {
        let violations = violations.filter { $0.code == .clusterMismatch }
        if !violations.isEmpty { throw GuardrailError(violations: violations) }
    }

    /// - Throws: `GuardrailError` where the plan has violations.
    package func checkGuardrails() throws(GuardrailError) {
        if !violations.isEmpty { throw GuardrailError(violations: violations) }
    }
}
