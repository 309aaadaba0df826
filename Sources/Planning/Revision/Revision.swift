package import FoundationEssentials

/// One run of an application's, from before its first write on: what it was to do, and what became of it.
package struct Revision: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// Under way, or stopped without having been closed.
        case pending
        /// Everything declared is applied and healthy, and the rest deleted.
        case deployed
        /// It failed, and what it did was not undone.
        case failed
        /// It failed, and what it did was undone.
        case rolledBack = "rolled-back"
        /// It was deployed, and a later one is since.
        case superseded
    }

    /// How far a pending revision has come.
    package enum Phase: String, Sendable, Hashable, CaseIterable {
        /// What is declared is being applied.
        case applying
        /// All that is declared is healthy, and the rest is being deleted.
        case pruning
        /// What it did is being undone.
        case rollingBack = "rolling-back"
    }

    /// Counts from 1; grows by one with each run of the application's.
    package let number: Int
    package var state: State
    /// Has a meaning while the revision is pending.
    package var phase: Phase
    /// Whether a signal ended the run, which closed the record in order and can be resumed.
    package var isInterrupted: Bool
    /// SHA-256 over all manifests, in lower-case hexadecimal.
    package let manifestDigest: String
    /// SHA-256 of the plan, in lower-case hexadecimal.
    package var planDigest: String
    package let source: PlanSource
    /// The UID of the namespace `kube-system`; nil where it could not be read.
    package let cluster: String?
    /// The person and the machine, such as `alice@ci-7`.
    package let who: String
    /// The program and its version, such as `endstate/v0.1.0`.
    package let tool: String
    /// In whole seconds.
    package let startedAt: Date
    /// In whole seconds; nil while the revision is pending.
    package var endedAt: Date? {
        didSet { endedAt = endedAt?.inWholeSeconds }
    }
    /// How many objects each action was planned for; actions that write nothing are left out.
    package var summary: [Action: Int]
    /// The number of the revision whose set this one brings back; nil where the set is from a source.
    package let restores: Int?
    /// Why it failed: one line, in which what is secret is masked already.
    package var failure: String?

    /// Why its run stopped itself half-way, so that it waits for a person or another set; nil where it did not.
    package var stopped: String? { state == .pending && phase != .rollingBack ? failure : nil }

    package init(
        number: Int,
        state: State = .pending,
        phase: Phase = .applying,
        isInterrupted: Bool = false,
        manifestDigest: String,
        planDigest: String,
        source: PlanSource,
        cluster: String? = nil,
        who: String,
        tool: String,
        startedAt: Date,
        endedAt: Date? = nil,
        summary: [Action: Int] = [:],
        restores: Int? = nil,
        failure: String? = nil
    ) {
        self.number = number
        self.state = state
        self.phase = phase
        self.isInterrupted = isInterrupted
        self.manifestDigest = manifestDigest
        self.planDigest = planDigest
        self.source = source
        self.cluster = cluster
        self.who = who
        self.tool = tool
        self.startedAt = startedAt.inWholeSeconds
        self.endedAt = endedAt?.inWholeSeconds
        self.summary = summary
        self.restores = restores
        self.failure = failure
    }
}

extension PlanSummary {
    /// The counts of the actions that write, as a revision records them.
    package var writes: [Action: Int] {
        let counts = Action.allCases.filter(\.isWrite).map { ($0, self[$0]) }
        return Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 })
    }
}

extension Date {
    /// The date as records keep it: a text of seconds reads back as the same date.
    fileprivate var inWholeSeconds: Date {
        Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down))
    }
}

/// The name of one of a revision's Secrets: `endstate-revision.NAME.N`, and `endstate-revision.NAME.N-2` and so on for
/// what does not fit into the first.
///
/// An application's name may have dots; what follows the last one never has any, so that a name has one reading only
/// and two applications' Secrets never share one.
package struct RevisionSecretName: Hashable, Sendable, CustomStringConvertible {
    package let application: String
    /// The revision's number.
    package let revision: Int
    /// From 1, which is the main Secret.
    package let part: Int

    package init(application: ApplicationIdentity, revision: Int, part: Int = 1) {
        self.application = application.name
        self.revision = revision
        self.part = part
    }

    /// Nil where a Secret of the name is none of the application's revisions.
    package init?(_ name: String, of application: ApplicationIdentity) {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let numbers = name[name.index(after: dot)...].split(separator: "-", omittingEmptySubsequences: false)
        guard let first = numbers.first.flatMap({ Int($0) }), numbers.count <= 2 else { return nil }
        let part = numbers.count == 2 ? Int(numbers[1]) : 1
        guard let part, first >= 1, part >= 1 else { return nil }
        self.init(application: application, revision: first, part: part)
        // Other spellings, such as one with leading zeros, are nobody's.
        guard description == name else { return nil }
    }

    package var isMain: Bool { part == 1 }

    package var description: String {
        "endstate-revision.\(application).\(revision)" + (isMain ? "" : "-\(part)")
    }
}
