internal import Resources

/// One thing that is wrong with an object or a descendant of it.
struct Finding {
    /// What explains most comes first.
    enum Rank: Int, Comparable {
        case imagePull, configuration, crash, ended, unschedulable, creation, volume, sandbox, probe, starting

        static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
    }

    let rank: Rank
    var severity: Diagnosis.Severity
    let reason: String
    let headline: String
    var details: [String] = []
    /// What makes findings of several pods the same one, where their headlines differ in counts.
    var topic: String?
    let subject: KubernetesObject
}

extension Diagnosis {
    /// The findings as one diagnosis: the worst is the headline, other ones are details; nil where there are none.
    init?(_ findings: [Finding], about object: KubernetesObject) {
        let sorted = findings.sorted { left, right in
            left.severity == right.severity ? left.rank < right.rank : left.severity == .failed
        }
        guard let worst = sorted.first else { return nil }
        var seen: Set<String> = []
        let distinct = sorted.filter { seen.insert($0.topic ?? $0.headline).inserted }
        let others = distinct.dropFirst().prefix(Self.maximumOthers).map { "also: \($0.headline)" }
        self.init(
            severity: worst.severity,
            reason: worst.reason,
            headline: worst.headline,
            details: Self.places(of: worst, among: sorted, about: object) + worst.details + others,
            subject: worst.subject.identity
        )
    }

    private static let maximumOthers = 3

    /// `in Pod shop/web-1 and 2 more pods`; nothing where the object itself shows it.
    private static func places(
        of worst: Finding, among findings: [Finding], about object: KubernetesObject
    ) -> [String] {
        guard worst.subject.identity != object.identity else { return [] }
        let more = Set(findings.filter { $0.rank == worst.rank }.map(\.subject.identity)).count - 1
        return ["in \(worst.subject.identity)" + (more > 0 ? " and \(counted(more, "more pod"))" : "")]
    }
}
