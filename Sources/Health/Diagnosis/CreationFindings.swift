internal import FoundationEssentials
internal import Resources

/// Why a controller cannot create pods: a quota, an admission webhook or policy, a missing ServiceAccount.
struct CreationFindings {
    let evidence: HealthEvidence
    let context: HealthContext

    /// A finding where the object that makes pods reports that it cannot, by its condition or by events.
    func finding(for maker: KubernetesObject) -> Finding? {
        let event = evidence.events(about: maker).first { $0.reason == "FailedCreate" }
        guard let report = condition(of: maker) ?? event.map({ ($0.message, $0.firstSeen) }) else { return nil }
        let isOver = report.since.map { context.now.timeIntervalSince($0) >= context.creationGrace } ?? false
        return Finding(
            rank: .creation,
            severity: isOver ? .failed : .waiting,
            reason: "FailedCreate",
            headline: "pods cannot be created: \(Self.withoutPrefix(report.message))",
            subject: maker
        )
    }

    private typealias Report = (message: String, since: Date?)

    private func condition(of maker: KubernetesObject) -> Report? {
        guard let failure = maker.condition("ReplicaFailure"), failure.isTrue, let message = failure.message else {
            return nil
        }
        return (message, failure.lastTransition)
    }

    /// Controllers begin their events with words that the headline already has.
    private static func withoutPrefix(_ message: String) -> String {
        let prefix = "Error creating: "
        return message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message
    }
}
